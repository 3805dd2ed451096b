import { describe, expect, test } from 'vitest';
import { ENTERPRISE, GROUP, USER } from './samples.ts';
import type { Scene } from './scene.ts';

/** What is published besides what can be provisioned. */
const published = [
  'urn:ietf:params:scim:schemas:core:2.0:Role',
  'urn:ietf:params:scim:schemas:core:2.0:Entitlement',
  'urn:okta:scim:schemas:core:1.0:Role',
  'urn:okta:scim:schemas:core:1.0:Entitlement',
];

export function describeDiscovery(scene: () => Scene): void {
  describe('discovery', () => {
    const read = async (path: string) => (await scene().company.scim.expect(200, { path })).body;

    test('RFC 7644 §4 discovery: needs no credential', async () => {
      const { scim } = scene().company;
      for (const path of ['/ServiceProviderConfig', '/Schemas', '/ResourceTypes', `/Schemas/${USER}`]) {
        await scim.expect(200, { path, headers: { authorization: '' } });
      }
    });

    test('RFC 7644 §4 discovery: /ResourceTypes tells them all, with where they are', async () => {
      const { baseUrl } = scene().company.scim;
      expect(await read('/ResourceTypes')).toMatchObject({
        totalResults: 5,
        Resources: [
          {
            id: 'User',
            endpoint: '/Users',
            schema: USER,
            schemaExtensions: [{ schema: ENTERPRISE, required: false }],
          },
          {
            id: 'Group',
            endpoint: '/Groups',
            schema: GROUP,
            meta: { location: `${baseUrl}/ResourceTypes/Group` },
          },
          { id: 'Role', endpoint: '/Roles' },
          { id: 'Entitlement', endpoint: '/Entitlements' },
          { id: 'OktaRole', endpoint: '/Roles' },
        ],
      });
      expect(await read('/resourcetypes/user')).toMatchObject({ id: 'User' });
    });

    test('RFC 7644 §4 discovery: /Schemas tells them all, each by its URN too', async () => {
      const { Resources } = await scene().company.scim.list('/Schemas');
      expect(Resources.map(({ id }) => id)).toEqual([USER, GROUP, ...published, ENTERPRISE]);
      for (const schema of Resources) expect(await read(`/Schemas/${schema.id}`)).toEqual(schema);
      expect(JSON.stringify(Resources)).not.toContain('null');
    });

    test('RFC 7644 §4 discovery: /ServiceProviderConfig says what is done', async () => {
      const { scim } = scene().company;
      const config = await read('/ServiceProviderConfig');
      expect(config).toMatchObject({
        patch: { supported: true },
        etag: { supported: true },
        filter: { supported: true, maxResults: 500 },
        authenticationSchemes: [{ type: 'oauthbearertoken' }],
      });
      const offered = async (path: string) =>
        (await scim.send({ method: 'POST', path, body: { schemas: [], Operations: [] } })).status !== 501;
      expect(await offered('/Bulk')).toBe(Object(config.bulk).supported);
    });

    test('RFC 7644 §4 discovery: takes no filter, so that nobody takes the whole for a part', async () => {
      for (const path of ['/Schemas', '/ResourceTypes', '/ServiceProviderConfig']) {
        await scene().company.scim.expect(403, { path: `${path}?filter=id eq "x"` });
      }
    });

    test('RFC 7644 §4 discovery: takes no notice of sorting, paging and attributes', async () => {
      for (const path of ['/Schemas', '/ResourceTypes', '/ServiceProviderConfig']) {
        const query = 'sortBy=id&sortOrder=descending&startIndex=2&count=1&attributes=id';
        expect(await read(`${path}?${query}`)).toEqual(await read(path));
      }
    });

    test('RFC 7644 §4 discovery: knows no schema or type of another name', async () => {
      await scene().company.scim.expect(404, { path: '/Schemas/urn:nobody' });
      await scene().company.scim.expect(404, { path: '/ResourceTypes/Device' });
    });
  });
}

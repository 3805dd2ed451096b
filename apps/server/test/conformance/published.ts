import { describe, expect, test } from 'vitest';
import { unique } from './samples.ts';
import type { Scene } from './scene.ts';

const ROLE = 'urn:ietf:params:scim:schemas:core:2.0:Role';
const OKTA_ROLE = 'urn:okta:scim:schemas:core:1.0:Role';

/** Roles and entitlements, which are published for identity providers to give (draft-ietf-scim-roles-entitlements-01). */
export function describePublished(scene: () => Scene): void {
  describe('roles and entitlements', () => {
    const scim = () => scene().company.scim;
    const roleNamed = async (name: string) =>
      (await scim().list('/Roles', { filter: `value eq "${name}"` })).Resources[0] ?? {};

    /** A role that the identity provider of the company may give. */
    async function assignableRole(): Promise<{ id: string; name: string }> {
      const { admin } = scene().company;
      const { connections } = await admin.query<{ connections: { nodes: { id: string }[] } }>(
        '{ connections { nodes { id } } }',
      );
      const input = {
        name: unique('Clerk'),
        description: 'Keeps the books',
        assignableBy: connections.nodes[0]?.id,
      };
      const document =
        'mutation ($input: CreateRoleInput!) { createRole(input: $input) { role { id name } } }';
      const { createRole } = await admin.query<{ createRole: { role: { id: string; name: string } } }>(
        document,
        { input },
      );
      return createRole.role;
    }

    test('Roles draft §3.1 RolesAndEntitlements: says what is published and kept', async () => {
      const { body } = await scim().expect(200, { path: '/ServiceProviderConfig' });
      expect(body.RolesAndEntitlements).toMatchObject({
        roles: { supported: true, multipleRolesSupported: true, primarySupported: true, typeSupported: true },
        entitlements: { supported: true, multipleEntitlementsSupported: true },
      });
    });

    test('Roles draft §3.2 Role: tells what names it, and whether the client may give it', async () => {
      const { id, name } = await assignableRole();
      expect(await roleNamed(name.toUpperCase())).toMatchObject({
        schemas: [ROLE, OKTA_ROLE],
        id,
        value: name,
        display: name,
        displayName: name,
        description: 'Keeps the books',
        supported: true,
        limitedAssignmentsPermitted: false,
        meta: { resourceType: 'Role', location: `${scim().baseUrl}/Roles/${id}` },
      });
      expect(await roleNamed('admin')).toMatchObject({ value: 'admin', supported: false });
      const user = await scim().create('Users', { userName: unique('clerk'), roles: [{ value: id }] });
      expect(user.roles).toEqual([{ value: id }]);
      const { admin } = scene().company;
      const document = 'query ($id: ID!) { user(id: $id) { roles { role { name } } } }';
      const { user: given } = await admin.query<{ user: { roles: unknown } }>(document, { id: user.id });
      expect(given.roles).toEqual([{ role: { name } }]);
    });

    test('Roles draft §3.2 Role: can be read by its id, with a tag for what is shown', async () => {
      const { id, name } = await assignableRole();
      const path = `/Roles/${id}`;
      const { body, headers } = await scim().expect(200, { path });
      expect(body).toMatchObject({ value: name, meta: { version: headers.etag } });
      await scim().expect(304, { path, headers: { 'if-none-match': headers.etag } });
      await scene().company.admin.query(
        'mutation ($input: UpdateRoleInput!) { updateRole(input: $input) { role { id } } }',
        { input: { id, description: 'Balances them as well' } },
      );
      const again = await scim().expect(200, { path, headers: { 'if-none-match': headers.etag } });
      expect(again.body).toMatchObject({ id, description: 'Balances them as well' });
      const part = await scim().expect(200, { path: `${path}?attributes=value` });
      expect(Object.keys(part.body).sort()).toEqual(['id', 'schemas', 'value']);
      await scim().expect(404, { path: `/Roles/${crypto.randomUUID()}` });
      const { scim: stranger } = await scene().endpoint.company();
      await stranger.expect(404, { path });
    });

    test('Roles draft §3.2 Role: can be searched, sorted and paged like every resource', async () => {
      const { id, name } = await assignableRole();
      const found = async (filter: string) =>
        (await scim().list('/Roles', { filter })).Resources.map((role) => role.id);
      for (const filter of [
        `value eq "${name}"`,
        `display sw "${name.slice(0, -1)}"`,
        `id eq "${id}"`,
        `displayName eq "${name}" and supported eq true and limitedAssignmentsPermitted eq false`,
        `description co "books" and value eq "${name}"`,
        `schemas eq "${OKTA_ROLE}" and not (value ne "${name}")`,
        `meta.location eq "${scim().baseUrl}/Roles/${id}"`,
      ])
        expect(await found(filter), filter).toEqual([id]);
      expect(await found(`value eq "${name}" and supported eq false`)).toEqual([]);
      await scim().expect(400, { path: '/Roles?filter=nothing eq "x"' });
      const search = {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
        filter: `id eq "${id}"`,
      };
      const searched = await scim().expect(200, { method: 'POST', path: '/Roles/.search', body: search });
      expect(searched.body).toMatchObject({ totalResults: 1, Resources: [{ id }] });
      const all = await scim().list('/Roles', { sortBy: 'value', sortOrder: 'descending' });
      const pages: unknown[] = [];
      for (let cursor: unknown = ''; cursor !== undefined; ) {
        const query = { sortBy: 'value', sortOrder: 'descending', count: 2, cursor: String(cursor) };
        const { body } = await scim().expect(200, {
          path: `/Roles?${new URLSearchParams({ ...query, count: '2' })}`,
        });
        pages.push(...Object(body).Resources);
        cursor = body.nextCursor;
      }
      expect(pages).toEqual(all.Resources);
      expect(
        await scim().list('/Roles', { startIndex: 2, count: 1, sortBy: 'value', sortOrder: 'descending' }),
      ).toMatchObject({
        startIndex: 2,
        itemsPerPage: 1,
        Resources: [{ id: all.Resources[1]?.id }],
      });
    });

    test('Roles draft §3.2 Role: is written by nobody', async () => {
      for (const [method, path] of [
        ['POST', '/Roles'],
        ['PUT', `/Roles/${crypto.randomUUID()}`],
        ['PATCH', `/Roles/${crypto.randomUUID()}`],
        ['DELETE', '/Entitlements/users:read'],
      ] as const) {
        const { headers } = await scim().expect(405, { method, path });
        expect(headers.allow).toBe('GET, HEAD, OPTIONS');
      }
      await scim().expect(401, { path: '/Roles', headers: { authorization: '' } });
    });

    test('Roles draft §3.3 Entitlement: is a permission, which a role gives and nothing else', async () => {
      const { body, headers } = await scim().expect(200, { path: '/Entitlements/users:read' });
      expect(body).toMatchObject({
        id: 'users:read',
        value: 'users:read',
        display: 'See people',
        type: 'permission',
        supported: false,
        meta: { resourceType: 'Entitlement', location: `${scim().baseUrl}/Entitlements/users:read` },
      });
      await scim().expect(304, {
        path: '/Entitlements/users:read',
        headers: { 'if-none-match': headers.etag },
      });
      await scim().expect(404, { path: '/Entitlements/accounts:write' });
      const writing = await scim().list('/Entitlements', {
        filter: 'value ew ":write"',
        sortBy: 'value',
        count: 2,
      });
      expect(writing).toMatchObject({
        itemsPerPage: 2,
        Resources: [{ value: 'attributes:write' }, { value: 'connections:write' }],
      });
      expect(writing.totalResults).toBeGreaterThan(5);
    });

    test('Roles draft §3.4 discovery: what Okta asks, in its order, leads to what can be given', async () => {
      await assignableRole();
      const { Resources: types } = await scim().list('/ResourceTypes');
      const offered = types.filter(({ schema }) => /^urn:okta:.*:(Role|Entitlement)$/.test(String(schema)));
      expect(offered.map(({ name, endpoint }) => [name, endpoint])).toEqual([['Role', '/Roles']]);
      const schemas = (await scim().list('/Schemas')).Resources.map(({ id }) => id);
      for (const { schema, endpoint } of [...offered, { schema: ROLE, endpoint: '/Entitlements' }]) {
        expect(schemas).toContain(schema);
        const list = await scim().list(String(endpoint), { count: 1, startIndex: 1 });
        expect(list).toMatchObject({
          startIndex: 1,
          itemsPerPage: 1,
          Resources: [{ id: expect.any(String), displayName: expect.any(String) }],
        });
        expect(list.totalResults).toBeGreaterThan(1);
      }
      expect(Object(await scim().list('/Roles', { count: 1 })).Resources[0].schemas).toContain(OKTA_ROLE);
    });
  });
}

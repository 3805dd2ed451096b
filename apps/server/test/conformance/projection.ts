import { beforeAll, describe, expect, test } from 'vitest';
import type { ScimResource } from '../clients/scim-client.ts';
import { ENTERPRISE, GROUP, unique, wholeUser } from './samples.ts';
import type { Scene } from './scene.ts';

export function describeProjection(scene: () => Scene): void {
  describe('attributes and excludedAttributes', () => {
    let user: ScimResource | undefined;
    let group: ScimResource | undefined;
    beforeAll(async () => {
      const { scim } = scene().company;
      user = await scim.create('Users', wholeUser());
      const members = [{ value: user.id }];
      group = await scim.create('Groups', { schemas: [GROUP], displayName: unique('Shown'), members });
    });
    const shown = async (path: string) => Object.keys(await readBody(path)).sort();
    const readBody = async (path: string) => (await scene().company.scim.expect(200, { path })).body;

    test.each([
      ['attributes=userName', ['id', 'schemas', 'userName']],
      ['attributes=USERNAME,name.givenName', ['id', 'name', 'schemas', 'userName']],
      ['attributes=emails.value', ['emails', 'id', 'schemas']],
      [`attributes=${ENTERPRISE}:department`, [ENTERPRISE, 'id', 'schemas']],
      [`attributes=${ENTERPRISE}`, [ENTERPRISE, 'id', 'schemas']],
      ['attributes=password', ['id', 'schemas']],
      ['attributes=groups', ['groups', 'id', 'schemas']],
    ])('RFC 7644 §3.9 attributes: a user with %s', async (query, names) => {
      expect(await shown(`/Users/${user?.id}?${query}`)).toEqual([...names].sort());
    });

    test('RFC 7644 §3.9 attributes: a part of an attribute is shown alone', async () => {
      const { emails, name } = await readBody(`/Users/${user?.id}?attributes=emails.type,name.familyName`);
      expect(emails).toEqual([{ type: 'work' }, { type: 'home' }]);
      expect(name).toEqual({ familyName: 'Hopper' });
    });

    test('RFC 7644 §3.9 attributes: what is excluded is left out, but for what is always shown', async () => {
      const whole = await shown(`/Users/${user?.id}`);
      const excluded = await shown(`/Users/${user?.id}?excludedAttributes=id,emails,groups,meta`);
      expect(excluded).toEqual(whole.filter((name) => !['emails', 'groups', 'meta'].includes(name)));
    });

    test('RFC 7644 §3.4.2.5 attributes: a list shows as much as is asked for', async () => {
      const { Resources } = await scene().company.scim.list('/Users', {
        filter: `id eq "${user?.id}"`,
        attributes: 'userName',
      });
      expect(Resources.map((resource) => Object.keys(resource).sort())).toEqual([
        ['id', 'schemas', 'userName'],
      ]);
    });

    test('RFC 7644 §3.9 attributes: the answer to a write shows as much as is asked for', async () => {
      const { scim } = scene().company;
      const operation = { op: 'replace', path: 'title', value: 'Captain' };
      const { body } = await scim.patch(`/Users/${user?.id}?attributes=title`, operation);
      expect(body).toEqual({ schemas: user?.schemas, id: user?.id, title: 'Captain' });
    });

    test.each([
      ['members that are excluded', () => `/Groups/${group?.id}?excludedAttributes=members`],
      ['members that are not asked for', () => `/Groups/${group?.id}?attributes=displayName`],
      ['members of a list', () => '/Groups?excludedAttributes=members&count=50'],
      ['groups of a user', () => `/Users/${user?.id}?excludedAttributes=groups`],
      ['groups in a list of users', () => '/Users?attributes=userName&count=50'],
    ])('RFC 7644 §3.9 attributes: %s are not read from the database', async (_what, path) => {
      const { endpoint } = scene();
      const statements = await endpoint.statementsOf(() => readBody(path()));
      expect(statements.length).toBeGreaterThan(0);
      expect(statements.filter((text) => text.includes('memberships'))).toEqual([]);
    });

    test('RFC 7644 §3.9 attributes: members that are shown are read from the database', async () => {
      const { endpoint } = scene();
      const statements = await endpoint.statementsOf(() => readBody(`/Groups/${group?.id}`));
      expect(statements.some((text) => text.includes('memberships'))).toBe(true);
    });
  });
}

import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { patchOf, type ScimClient, type ScimResource } from '../clients/scim-client.ts';
import { ENTERPRISE, GROUP, USER, unique } from '../conformance/samples.ts';
import { type CurrentCompany, memberIds, newGroup, newUser } from './subjects.ts';

export function spellingsMistaken(company: CurrentCompany): void {
  describe('of a spelling', () => {
    /** The ways in which a body comes, each to a person of its own, and what is found afterwards. */
    const ways: [string, (scim: ScimClient, user: ScimResource, body: object) => Promise<unknown>][] = [
      ['PUT', (scim, { id, userName }, body) => put(scim, id, { userName, ...body })],
      ['PATCH', (scim, { id }, value) => patched(scim, id, { op: 'replace', value })],
      ['PATCH with add', (scim, { id }, value) => patched(scim, id, { op: 'add', value })],
      ['bulk', (scim, { id, userName }, body) => inBulk(scim, `/Users/${id}`, { userName, ...body })],
    ];

    test.each(ways)('what stands in the container of the core schema is dropped: %s', async (_, send) => {
      const { scim } = company();
      for (const urn of [USER, USER.toLowerCase()]) {
        const user = await newUser(scim);
        expect(await send(scim, user, { [urn]: { active: false, title: 'Countess' } })).toBe(200);
        expect(await scim.read(`/Users/${user.id}`)).toMatchObject({ active: false, title: 'Countess' });
        expect(await send(scim, user, { [urn]: 'x' })).toBe(400);
      }
    });

    test('a person is created without what stands there, or a group', async () => {
      const { scim } = company();
      const user = await scim.create('Users', { [USER]: { userName: unique('core'), active: false } });
      expect(user).toMatchObject({ active: false });
      const group = await newGroup(scim);
      const change = { displayName: unique('Core'), members: [{ value: user.id }] };
      await scim.patch(`/Groups/${group.id}`, { op: 'replace', value: { [GROUP]: change } });
      expect(await scim.read(`/Groups/${group.id}`)).toMatchObject({ displayName: change.displayName });
      expect(await memberIds(scim, group)).toEqual([user.id]);
    });

    test('the id of somebody else is passed over in a container', async () => {
      const { scim } = company();
      const { id } = await newUser(scim);
      for (const urn of [USER, ENTERPRISE]) {
        const foreign = { op: 'replace', value: { [urn]: { id: randomUUID() }, title: 'x' } };
        expect((await scim.patch(`/Users/${id}`, foreign)).body.scimType).toBe('mutability');
        const own = { op: 'replace', value: { [urn]: { id } } };
        expect((await scim.patch(`/Users/${id}`, own)).status).toBe(200);
      }
    });

    test.each(ways)('of an attribute that is given twice the last one wins: %s', async (_, send) => {
      const { scim } = company();
      const user = await newUser(scim, { active: false, title: 'before' });
      for (const body of [
        { active: null, Active: true },
        { active: false, [USER]: { active: true } },
        { title: 'a', [`${USER}:title`]: 'b' },
        { [ENTERPRISE]: { department: 'a', Department: 'b' } },
        { [ENTERPRISE]: { department: 'a' }, [`${ENTERPRISE}:department`]: 'b' },
        { name: { givenName: 'a', GivenName: 'b' } },
      ]) {
        expect(await send(scim, user, body)).toBe(400);
      }
      const { active, title, meta } = await scim.read(`/Users/${user.id}`);
      expect({ active, title, meta }).toEqual({ active: false, title: 'before', meta: user.meta });
    });
  });
}

const put = async (scim: ScimClient, id: string, body: object) =>
  (await scim.send({ method: 'PUT', path: `/Users/${id}`, body })).status;

const patched = async (scim: ScimClient, id: string, operation: object) =>
  (await scim.patch(`/Users/${id}`, operation)).status;

async function inBulk(scim: ScimClient, path: string, data: object): Promise<number> {
  const statuses = [];
  for (const operation of [
    { method: 'PUT', path, data },
    { method: 'PATCH', path, data: patchOf({ op: 'replace', value: data }) },
  ]) {
    const { body } = await scim.expect(200, {
      method: 'POST',
      path: '/Bulk',
      body: { schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'], Operations: [operation] },
    });
    statuses.push(Number(Object(body.Operations)[0].status));
  }
  expect(new Set(statuses).size).toBe(1);
  return statuses[0] ?? 0;
}

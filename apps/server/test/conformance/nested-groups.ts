import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { patchOf, type ScimClient, type ScimResource } from '../clients/scim-client.ts';
import { GROUP, USER, unique } from './samples.ts';
import type { Scene } from './scene.ts';

/** Groups as members of groups: stored and shown, and nothing follows from them. */
export function describeNestedGroups(scene: () => Scene): void {
  describe('Nested groups', () => {
    let scim: ScimClient;
    let ada: ScimResource;
    let inner: ScimResource;
    beforeAll(async () => {
      scim = scene().company.scim;
      ada = await scim.create('Users', { schemas: [USER], userName: unique('nested') });
      inner = await group('Inner', [{ value: ada.id }]);
    });
    const group = (name: string, members: object[]) =>
      scim.create('Groups', { schemas: [GROUP], displayName: unique(name), members });
    const membersOf = async ({ id }: ScimResource) => (await scim.read(`/Groups/${id}`)).members;
    const shown = () => ({
      value: inner.id,
      $ref: inner.meta.location,
      display: inner.displayName,
      type: 'Group',
    });
    const listed = async (filter: string) =>
      (await scim.list('/Groups', { filter })).Resources.map(({ id }) => id);

    test('RFC 7643 §4.2 members: a Group as member is stored and shown, with or without its type said', async () => {
      const members = [{ value: inner.id }, { value: ada.id, type: 'User' }];
      const created = await group('Outer', members);
      expect(created.members).toEqual(
        expect.arrayContaining([shown(), expect.objectContaining({ value: ada.id, type: 'User' })]),
      );
      expect(await membersOf(created)).toEqual(created.members);
      const typed = await group('Typed', [{ value: inner.id, type: 'Group', $ref: inner.meta.location }]);
      expect(await membersOf(typed)).toEqual([shown()]);
    });

    test('RFC 7644 §3.5.2 PATCH: a Group is added to a group, taken out and put in its place', async () => {
      const outer = await group('Outer', []);
      const patch = (...operations: object[]) =>
        scim.expect(204, { method: 'PATCH', path: `/Groups/${outer.id}`, body: patchOf(...operations) });
      await patch({ op: 'add', path: 'members', value: [{ value: inner.id, type: 'Group' }] });
      expect(await membersOf(outer)).toEqual([shown()]);
      await patch({ op: 'remove', path: `members[value eq "${inner.id}"]` });
      expect(await membersOf(outer)).toEqual([]);
      await patch({ op: 'replace', path: 'members', value: [{ value: inner.id }, { value: ada.id }] });
      await patch({ op: 'remove', path: 'members[type eq "User"]' });
      expect(await membersOf(outer)).toEqual([shown()]);
      await patch({ op: 'remove', path: 'members[type eq "Group"]' });
      expect(await membersOf(outer)).toEqual([]);
    });

    test('RFC 7644 §3.5.1 PUT: replaces the Groups among the members too', async () => {
      const outer = await group('Outer', [{ value: ada.id }]);
      const put = (members: object[]) =>
        scim.expect(200, {
          method: 'PUT',
          path: `/Groups/${outer.id}`,
          body: { schemas: [GROUP], displayName: outer.displayName, members },
        });
      expect((await put([{ value: inner.id }])).body.members).toEqual([shown()]);
      expect((await put([])).body.members).toEqual([]);
    });

    test('RFC 7644 §3.4.2.2 filters: find the groups that a Group or User is in directly', async () => {
      const outer = await group('Outer', [{ value: inner.id }]);
      const around = await group('Around', [{ value: outer.id }]);
      expect(await listed(`members.value eq "${outer.id}"`)).toEqual([around.id]);
      expect(await listed(`members[type eq "Group" and value eq "${inner.id}"]`)).toContain(outer.id);
      expect(await listed(`members[type eq "User" and value eq "${inner.id}"]`)).toEqual([]);
      const userIsIn = await listed(`members.value eq "${ada.id}"`);
      expect(userIsIn).toContain(inner.id);
      expect(userIsIn).not.toContain(outer.id);
    });

    test('RFC 7643 §4.1.2 groups: of a User are those they are in directly', async () => {
      const person = await scim.create('Users', { schemas: [USER], userName: unique('direct') });
      const own = await group('Own', [{ value: person.id }]);
      await group('Outer', [{ value: own.id }]);
      expect((await scim.read(`/Users/${person.id}`)).groups).toMatchObject([
        { value: own.id, type: 'direct' },
      ]);
    });

    test('RFC 7644 §3.6 DELETE: a Group that is deleted leaves the groups it was in, whose versions move on', async () => {
      const doomed = await group('Doomed', [{ value: ada.id }]);
      const outer = await group('Outer', [{ value: doomed.id }, { value: ada.id }]);
      await scim.expect(204, { method: 'DELETE', path: `/Groups/${doomed.id}` });
      expect(await scim.read(`/Groups/${outer.id}`)).toMatchObject({
        members: [{ value: ada.id }],
        meta: { version: expect.stringMatching(/^W\/"2\./) },
      });
    });

    test('RFC 7643 §4.2 members: a group is not in itself, and one that nobody has is no member', async () => {
      const outer = await group('Outer', [{ value: inner.id }]);
      const before = await scim.read(`/Groups/${outer.id}`);
      for (const value of [outer.id, randomUUID()]) {
        const refused = [
          await scim.patch(`/Groups/${outer.id}`, {
            op: 'add',
            path: 'members',
            value: [{ value, type: 'Group' }],
          }),
          await scim.send({
            method: 'PUT',
            path: `/Groups/${outer.id}`,
            body: { schemas: [GROUP], displayName: outer.displayName, members: [{ value, type: 'Group' }] },
          }),
        ];
        expect(refused.map(({ status, body }) => [status, body.scimType])).toEqual(
          Array(2).fill([400, 'invalidValue']),
        );
      }
      expect(await scim.read(`/Groups/${outer.id}`)).toEqual(before);
    });

    test('RFC 7643 §4.2 members: groups that are in each other are kept, shown and deleted like others', async () => {
      const one = await group('One', []);
      const two = await group('Two', [{ value: one.id }]);
      await scim.patch(`/Groups/${one.id}`, { op: 'add', path: 'members', value: [{ value: two.id }] });
      expect(await membersOf(one)).toMatchObject([{ value: two.id, type: 'Group' }]);
      expect(await membersOf(two)).toMatchObject([{ value: one.id, type: 'Group' }]);
      await scim.expect(204, { method: 'DELETE', path: `/Groups/${one.id}` });
      expect(await membersOf(two)).toEqual([]);
    });
  });
}

import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { GROUP, unique } from '../conformance/samples.ts';
import { type CurrentCompany, idsOf, memberIds, newGroup, newUsers } from './subjects.ts';

export function membersMistaken(company: CurrentCompany): void {
  describe('of the members of a group', () => {
    const crew = async (count: number) => {
      const { scim } = company();
      const users = await newUsers(scim, count);
      return { scim, users, group: await newGroup(scim, users) };
    };

    test('a remove that lists ids in `value` empties the group', async () => {
      const { scim, users, group } = await crew(3);
      const [gone, ...rest] = users;
      await scim.patch(`/Groups/${group.id}`, {
        op: 'Remove',
        path: 'members',
        value: [{ value: gone?.id }],
      });
      expect(await memberIds(scim, group)).toEqual(idsOf(...rest));
    });

    test('a remove of `members[value eq "…"]` answers well and removes nobody', async () => {
      const { scim, users, group } = await crew(3);
      const [gone, ...rest] = users;
      const { status } = await scim.patch(`/Groups/${group.id}`, {
        op: 'remove',
        path: `members[value eq "${gone?.id}"]`,
      });
      expect(status).toBe(204);
      expect(await memberIds(scim, group)).toEqual(idsOf(...rest));
    });

    test('a remove without value or filter leaves somebody in', async () => {
      const { scim, group } = await crew(2);
      await scim.patch(`/Groups/${group.id}`, { op: 'remove', path: 'members' });
      expect(await memberIds(scim, group)).toEqual([]);
    });

    test('a member without `type` is rejected', async () => {
      const { scim, users, group } = await crew(1);
      const [more] = await newUsers(scim, 1);
      const { status } = await scim.patch(`/Groups/${group.id}`, {
        op: 'add',
        path: 'members',
        value: [{ value: more?.id, display: 'Somebody' }],
      });
      expect(status).toBe(204);
      expect(await memberIds(scim, group)).toEqual(idsOf(...users, ...(more ? [more] : [])));
    });

    test('a member by the address alone is unknown, or forgotten', async () => {
      const { scim, users, group } = await crew(1);
      const [second, third] = await newUsers(scim, 2);
      const nested = await newGroup(scim);
      const at = (type: string, id?: string) => ({ $ref: `${scim.baseUrl}/${type}/${id}` });
      await scim.patch(`/Groups/${group.id}`, {
        op: 'add',
        path: 'members',
        value: [at('Users', second?.id), { ...at('Groups', nested.id), type: 'Group' }],
      });
      expect(await memberIds(scim, group)).toEqual(
        [...users, second, nested].map((member) => member?.id).sort(),
      );
      const { members } = await newGroup(scim, [], { members: [at('Users', third?.id)] });
      expect(members).toMatchObject([{ value: third?.id, type: 'User' }]);
    });

    test.each([{ type: 'User' }, {}, { value: null }, { $ref: '' }, { display: 'Ada' }, null, ''])(
      'a member that names nobody, %j, is swallowed',
      async (nobody) => {
        const { scim, users, group } = await crew(1);
        const [more] = await newUsers(scim, 1);
        const members = [{ value: more?.id }, nobody];
        const refusals = [
          await scim.send({
            method: 'POST',
            path: '/Groups',
            body: { schemas: group.schemas, displayName: unique('Group'), members },
          }),
          await scim.patch(`/Groups/${group.id}`, { op: 'add', path: 'members', value: members }),
          await scim.patch(`/Groups/${group.id}`, { op: 'replace', value: { members } }),
        ];
        for (const { status, body } of refusals) {
          expect([status, body.scimType]).toEqual([400, 'invalidValue']);
          expect(body.detail).toContain('members[1] names nobody');
        }
        expect(await memberIds(scim, group)).toEqual(idsOf(...users));
      },
    );

    test.each([null, ''])(
      'a list of nothing but %j empties a group, and one of e-mails a person',
      async (nothing) => {
        const { scim, users, group } = await crew(1);
        const { displayName, schemas } = group;
        const refusals = [
          await scim.patch(`/Groups/${group.id}`, { op: 'replace', path: 'members', value: [nothing] }),
          await scim.patch(`/Groups/${group.id}`, { op: 'replace', value: { members: [nothing] } }),
          await scim.send({
            method: 'PUT',
            path: `/Groups/${group.id}`,
            body: { schemas, displayName, members: [nothing] },
          }),
          await scim.patch(`/Users/${users[0]?.id}`, { op: 'replace', path: 'emails', value: [nothing] }),
        ];
        for (const { status, body } of refusals)
          expect([status, body.scimType]).toEqual([400, 'invalidValue']);
        expect(await memberIds(scim, group)).toEqual(idsOf(...users));
        await scim.patch(`/Groups/${group.id}`, { op: 'replace', path: 'members', value: nothing });
        expect(await memberIds(scim, group)).toEqual([]);
      },
    );

    test('a member at the address of something else is taken, or one of another type', async () => {
      const { scim, users, group } = await crew(1);
      const [more] = await newUsers(scim, 1);
      const add = (member: object) =>
        scim.patch(`/Groups/${group.id}`, { op: 'add', path: 'members', value: [member] });
      for (const member of [
        { $ref: `${scim.baseUrl}/Devices/${more?.id}` },
        { $ref: `${scim.baseUrl}/Groups/${more?.id}`, type: 'User' },
        { value: more?.id, type: 'Bogus' },
      ]) {
        const { status, body } = await add(member);
        expect([status, body.scimType]).toEqual([400, 'invalidValue']);
      }
      expect(await memberIds(scim, group)).toEqual(idsOf(...users));
      await add({ $ref: `${scim.baseUrl}/Users/${more?.id}?attributes=id` });
      expect(await memberIds(scim, group)).toContain(more?.id);
    });

    test('a refusal speaks of what SCIM does not know', async () => {
      const { scim, group } = await crew(1);
      const { body } = await scim.patch(`/Groups/${group.id}`, {
        op: 'add',
        path: 'members',
        value: [{ value: group.id }],
      });
      expect(body).toMatchObject({ detail: 'members: a Group can not be a member of itself.' });
      const unknown = [{ value: randomUUID() }];
      const post = { schemas: group.schemas, displayName: unique('Group'), members: unknown };
      const refused = await scim.expect(400, { method: 'POST', path: '/Groups', body: post });
      expect(refused.body.detail).toMatch(/^members: /);
      expect(refused.body.detail).not.toMatch(/team|memberIds/);
    });

    test('who is a member already is added a second time', async () => {
      const { scim, users, group } = await crew(2);
      const before = await scim.read(`/Groups/${group.id}`);
      const again = users.map(({ id }) => ({ value: id, type: 'User' }));
      const { status } = await scim.patch(`/Groups/${group.id}`, {
        op: 'add',
        path: 'members',
        value: again,
      });
      expect(status).toBe(204);
      expect(await scim.read(`/Groups/${group.id}`)).toEqual(before);
    });

    test.each(['add', 'replace'])(
      'an unknown member in a %s is swallowed, or costs the others their place',
      async (op) => {
        const { scim, group } = await crew(2);
        const before = await scim.read(`/Groups/${group.id}`);
        const { status, body } = await scim.patch(`/Groups/${group.id}`, {
          op,
          path: 'members',
          value: [{ value: randomUUID() }],
        });
        expect([status, body.scimType]).toEqual([400, 'invalidValue']);
        expect(await scim.read(`/Groups/${group.id}`)).toEqual(before);
      },
    );

    test('a PUT leaves the members as they were', async () => {
      const { scim, group } = await crew(2);
      const [other] = await newUsers(scim, 1);
      const put = { schemas: [GROUP], displayName: group.displayName, members: [{ value: other?.id }] };
      await scim.expect(200, { method: 'PUT', path: `/Groups/${group.id}`, body: put });
      expect(await memberIds(scim, group)).toEqual([other?.id]);
    });

    test('a replace of all members is not supported, or keeps the old ones', async () => {
      const { scim, users, group } = await crew(3);
      const [kept] = users;
      const [other] = await newUsers(scim, 1);
      const value = [{ value: kept?.id }, { value: other?.id }];
      for (const operation of [
        { op: 'replace', path: 'members', value },
        { op: 'replace', value: { members: value } },
      ]) {
        expect((await scim.patch(`/Groups/${group.id}`, operation)).status).toBe(204);
        expect(await memberIds(scim, group)).toEqual([kept?.id, other?.id].sort());
      }
    });

    test('a change of externalId is ignored, or empties the group', async () => {
      const { scim, users, group } = await crew(2);
      const externalId = unique('ext');
      for (const operation of [
        { op: 'replace', path: 'externalId', value: externalId },
        { op: 'Replace', value: { externalId: `${externalId}-2` } },
      ]) {
        await scim.patch(`/Groups/${group.id}`, operation);
      }
      expect(await scim.read(`/Groups/${group.id}`)).toMatchObject({ externalId: `${externalId}-2` });
      expect(await memberIds(scim, group)).toEqual(idsOf(...users));
    });

    test('a PATCH is answered with 200 and the resource as it was before', async () => {
      const { scim, users, group } = await crew(2);
      const [gone, ...rest] = users;
      const { status, body } = await scim.patch(`/Groups/${group.id}?attributes=members`, {
        op: 'remove',
        path: `members[value eq "${gone?.id}"]`,
      });
      expect(status).toBe(200);
      expect(body.members).toMatchObject(rest.map(({ id }) => ({ value: id })));
    });

    test('a PATCH is answered with 200 and an empty body', async () => {
      const { scim, group } = await crew(0);
      const operation = { op: 'replace', path: 'displayName', value: unique('Renamed') };
      const silent = await scim.patch(`/Groups/${group.id}`, operation);
      expect([silent.status, silent.text]).toEqual([204, '']);
      const told = await scim.patch(`/Groups/${group.id}?attributes=displayName`, operation);
      expect([told.status, told.body.displayName]).toEqual([200, operation.value]);
    });

    test('somebody who was deleted dangles in a group', async () => {
      const { scim, users, group } = await crew(2);
      const [gone, ...rest] = users;
      await scim.expect(204, { method: 'DELETE', path: `/Users/${gone?.id}` });
      expect(await memberIds(scim, group)).toEqual(idsOf(...rest));
      expect((await scim.list('/Groups', { filter: `members.value eq "${gone?.id}"` })).totalResults).toBe(0);
    });

    test('`groups` of a user can be written, or a client that writes them is refused', async () => {
      const { scim, users, group } = await crew(1);
      const [ada] = users;
      const [bob] = await newUsers(scim, 1);
      await scim.expect(200, {
        method: 'PUT',
        path: `/Users/${bob?.id}`,
        body: { ...bob, groups: [{ value: group.id }] },
      });
      await scim.expect(200, { method: 'PUT', path: `/Users/${ada?.id}`, body: { ...ada, groups: [] } });
      expect(await memberIds(scim, group)).toEqual([ada?.id]);
      const direct = await scim.patch(`/Users/${bob?.id}`, {
        op: 'add',
        path: 'groups',
        value: [{ value: group.id }],
      });
      expect([direct.status, direct.body.scimType]).toEqual([400, 'mutability']);
    });
  });
}

import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { ScimClient, ScimResource } from '../clients/scim-client.ts';
import { GROUP, USER, unique } from './samples.ts';
import type { Scene } from './scene.ts';

const people = (scim: ScimClient, count: number): Promise<ScimResource[]> =>
  Promise.all(
    Array.from({ length: count }, () =>
      scim.create('Users', { schemas: [USER], userName: unique('member') }),
    ),
  );

const valuesOf = (users: readonly ScimResource[]) => users.map(({ id }) => ({ value: id }));

async function memberIds(scim: ScimClient, group: ScimResource): Promise<unknown[]> {
  const { members } = await scim.read(`/Groups/${group.id}`);
  return Array.isArray(members) ? members.map((member) => Object(member).value).sort() : [];
}

const idsOf = (users: readonly ScimResource[]): string[] => users.map(({ id }) => id).sort();

export function describeGroups(scene: () => Scene): void {
  describe('Groups', () => {
    test('RFC 7643 §4.2 groups: are created, read, put and deleted', async () => {
      const { scim } = scene().company;
      const [ada, bob] = await people(scim, 2);
      const given = { schemas: [GROUP], displayName: unique('Crew'), externalId: unique('x') };
      const group = await scim.create('Groups', { ...given, members: [{ value: ada?.id }] });
      expect(group).toMatchObject({
        ...given,
        meta: { resourceType: 'Group', version: expect.stringMatching(/^W\/"1\./) },
      });
      expect(await scim.read(`/Groups/${group.id}`)).toMatchObject({
        members: [{ value: ada?.id, $ref: ada?.meta.location, type: 'User' }],
      });
      expect((await scim.read(`/Users/${ada?.id}`)).groups).toEqual([
        { value: group.id, $ref: group.meta.location, display: given.displayName, type: 'direct' },
      ]);
      await scim.expect(200, {
        method: 'PUT',
        path: `/Groups/${group.id}`,
        body: { schemas: [GROUP], displayName: given.displayName, members: [{ value: bob?.id }] },
      });
      expect(await memberIds(scim, group)).toEqual([bob?.id]);
      expect((await scim.read(`/Groups/${group.id}`)).externalId).toBeUndefined();
      await scim.expect(204, { method: 'DELETE', path: `/Groups/${group.id}` });
      await scim.expect(404, { path: `/Groups/${group.id}` });
      await scim.expect(404, { method: 'DELETE', path: `/Groups/${group.id}` });
      expect((await scim.read(`/Users/${bob?.id}`)).groups).toBeUndefined();
    });

    test('RFC 7643 §4.2 groups: have a name once, in whatever case, and keep what they are when a rename is refused', async () => {
      const { scim } = scene().company;
      const [first, second] = await Promise.all(
        ['First', 'Second'].map((stem) =>
          scim.create('Groups', { schemas: [GROUP], displayName: unique(stem) }),
        ),
      );
      const value = String(first?.displayName).toUpperCase();
      const refused = await scim.patch(`/Groups/${second?.id}`, {
        op: 'replace',
        path: 'displayName',
        value,
      });
      expect([refused.status, refused.body.scimType]).toEqual([409, 'uniqueness']);
      expect((await scim.read(`/Groups/${second?.id}`)).displayName).toBe(second?.displayName);
    });

    test('RFC 7644 §3.5.2 PATCH: a group changes not at all when one member is unknown', async () => {
      const { scim } = scene().company;
      const [ada, bob] = await people(scim, 2);
      const group = await scim.create('Groups', {
        schemas: [GROUP],
        displayName: unique('Atomic'),
        members: [{ value: ada?.id }],
      });
      const before = await scim.read(`/Groups/${group.id}`);
      const members = [{ value: bob?.id }, { value: randomUUID() }];
      const refused = [
        await scim.patch(`/Groups/${group.id}`, { op: 'add', path: 'members', value: members }),
        await scim.patch(`/Groups/${group.id}`, { op: 'replace', path: 'members', value: members }),
        await scim.patch(
          `/Groups/${group.id}`,
          { op: 'replace', path: 'displayName', value: unique('x') },
          { op: 'add', path: 'members', value: members },
        ),
        await scim.send({
          method: 'PUT',
          path: `/Groups/${group.id}`,
          body: { schemas: [GROUP], displayName: unique('x'), members },
        }),
        await scim.send({
          method: 'POST',
          path: '/Groups',
          body: { schemas: [GROUP], displayName: unique('x'), members },
        }),
      ];
      expect(refused.map(({ status, body }) => [status, body.scimType])).toEqual(
        Array(5).fill([400, 'invalidValue']),
      );
      expect(await scim.read(`/Groups/${group.id}`)).toEqual(before);
    });

    test('RFC 7644 §3.5.2.1 add: a group takes members from many requests at the same moment, and loses none', async () => {
      const { scim } = scene().company;
      const users = await people(scim, 20);
      const group = await scim.create('Groups', { schemas: [GROUP], displayName: unique('Busy') });
      const answers = await Promise.all(
        users.map(({ id }) =>
          scim.patch(`/Groups/${group.id}`, { op: 'add', path: 'members', value: [{ value: id }] }),
        ),
      );
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]));
      expect(await memberIds(scim, group)).toEqual(idsOf(users));
    });

    test('RFC 7644 §3.5.2 PATCH: of a group takes fifty operations on its members', async () => {
      const { scim } = scene().company;
      const users = await people(scim, 26);
      const [stays, ...leave] = users;
      const group = await scim.create('Groups', { schemas: [GROUP], displayName: unique('Moving') });
      const operations = [
        ...users.map(({ id }) => ({ op: 'add', path: 'members', value: [{ value: id }] })),
        ...leave.map(({ id }) => ({ op: 'remove', path: `members[value eq "${id}"]` })),
      ];
      expect(operations.length).toBeGreaterThanOrEqual(50);
      expect((await scim.patch(`/Groups/${group.id}`, ...operations)).status).toBe(204);
      expect(await memberIds(scim, group)).toEqual([stays?.id]);
    });

    test('RFC 7644 §3.5.2 PATCH: of a group is answered 204, or with what is asked for with `attributes`', async () => {
      const { scim } = scene().company;
      const users = await people(scim, 2);
      const group = await scim.create('Groups', { schemas: [GROUP], displayName: unique('Answer') });
      const operation = { op: 'add', path: 'members', value: valuesOf(users) };
      const silent = await scim.patch(`/Groups/${group.id}`, operation);
      expect([silent.status, silent.text]).toEqual([204, '']);
      // The tag of a GET is one of what it shows, members among it, and they were not read.
      expect(silent.headers).not.toHaveProperty('etag');
      const told = await scim.patch(`/Groups/${group.id}?attributes=displayName`, operation);
      expect([told.status, told.body.displayName, told.body.members]).toEqual([
        200,
        group.displayName,
        undefined,
      ]);
    });

    test('RFC 7644 §3.6 DELETE: a group loses a member who is deleted', async () => {
      const { scim } = scene().company;
      const [ada, bob] = await people(scim, 2);
      const group = await scim.create('Groups', {
        schemas: [GROUP],
        displayName: unique('Leaving'),
        members: [{ value: ada?.id }, { value: bob?.id }],
      });
      await scim.expect(204, { method: 'DELETE', path: `/Users/${ada?.id}` });
      expect(await memberIds(scim, group)).toEqual([bob?.id]);
    });

    test('RFC 7643 §4.2 groups: are only those that an identity provider pushed', async () => {
      const { scim, admin } = scene().company;
      const displayName = unique('By hand');
      const { createTeam } = await admin.query<{ createTeam: { team: { id: string } } }>(
        'mutation ($input: CreateTeamInput!) { createTeam(input: $input) { team { id } } }',
        { input: { displayName } },
      );
      await scim.expect(404, { path: `/Groups/${createTeam.team.id}` });
      await scim.expect(404, { method: 'DELETE', path: `/Groups/${createTeam.team.id}` });
      expect(
        (
          await scim.patch(`/Groups/${createTeam.team.id}`, {
            op: 'replace',
            path: 'displayName',
            value: 'x',
          })
        ).status,
      ).toBe(404);
      expect((await scim.list('/Groups', { filter: `displayName eq "${displayName}"` })).totalResults).toBe(
        0,
      );
    });
  });
}

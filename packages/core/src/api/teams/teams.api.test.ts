import { beforeEach, expect, test } from 'vitest';
import {
  addTeamMembers,
  type Changed,
  createConnection,
  createTeam,
  deleteTeam,
  deleteTeams,
  eventsAbout,
  issueToken,
  membersOf,
  newTeam,
  newUser,
  refused,
  removeTeamMembers,
  run,
  type TeamData,
  updateTeam,
} from '../../testing/directory.ts';
import { dumpTables } from '../../testing/tables.ts';
import { useAccount, useWorld } from '../../testing/world.ts';

type TeamPayload = Changed & { readonly team: TeamData };

const world = useWorld();
const account = useAccount(world);
let people: [string, string, string];
beforeEach(async () => {
  const person = async () => (await newUser(account.idp)).id;
  people = [await person(), await person(), await person()];
});

const unknownId = '018f0000-0000-7000-8000-000000000000';
const typesAbout = async (id: string) => (await eventsAbout(account.admin, id)).map(({ type }) => type);
const change = (input: object) => run<TeamPayload>(account.idp, updateTeam, input);

test('a team is created with its members, and an event for each', async () => {
  const [ann, ben] = people;
  const team = await newTeam(account.idp, {
    displayName: 'Blue',
    externalId: 'g-1',
    memberIds: [ben, ann, ann],
  });
  expect(team).toMatchObject({ displayName: 'Blue', version: 1, memberCount: 2 });
  expect(await membersOf(account.idp, team.id)).toEqual([ann, ben].toSorted());
  const events = await eventsAbout(account.admin, team.id);
  expect(events[0]).toMatchObject({
    type: 'TEAM_CREATED',
    changes: [
      { field: 'displayName', before: null, after: 'Blue' },
      { field: 'origin', before: null, after: 'DIRECTORY' },
      { field: 'externalId', before: null, after: 'g-1' },
    ],
  });
  expect(
    events
      .slice(1)
      .map(({ type, related }) => [type, related?.id])
      .toSorted(),
  ).toEqual([ann, ben].map((id) => ['TEAM_MEMBER_ADDED', id]).toSorted());
});

test('an unknown member refuses the whole, and names who is unknown', async () => {
  const [ann, ben] = people;
  const team = await newTeam(account.idp, { memberIds: [ann] });
  const before = await dumpTables(world.databaseUrl, account.id);
  const refusal = { code: 'UNKNOWN_MEMBER', ids: [unknownId] };
  const attempts = [
    refused(account.idp, createTeam, { displayName: 'New', memberIds: [ben, unknownId] }),
    refused(account.idp, addTeamMembers, { teamId: team.id, userIds: [ben, unknownId] }),
    refused(account.idp, updateTeam, { id: team.id, displayName: 'Other', addMemberIds: [ben, unknownId] }),
    refused(account.idp, updateTeam, { id: team.id, setMemberIds: [ben, unknownId] }),
  ];
  for (const attempt of attempts) expect(await attempt).toMatchObject(refusal);
  expect(await refused(account.idp, addTeamMembers, { teamId: team.id, userIds: ['nobody'] })).toMatchObject({
    code: 'UNKNOWN_MEMBER',
    ids: ['nobody'],
  });
  expect(await dumpTables(world.databaseUrl, account.id)).toEqual(before);
});

test('members join and leave; what differs nothing writes nothing', async () => {
  const [ann, ben] = people;
  const { id } = await newTeam(account.idp, { memberIds: [ann] });
  const add = (userIds: string[]) => run<TeamPayload>(account.idp, addTeamMembers, { teamId: id, userIds });
  const remove = (userIds: string[]) =>
    run<TeamPayload>(account.idp, removeTeamMembers, { teamId: id, userIds });
  expect(await add([ann, ben])).toMatchObject({ changed: true, team: { version: 2 } });
  expect(await add([ann.toUpperCase(), ben])).toMatchObject({ changed: false, team: { version: 2 } });
  expect(await remove([ann])).toMatchObject({ changed: true, team: { version: 3 } });
  expect(await remove([ann, unknownId, 'nobody'])).toMatchObject({ changed: false, team: { version: 3 } });
  expect(await add([])).toMatchObject({ changed: false });
  expect(await membersOf(account.idp, id)).toEqual([ben]);
  expect(await typesAbout(id)).toEqual([
    'TEAM_CREATED',
    'TEAM_MEMBER_ADDED',
    'TEAM_MEMBER_ADDED',
    'TEAM_MEMBER_REMOVED',
  ]);
});

test('a set of members replaces, additions and removals apply on top', async () => {
  const [ann, ben, cleo] = people;
  const { id } = await newTeam(account.idp, { memberIds: [ann, ben] });
  await change({ id, setMemberIds: [ben, cleo] });
  expect(await membersOf(account.idp, id)).toEqual([ben, cleo].toSorted());
  await change({ id, setMemberIds: [ann, ben, cleo], removeMemberIds: [cleo] });
  expect(await membersOf(account.idp, id)).toEqual([ann, ben].toSorted());
  await change({ id, addMemberIds: [cleo], removeMemberIds: [cleo, ann] });
  expect(await membersOf(account.idp, id)).toEqual([ben, cleo].toSorted());
  expect(await change({ id, setMemberIds: [cleo, ben] })).toMatchObject({ changed: false });
  expect(await change({ id, setMemberIds: [] })).toMatchObject({ changed: true, team: { memberCount: 0 } });
});

test('attributes change with their before and after', async () => {
  const parent = await newTeam(account.idp);
  const { id } = await newTeam(account.idp, { displayName: 'Blue' });
  const [ann] = people;
  expect(await change({ id, displayName: 'Red', parentId: parent.id, leadId: ann })).toMatchObject({
    changed: true,
    team: { displayName: 'Red', version: 2 },
  });
  expect(await change({ id, displayName: 'Red', leadId: ann })).toMatchObject({ changed: false });
  expect(await change({ id, leadId: null })).toMatchObject({ changed: true });
  const [, first, second] = await eventsAbout(account.admin, id);
  expect(first?.changes).toEqual(
    expect.arrayContaining([
      { field: 'displayName', before: 'Blue', after: 'Red' },
      { field: 'parentId', before: null, after: parent.id },
      { field: 'leadId', before: null, after: ann },
    ]),
  );
  expect(second?.changes).toEqual([{ field: 'leadId', before: ann, after: null }]);
});

test('a name is taken whatever its case, within its connection', async () => {
  await newTeam(account.idp, { displayName: 'Blue' });
  const other = await newTeam(account.idp, { displayName: 'Red' });
  const taken = { code: 'ALREADY_EXISTS', field: 'displayName' };
  expect(await refused(account.idp, createTeam, { displayName: 'BLUE' })).toMatchObject(taken);
  expect(await refused(account.idp, updateTeam, { id: other.id, displayName: 'blue' })).toMatchObject(taken);
  expect(await newTeam(account.admin, { displayName: 'blue' })).toMatchObject({ displayName: 'blue' });
  expect(await refused(account.admin, createTeam, { displayName: 'Blue' })).toMatchObject(taken);
});

test.each([
  [{ displayName: ' ' }, 'displayName'],
  [{ displayName: null }, 'displayName'],
  [{ displayName: 'x'.repeat(1025) }, 'displayName'],
  [{ displayName: 'with\0nul' }, 'displayName'],
  [{ parentId: unknownId }, 'parentId'],
  [{ parentId: 'no id' }, 'parentId'],
  [{ leadId: unknownId }, 'leadId'],
])('%j is refused', async (input, field) => {
  const { id } = await newTeam(account.idp);
  expect(await refused(account.idp, updateTeam, { id, ...input })).toMatchObject({
    code: 'INVALID_INPUT',
    field,
  });
});

test('a team is no part of itself', async () => {
  const { id } = await newTeam(account.idp);
  expect(await refused(account.idp, updateTeam, { id, parentId: id.toUpperCase() })).toMatchObject({
    code: 'INVALID_INPUT',
    field: 'parentId',
  });
});

test('a version that moved on refuses, and says so before anything else', async () => {
  const [ann] = people;
  const { id } = await newTeam(account.idp);
  await change({ id, displayName: 'Second' });
  const mismatch = { code: 'VERSION_MISMATCH', field: 'ifVersion' };
  expect(await refused(account.idp, updateTeam, { id, ifVersion: 1, addMemberIds: [ann] })).toMatchObject(
    mismatch,
  );
  expect(await refused(account.idp, deleteTeam, { id, ifVersion: 1 })).toMatchObject(mismatch);
  expect(await membersOf(account.idp, id)).toEqual([]);
  expect(await change({ id, ifVersion: 2, addMemberIds: [ann] })).toMatchObject({ team: { version: 3 } });
});

test('a team that goes takes its memberships along and leaves its members and children', async () => {
  const [ann] = people;
  const { id } = await newTeam(account.idp, { memberIds: [ann] });
  const child = await newTeam(account.idp, { parentId: id });
  expect(await run(account.idp, deleteTeam, { id })).toEqual({ deletedTeamId: id });
  expect(await refused(account.idp, deleteTeam, { id })).toMatchObject({ code: 'NOT_FOUND', field: 'id' });
  expect(await typesAbout(id)).toEqual([
    'TEAM_CREATED',
    'TEAM_MEMBER_ADDED',
    'TEAM_MEMBER_REMOVED',
    'TEAM_DELETED',
  ]);
  const left = await account.admin.query<object>(
    'query ($id: ID!, $child: ID!) { user(id: $id) { teams { id } } team(id: $child) { parent { id } version } }',
    { id: ann, child: child.id },
  );
  expect(left).toEqual({ user: { teams: [] }, team: { parent: null, version: 2 } });
  expect((await eventsAbout(account.admin, child.id)).at(-1)).toMatchObject({
    type: 'TEAM_UPDATED',
    changes: [{ field: 'parentId', before: id, after: null }],
  });
});

test('of two teams that go together the lower one is not told to lose its parent', async () => {
  const upper = await newTeam(account.idp);
  const lower = await newTeam(account.idp, { parentId: upper.id });
  await run(account.idp, deleteTeams, { teams: [{ id: upper.id }, { id: lower.id }] });
  expect(await typesAbout(lower.id)).toEqual(['TEAM_CREATED', 'TEAM_DELETED']);
});

test('an identity provider sees and changes only what it pushed', async () => {
  const [ann] = people;
  const { connection } = await run<{ connection: { id: string } }>(account.admin, createConnection, {
    name: 'Okta',
  });
  const issued = await run<{ secret: string }>(account.admin, issueToken, {
    kind: 'SCIM',
    name: 'Okta',
    connectionId: connection.id,
  });
  const okta = world.actor(issued.secret);
  const mine = await newTeam(account.idp, { displayName: 'Entra team', externalId: 'e', memberIds: [ann] });
  const manual = await newTeam(account.admin, { displayName: 'By hand', memberIds: [ann] });
  const pushed = await newTeam(okta, { displayName: 'Entra team', externalId: 'o', memberIds: [ann] });
  const seen = async (actor = okta) =>
    (await actor.query<{ teams: { nodes: { id: string }[] } }>('{ teams { nodes { id } } }')).teams.nodes.map(
      ({ id }) => id,
    );
  expect(await seen()).toEqual([pushed.id]);
  expect((await seen(world.actor(account.idp.token))).toSorted()).toEqual([mine.id]);
  expect((await seen({ ...account.admin })).toSorted()).toEqual([mine.id, manual.id, pushed.id].toSorted());
  const { user } = await okta.query<{ user: object }>('query ($id: ID!) { user(id: $id) { teams { id } } }', {
    id: ann,
  });
  expect(user).toEqual({ teams: [{ id: pushed.id }] });
  for (const id of [mine.id, manual.id]) {
    expect(
      await okta.query('query ($id: ID!) { team(id: $id) { id } node(id: $id) { id } }', { id }),
    ).toEqual({
      team: null,
      node: null,
    });
    expect(await refused(okta, updateTeam, { id, displayName: 'x' })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refused(okta, deleteTeam, { id })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refused(okta, addTeamMembers, { teamId: id, userIds: [ann] })).toMatchObject({
      code: 'NOT_FOUND',
    });
  }
});

test('a batch of members has a limit', async () => {
  const { id } = await newTeam(account.idp);
  const userIds = Array.from({ length: 1001 }, () => unknownId);
  expect(await refused(account.idp, addTeamMembers, { teamId: id, userIds })).toMatchObject({
    code: 'LIMIT_EXCEEDED',
    field: 'userIds',
    limit: 1000,
  });
});

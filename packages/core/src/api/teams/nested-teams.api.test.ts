import type { Actor } from '@rollcall/testkit';
import { beforeEach, expect, test } from 'vitest';
import {
  addTeamMembers,
  changeTeamMembers,
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
  run,
  type TeamResults,
  updateTeam,
} from '../../testing/directory.ts';
import { dumpTables } from '../../testing/tables.ts';
import { useAccount, useWorld } from '../../testing/world.ts';

const world = useWorld();
const account = useAccount(world);
let ann: string;
beforeEach(async () => {
  ann = (await newUser(account.idp, { displayName: 'Ann' })).id;
});

const change = (input: object) =>
  run<{ changed: boolean; team: { version: number } }>(account.idp, updateTeam, input);

interface Seen {
  readonly memberCount: number;
  readonly memberReferences: readonly object[];
  readonly nestedTeams: readonly { readonly id: string }[];
  readonly outerTeams: readonly { readonly id: string }[];
}
const seen = async (id: string, actor: Actor = account.idp) =>
  (
    await actor.query<{ team: Seen }>(
      `query ($id: ID!) { team(id: $id) {
        memberCount memberReferences { id displayName type } nestedTeams { id } outerTeams { id } } }`,
      { id },
    )
  ).team;
const found = async (filter: object, actor: Actor = account.idp) =>
  (
    await actor.query<{ teams: { nodes: { id: string }[] } }>(
      'query ($filter: TeamFilter) { teams(filter: $filter) { nodes { id } } }',
      { filter },
    )
  ).teams.nodes.map(({ id }) => id);

test('a team is a member of another from the start, beside people, and each sees the other', async () => {
  const inner = await newTeam(account.idp, { displayName: 'Inner', memberIds: [ann] });
  const outer = await newTeam(account.idp, { memberIds: [inner.id.toUpperCase(), ann] });
  expect(await seen(outer.id)).toEqual({
    memberCount: 1,
    memberReferences: [
      { id: ann, displayName: 'Ann', type: 'USER' },
      { id: inner.id, displayName: 'Inner', type: 'TEAM' },
    ],
    nestedTeams: [{ id: inner.id }],
    outerTeams: [],
  });
  expect(await seen(inner.id)).toMatchObject({ nestedTeams: [], outerTeams: [{ id: outer.id }] });
  const events = await eventsAbout(account.admin, outer.id);
  expect(events.map(({ type, related }) => [type, related?.type]).toSorted()).toEqual([
    ['TEAM_CREATED', undefined],
    ['TEAM_MEMBER_ADDED', 'TEAM'],
    ['TEAM_MEMBER_ADDED', 'USER'],
  ]);
});

test('what is created answers its nested teams, and each type of member can be asked for alone', async () => {
  const inner = await newTeam(account.idp, { displayName: 'Inner' });
  const selection =
    'nested: memberReferences(type: TEAM) { id type } people: memberReferences(type: USER) { id }';
  const { createTeam } = await account.idp.query<{ createTeam: object }>(
    `mutation ($input: CreateTeamInput!) { createTeam(input: $input) { team { ${selection} } } }`,
    { input: { displayName: 'Outer', memberIds: [ann, inner.id] } },
  );
  const references = { nested: [{ id: inner.id, type: 'TEAM' }], people: [{ id: ann }] };
  expect(createTeam).toEqual({ team: references });
  const [id] = await found({ displayName: { equals: 'Outer' } });
  const read = await account.idp.query<object>(`query ($id: ID!) { team(id: $id) { ${selection} } }`, { id });
  expect(read).toEqual({ team: references });
});

test('nested teams come and go like people, counted in the version and told as events', async () => {
  const [one, two] = [await newTeam(account.idp), await newTeam(account.idp)];
  const { id } = await newTeam(account.idp);
  expect(await change({ id, addMemberIds: [one.id, ann] })).toMatchObject({ team: { version: 2 } });
  expect(await change({ id, addMemberIds: [one.id] })).toMatchObject({ changed: false });
  expect(await change({ id, setMemberIds: [two.id] })).toMatchObject({ team: { version: 3 } });
  expect(await membersOf(account.idp, id)).toEqual([two.id]);
  expect(await change({ id, removeMemberIds: [two.id, one.id] })).toMatchObject({ team: { version: 4 } });
  expect(await membersOf(account.idp, id)).toEqual([]);
  const ofTeams = (await eventsAbout(account.admin, id)).filter(({ related }) => related?.type === 'TEAM');
  expect(ofTeams.map(({ type, related }) => [type, related?.id])).toEqual([
    ['TEAM_MEMBER_ADDED', one.id],
    ...(ofTeams[1]?.type === 'TEAM_MEMBER_REMOVED'
      ? [
          ['TEAM_MEMBER_REMOVED', one.id],
          ['TEAM_MEMBER_ADDED', two.id],
        ]
      : [
          ['TEAM_MEMBER_ADDED', two.id],
          ['TEAM_MEMBER_REMOVED', one.id],
        ]),
    ['TEAM_MEMBER_REMOVED', two.id],
  ]);
});

test('adding one nested team is one row, and touches no other team', async () => {
  const [inner, outer] = [await newTeam(account.idp), await newTeam(account.idp)];
  const before = await dumpTables(world.databaseUrl, account.id);
  await change({ id: outer.id, addMemberIds: [inner.id] });
  const after = await dumpTables(world.databaseUrl, account.id);
  expect(after.nested_teams?.split('\n')).toHaveLength(1);
  expect(after.memberships).toBe(before.memberships);
  const rowOf = (dump: Record<string, string>) =>
    dump.teams?.split('\n').find((row) => row.includes(`"id": "${inner.id}"`));
  expect(rowOf(after)).toBe(rowOf(before));
});

test('in a batch too, together with people', async () => {
  const [one, two, outer] = [
    await newTeam(account.idp),
    await newTeam(account.idp),
    await newTeam(account.idp),
  ];
  const { results } = await run<TeamResults>(account.idp, changeTeamMembers, {
    changes: [
      { id: outer.id, addMemberIds: [one.id, ann] },
      { id: one.id, addMemberIds: [two.id] },
      { id: two.id, addMemberIds: [outer.id] },
    ],
  });
  expect(results.map(({ error }) => error)).toEqual([null, null, null]);
  expect(await membersOf(account.idp, outer.id)).toEqual([ann, one.id]);
  expect(await membersOf(account.idp, one.id)).toEqual([two.id]);
  expect(await membersOf(account.idp, two.id)).toEqual([outer.id]);
  await run(account.idp, changeTeamMembers, {
    changes: [
      { id: outer.id, removeMemberIds: [one.id, ann] },
      { id: two.id, removeMemberIds: [outer.id] },
    ],
  });
  expect(await membersOf(account.idp, outer.id)).toEqual([]);
  expect(await membersOf(account.idp, two.id)).toEqual([]);
  const removed = (await eventsAbout(account.admin, two.id)).at(-1);
  expect(removed).toMatchObject({ type: 'TEAM_MEMBER_REMOVED', related: { id: outer.id, type: 'TEAM' } });
});

test('a team is no member of itself', async () => {
  const { id } = await newTeam(account.idp);
  const itself = (field: string) => ({ code: 'INVALID_INPUT', field });
  const own = [id.toUpperCase()];
  expect(await refused(account.idp, updateTeam, { id, addMemberIds: own })).toMatchObject(
    itself('addMemberIds'),
  );
  expect(await refused(account.idp, updateTeam, { id, setMemberIds: own })).toMatchObject(
    itself('setMemberIds'),
  );
  expect(await refused(account.idp, addTeamMembers, { teamId: id, userIds: own })).toMatchObject(
    itself('userIds'),
  );
  expect(await change({ id, removeMemberIds: own })).toMatchObject({ changed: false });
});

test('neither membership nor roles follow from nesting', async () => {
  const inner = await newTeam(account.idp, { memberIds: [ann] });
  const standing = () =>
    account.admin.query<{ user: object }>(
      'query ($id: ID!) { user(id: $id) { version teams { id } roles { role { name } } } }',
      { id: ann },
    );
  const before = await standing();
  const outer = await newTeam(account.idp, { memberIds: [inner.id] });
  expect(await standing()).toEqual(before);
  expect(before.user).toMatchObject({ teams: [{ id: inner.id }] });
  expect(await seen(outer.id)).toMatchObject({ memberCount: 0 });
  expect(await found({ members: { someId: { equals: ann } } })).toEqual([inner.id]);
});

test('a team that goes leaves the teams it was a member of, and they say so', async () => {
  const inner = await newTeam(account.idp, { displayName: 'Inner' });
  const outer = await newTeam(account.idp, { memberIds: [inner.id, ann] });
  const deep = await newTeam(account.idp);
  await change({ id: inner.id, addMemberIds: [deep.id] });
  await run(account.idp, deleteTeam, { id: inner.id });
  expect(await membersOf(account.idp, outer.id)).toEqual([ann]);
  expect((await eventsAbout(account.admin, outer.id)).at(-1)).toMatchObject({
    type: 'TEAM_MEMBER_REMOVED',
    related: { id: inner.id, type: 'TEAM' },
  });
  expect(await change({ id: outer.id, ifVersion: 2, addMemberIds: [deep.id] })).toMatchObject({
    changed: true,
  });
  expect((await eventsAbout(account.admin, inner.id)).slice(-2)).toMatchObject([
    { type: 'TEAM_MEMBER_REMOVED', related: { id: deep.id } },
    { type: 'TEAM_DELETED' },
  ]);
});

test('teams that are in each other go together', async () => {
  const [one, two, three] = [
    await newTeam(account.idp),
    await newTeam(account.idp),
    await newTeam(account.idp),
  ];
  for (const [outer, inner] of [
    [one, two],
    [two, one],
    [three, one],
  ])
    await change({ id: outer?.id, addMemberIds: [inner?.id] });
  await run(account.idp, deleteTeams, { teams: [{ id: two.id }, { id: one.id }] });
  expect(await found({})).toEqual([three.id]);
  expect(await seen(three.id)).toMatchObject({ nestedTeams: [], memberReferences: [] });
  const left = (await eventsAbout(account.admin, one.id)).filter(
    ({ type }) => type === 'TEAM_MEMBER_REMOVED',
  );
  expect(left.map(({ related }) => related?.id)).toEqual([two.id]);
});

test('teams are found by the teams in them, and by those that they are in', async () => {
  const inner = await newTeam(account.idp, { memberIds: [ann] });
  const outer = await newTeam(account.idp, { memberIds: [inner.id] });
  const empty = await newTeam(account.idp);
  const people = (filter: object) => found({ members: filter });
  expect(await people({ someId: { equals: inner.id } })).toEqual([outer.id]);
  expect(await people({ someId: { in: [ann, inner.id, 'nobody'] } })).toEqual([inner.id, outer.id]);
  expect(await people({ someId: { equals: inner.id }, type: 'USER' })).toEqual([]);
  expect(await people({ someId: { equals: inner.id }, type: 'TEAM' })).toEqual([outer.id]);
  expect(await people({ type: 'TEAM', isPresent: true })).toEqual([outer.id]);
  expect(await people({ type: 'USER', isPresent: true })).toEqual([inner.id]);
  expect(await people({ isPresent: true })).toEqual([inner.id, outer.id]);
  expect(await people({ isPresent: false })).toEqual([empty.id]);
  expect(await people({ someId: { notEquals: inner.id } })).toEqual([inner.id, empty.id]);
  expect(await found({ not: { members: { someId: { equals: ann } } } })).toEqual([outer.id, empty.id]);
  expect(await found({ nestedIn: { equals: outer.id } })).toEqual([inner.id]);
});

test('an identity provider nests only what it pushed, and sees nothing else nested', async () => {
  const { connection } = await run<{ connection: { id: string } }>(account.admin, createConnection, {
    name: 'Okta',
  });
  const issued = await run<{ secret: string }>(account.admin, issueToken, {
    kind: 'SCIM',
    name: 'Okta',
    connectionId: connection.id,
  });
  const okta = world.actor(issued.secret);
  const [mine, other] = [await newTeam(account.idp), await newTeam(account.idp)];
  const theirs = await newTeam(okta);
  const manual = await newTeam(account.admin);
  const unknown = { code: 'UNKNOWN_MEMBER' };
  for (const id of [theirs.id, manual.id]) {
    expect(await refused(account.idp, updateTeam, { id: mine.id, addMemberIds: [id] })).toMatchObject(
      unknown,
    );
    expect(await refused(account.idp, createTeam, { displayName: 'x', memberIds: [id] })).toMatchObject(
      unknown,
    );
    // Nor does an admin put into a pushed team what its identity provider would not know.
    expect(await refused(account.admin, updateTeam, { id: mine.id, setMemberIds: [id] })).toMatchObject(
      unknown,
    );
    const batch = { changes: [{ id: mine.id, addMemberIds: [id] }] };
    for (const actor of [account.idp, account.admin]) {
      const { results } = await run<TeamResults>(actor, changeTeamMembers, batch);
      expect(results[0]?.error).toMatchObject(unknown);
    }
  }
  await run(account.admin, updateTeam, { id: manual.id, addMemberIds: [mine.id, theirs.id] });
  await run(account.admin, updateTeam, { id: other.id, addMemberIds: [mine.id] });
  expect(await seen(mine.id)).toMatchObject({ outerTeams: [{ id: other.id }] });
  expect(await seen(theirs.id, okta)).toMatchObject({ outerTeams: [] });
  expect((await seen(mine.id, account.admin)).outerTeams).toHaveLength(2);
  expect(await seen(manual.id, account.admin)).toMatchObject({
    nestedTeams: [mine.id, theirs.id].toSorted().map((id) => ({ id })),
  });
});

test('a team of another account is nobody', async () => {
  const elsewhere = await world.account();
  const foreign = await newTeam(elsewhere.admin);
  const own = await newTeam(account.admin);
  const before = await dumpTables(world.databaseUrl);
  const refusal = await refused(account.admin, updateTeam, { id: own.id, addMemberIds: [foreign.id] });
  expect(refusal).toMatchObject({ code: 'UNKNOWN_MEMBER', ids: [foreign.id] });
  const batch = { changes: [{ id: own.id, addMemberIds: [foreign.id] }, { id: foreign.id }] };
  const { results } = await run<TeamResults>(account.admin, changeTeamMembers, batch);
  expect(results.map(({ error }) => error?.code)).toEqual(['UNKNOWN_MEMBER', 'NOT_FOUND']);
  await run(account.admin, deleteTeams, { teams: [{ id: foreign.id }] });
  expect(await dumpTables(world.databaseUrl)).toEqual(before);
});

test('a line of parents closes no cycle, however long', async () => {
  const top = await newTeam(account.idp);
  const middle = await newTeam(account.idp, { parentId: top.id });
  const bottom = await newTeam(account.idp, { parentId: middle.id });
  const circular = { code: 'INVALID_INPUT', field: 'parentId' };
  for (const parentId of [top.id, middle.id, bottom.id]) {
    const input = { id: top.id, displayName: 'Other', parentId, addMemberIds: [ann] };
    expect(await refused(account.idp, updateTeam, input)).toMatchObject(circular);
  }
  expect(await membersOf(account.idp, top.id)).toEqual([]);
  expect(await change({ id: bottom.id, parentId: top.id })).toMatchObject({ changed: true });
  expect(await change({ id: middle.id, parentId: bottom.id })).toMatchObject({ changed: true });
});

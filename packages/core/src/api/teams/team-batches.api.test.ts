import type { Actor } from '@rollcall/testkit';
import { beforeEach, expect, test } from 'vitest';
import {
  changeTeamMembers,
  createTeams,
  deleteTeams,
  eventsAbout,
  membersOf,
  newTeam,
  newUser,
  refused,
  run,
  type TeamResults,
} from '../../testing/directory.ts';
import { dumpTables } from '../../testing/tables.ts';
import { useAccount, useWorld } from '../../testing/world.ts';

interface DeleteResults {
  readonly results: readonly { readonly deletedTeamId: string | null; readonly error: object | null }[];
}

const world = useWorld();
const account = useAccount(world);
let ann: string;
let ben: string;
beforeEach(async () => {
  ann = (await newUser(account.idp)).id;
  ben = (await newUser(account.idp)).id;
});

const unknownId = '018f0000-0000-7000-8000-000000000000';
const create = (teams: object[], actor: Actor = account.idp) =>
  run<TeamResults>(actor, createTeams, { teams });
const change = (changes: object[]) => run<TeamResults>(account.idp, changeTeamMembers, { changes });
const remove = (teams: object[]) => run<DeleteResults>(account.idp, deleteTeams, { teams });
const codes = ({ results }: TeamResults | DeleteResults) =>
  results.map(({ error }) => (error === null ? 'done' : 'code' in error ? error.code : error));
const typesAbout = async (id: string) => (await eventsAbout(account.admin, id)).map(({ type }) => type);

test('a team that goes leaves the teams below it without a parent, and they say so', async () => {
  const top = await newTeam(account.idp);
  const below = await newTeam(account.idp, { parentId: top.id });
  await run(account.idp, deleteTeams, { teams: [{ id: top.id }] });
  const { team } = await account.admin.query<{ team: { parent: null; version: number } }>(
    'query ($id: ID!) { team(id: $id) { parent { id } version } }',
    { id: below.id },
  );
  expect(team).toEqual({ parent: null, version: 2 });
  expect((await eventsAbout(account.admin, below.id)).at(-1)).toMatchObject({
    type: 'TEAM_UPDATED',
    changes: [{ field: 'parentId', before: top.id, after: null }],
  });
});

test('teams are created at once, each with its members and events', async () => {
  const { results } = await create([
    { displayName: 'Blue', externalId: 'b', memberIds: [ann, ben] },
    { displayName: 'Red', memberIds: [ben.toUpperCase()] },
    { displayName: 'Green' },
  ]);
  expect(results.map(({ team }) => [team?.displayName, team?.version, team?.memberCount])).toEqual([
    ['Blue', 1, 2],
    ['Red', 1, 1],
    ['Green', 1, 0],
  ]);
  const [blue, red] = results.map(({ team }) => team?.id ?? '');
  expect(await membersOf(account.idp, blue ?? '')).toEqual([ann, ben].toSorted());
  expect(await membersOf(account.idp, red ?? '')).toEqual([ben]);
  expect(await typesAbout(blue ?? '')).toEqual(['TEAM_CREATED', 'TEAM_MEMBER_ADDED', 'TEAM_MEMBER_ADDED']);
  expect((await eventsAbout(account.admin, blue ?? ''))[0]?.changes).toEqual([
    { field: 'displayName', before: null, after: 'Blue' },
    { field: 'origin', before: null, after: 'DIRECTORY' },
    { field: 'externalId', before: null, after: 'b' },
  ]);
});

test('a team that is refused does not hinder the others', async () => {
  await newTeam(account.idp, { displayName: 'Taken' });
  const parent = await newTeam(account.idp);
  const answer = await create([
    { displayName: 'TAKEN', memberIds: [ann] },
    { displayName: 'Twice' },
    { displayName: 'twice', memberIds: [ann] },
    { displayName: 'Strangers', memberIds: [ann, unknownId, 'nobody'] },
    { displayName: ' ' },
    { displayName: 'Orphan', parentId: unknownId },
    { displayName: 'Headless', leadId: unknownId },
    { displayName: 'Good', parentId: parent.id, leadId: ann, memberIds: [ben] },
  ]);
  expect(answer.results.map(({ error }) => error && [error.code, error.field])).toEqual([
    ['ALREADY_EXISTS', 'displayName'],
    null,
    ['ALREADY_EXISTS', 'displayName'],
    ['UNKNOWN_MEMBER', 'memberIds'],
    ['INVALID_INPUT', 'displayName'],
    ['INVALID_INPUT', 'parentId'],
    ['INVALID_INPUT', 'leadId'],
    null,
  ]);
  expect(answer.results[3]?.error?.message).toContain(`${unknownId}, nobody`);
  const { teams } = await account.idp.query<{ teams: { nodes: object[] } }>(
    '{ teams(orderBy: { field: DISPLAY_NAME }) { nodes { displayName memberCount } } }',
  );
  expect(teams.nodes).toEqual(
    expect.arrayContaining([
      { displayName: 'Good', memberCount: 1 },
      { displayName: 'Twice', memberCount: 0 },
    ]),
  );
  expect(teams.nodes).toHaveLength(4);
});

test('an external id needs a connection, in a batch too', async () => {
  const answer = await create(
    [{ displayName: 'One', externalId: 'x' }, { displayName: 'Two' }],
    account.admin,
  );
  expect(codes(answer)).toEqual(['INVALID_INPUT', 'done']);
});

test('members of many teams change at once', async () => {
  const blue = await newTeam(account.idp, { memberIds: [ann] });
  const red = await newTeam(account.idp, { memberIds: [ann] });
  const { results } = await change([
    { id: blue.id, addMemberIds: [ben], removeMemberIds: [ann] },
    { id: red.id.toUpperCase(), addMemberIds: [ann, ben], removeMemberIds: [ben, 'nobody', unknownId] },
  ]);
  expect(results.map(({ team }) => [team?.id, team?.version, team?.memberCount])).toEqual([
    [blue.id, 2, 1],
    [red.id, 2, 2],
  ]);
  expect(await membersOf(account.idp, blue.id)).toEqual([ben]);
  const moved = (await eventsAbout(account.admin, blue.id)).slice(2);
  expect(moved).toHaveLength(2);
  expect(moved).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ type: 'TEAM_MEMBER_ADDED', related: { id: ben, type: 'USER' } }),
      expect.objectContaining({ type: 'TEAM_MEMBER_REMOVED', related: { id: ann, type: 'USER' } }),
    ]),
  );
});

test('a change that differs nothing writes nothing', async () => {
  const { id } = await newTeam(account.idp, { memberIds: [ann] });
  const before = await dumpTables(world.databaseUrl, account.id);
  const { results } = await change([{ id, addMemberIds: [ann], removeMemberIds: [ben] }, { id }]);
  expect(results.map(({ team }) => team?.version)).toEqual([1, 1]);
  expect(await dumpTables(world.databaseUrl, account.id)).toEqual(before);
});

test('a change that is refused does not hinder the others', async () => {
  const blue = await newTeam(account.idp);
  const manual = await newTeam(account.admin);
  const answer = await change([
    { id: unknownId, addMemberIds: [ann] },
    { id: 'no id', addMemberIds: [ann] },
    { id: manual.id, addMemberIds: [ann] },
    { id: blue.id, addMemberIds: [ann], ifVersion: 7 },
    { id: blue.id, addMemberIds: [ann, unknownId] },
    { id: blue.id, addMemberIds: [blue.id] },
    { id: blue.id, addMemberIds: [ben], ifVersion: 1 },
  ]);
  expect(codes(answer)).toEqual([
    'NOT_FOUND',
    'NOT_FOUND',
    'NOT_FOUND',
    'VERSION_MISMATCH',
    'UNKNOWN_MEMBER',
    'INVALID_INPUT',
    'done',
  ]);
  expect(await membersOf(account.admin, blue.id)).toEqual([ben]);
  expect(await membersOf(account.admin, manual.id)).toEqual([]);
});

test('changes of one team are applied in order, as one change', async () => {
  const { id } = await newTeam(account.idp);
  const { results } = await change([
    { id, addMemberIds: [ann, ben] },
    { id, removeMemberIds: [ann] },
    { id, addMemberIds: [unknownId] },
  ]);
  expect(results.map(({ team }) => team?.version)).toEqual([2, 2, undefined]);
  expect(await membersOf(account.idp, id)).toEqual([ben]);
});

test('teams are deleted at once', async () => {
  const blue = await newTeam(account.idp, { memberIds: [ann] });
  const red = await newTeam(account.idp);
  const manual = await newTeam(account.admin);
  const answer = await remove([
    { id: blue.id },
    { id: blue.id },
    { id: red.id, ifVersion: 3 },
    { id: manual.id },
    { id: 'no id' },
  ]);
  expect(codes(answer)).toEqual(['done', 'NOT_FOUND', 'VERSION_MISMATCH', 'NOT_FOUND', 'NOT_FOUND']);
  expect(answer.results[0]?.deletedTeamId).toBe(blue.id);
  expect((await typesAbout(blue.id)).slice(2)).toEqual(['TEAM_MEMBER_REMOVED', 'TEAM_DELETED']);
  const { teams } = await account.admin.query<{ teams: { totalCount: number } }>('{ teams { totalCount } }');
  expect(teams.totalCount).toBe(2);
});

test.each([
  [createTeams, { teams: Array.from({ length: 1001 }, () => ({ displayName: 'x' })) }, 'teams'],
  [changeTeamMembers, { changes: Array.from({ length: 1001 }, () => ({ id: unknownId })) }, 'changes'],
  [deleteTeams, { teams: Array.from({ length: 1001 }, () => ({ id: unknownId })) }, 'teams'],
])('a batch has a limit: $field', async (mutation, input, field) => {
  expect(await refused(account.idp, mutation, input)).toMatchObject({
    code: 'LIMIT_EXCEEDED',
    field,
    limit: 1000,
  });
});

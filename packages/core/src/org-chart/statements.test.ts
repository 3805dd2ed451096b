import type { AccountWorld } from '@rollcall/testkit';
import { beforeAll, describe, expect, test } from 'vitest';
import { createTeams, newUser, run, updateUser } from '../testing/directory.ts';
import { useWorld } from '../testing/world.ts';
import { fillLargeChart, nthId } from './testing/large-chart.ts';

const world = useWorld();

const person = 'id displayName reportCount managers { id } teams { id } user { id }';
const team = 'id displayName lead { id } memberCount childCount ancestors { id } team { id }';
const documents: Record<string, string> = {
  'a level of people': `{ orgChart { people(under: "${nthId('person', 1)}") { totalCount nodes { ${person} } } } }`,
  'two levels of people': `{ orgChart { people { nodes { ${person} reports(first: 3) { totalCount nodes { ${person} } } } } } }`,
  'a person': `{ orgChart { person(id: "${nthId('person', 9)}") { ${person} } } }`,
  'two levels of teams': `{ orgChart { teams { nodes { ${team} children { nodes { ${team} members(first: 2) { nodes { id } } } } } } } }`,
  'people and teams by their ids': `{ orgChart { peopleById(ids: [${Array.from({ length: 100 }, (_, n) => `"${nthId('person', n + 1)}"`).join()}]) { ${person} }
    teamsById(ids: ["${nthId('team', 1)}", "${nthId('team', 5)}"]) { ${team} } } }`,
  'the levels below many': `{ orgChart { peopleById(ids: [${Array.from({ length: 50 }, (_, n) => `"${nthId('person', n + 1)}"`).join()}]) {
    reports(first: 5) { totalCount nodes { displayName reportCount } } } } }`,
  everybody: `{ orgChart { allPeople(first: 4) { totalCount nodes { ${person} } } } }`,
  'every team of a past day': `{ orgChart(asOf: "${new Date(Date.now() - 15 * 24 * 3600 * 1000).toISOString()}") {
    allTeams(first: 4) { totalCount nodes { ${team} } } } }`,
  'what is found': '{ orgChart { searchPeople(text: "person-1") { id } searchTeams(text: "te") { id } } }',
  'a difference in people': `{ orgChartDiff(from: "${new Date(0).toISOString()}") { personCounts { joined }
    people(first: 20) { totalCount nodes { before { id } after { ${person} } changes { field } } } } }`,
  'a difference in teams': `{ orgChartDiff(from: "${new Date(0).toISOString()}") { teamCounts { created }
    teams(first: 20) { totalCount nodes { membersJoined after { ${team} } changes { field } } } } }`,
};

const charts = new Map<number, AccountWorld>();
beforeAll(async () => {
  for (const size of [10, 10_000]) {
    const account = await world.account();
    await fillLargeChart(world.databaseUrl, account.id, size);
    charts.set(size, account);
  }
});

const chartOf = (size: number): AccountWorld => {
  const account = charts.get(size);
  if (account === undefined) throw new Error(`There is no chart of ${size}.`);
  return account;
};

describe.each([
  ['a level of people', 7],
  ['two levels of people', 11],
  ['a person', 6],
  ['two levels of teams', 14],
  ['people and teams by their ids', 11],
  ['the levels below many', 4],
  ['everybody', 7],
  ['every team of a past day', 8],
  ['what is found', 3],
  ['a difference in people', 8],
  ['a difference in teams', 9],
])('%s', (name, statements) => {
  test(`takes ${statements} statements of 10 people, and as many of 10,000`, async () => {
    const counts: number[] = [];
    for (const size of [10, 10_000]) {
      const { admin } = chartOf(size);
      const read = () => admin.query(documents[name] ?? '');
      await read();
      counts.push(await world.countStatements(read));
    }
    expect(counts).toEqual([statements, statements]);
  });
});

test('bringing a chart up to date takes the same for one move and for hundreds of newcomers, whatever its size', async () => {
  const counts: number[] = [];
  for (const size of [10, 10_000]) {
    const { admin, idp } = chartOf(size);
    const [manager, report] = [await newUser(idp), await newUser(idp)];
    await admin.query('{ orgChart { personCount } }');
    await run(idp, updateUser, { id: report.id, manager: manager.id });
    counts.push(await world.countStatements(() => admin.query('{ orgChart { personCount } }')));
  }
  expect(counts[0]).toBe(counts[1]);

  const { admin, idp } = chartOf(10);
  const users = Array.from({ length: 300 }, (_, n) => ({ userName: `newcomer-${n}@example.com` }));
  const { createUsers } = await idp.query<{ createUsers: { results: { user: { id: string } }[] } }>(
    'mutation ($input: CreateUsersInput!) { createUsers(input: $input) { results { user { id } } } }',
    { input: { users } },
  );
  const memberIds = createUsers.results.map(({ user }) => user.id);
  await run(admin, createTeams, { teams: [{ displayName: 'Newcomers', memberIds }] });
  const many = await world.countStatements(() => admin.query('{ orgChart { personCount } }'));
  // Besides: teams and memberships are read and written.
  expect(many - (counts[0] ?? 0)).toBe(4);
});

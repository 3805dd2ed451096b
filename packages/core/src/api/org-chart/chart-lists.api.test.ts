import { beforeAll, describe, expect, test } from 'vitest';
import { caughtUp } from '../../org-chart/testing/random-history.ts';
import { deprovisionUser, newTeam, newUser, run } from '../../testing/directory.ts';
import { useSharedAccount, useWorld } from '../../testing/world.ts';

const world = useWorld();
const account = useSharedAccount(world);
/** Those who are on the chart by their ids, and whoever can't be. */
let people: [string, string];
let teams: [string, string];
let elsewhere: string[];
beforeAll(async () => {
  const { admin, idp } = account;
  people = [(await newUser(idp)).id, (await newUser(idp)).id];
  teams = [(await newTeam(admin)).id, (await newTeam(admin)).id];
  const gone = await newUser(idp);
  await run(idp, deprovisionUser, { id: gone.id });
  const theirs = await world.account('Theirs');
  const pushed = await newTeam(idp);
  elsewhere = [
    gone.id,
    pushed.id,
    (await newUser(theirs.idp)).id,
    (await newTeam(theirs.admin)).id,
    crypto.randomUUID(),
    'nobody',
    '',
  ];
  await caughtUp(account);
});

const ids = (list: readonly string[]) => JSON.stringify(list);
const ask = async (selection: string, actor = account.admin): Promise<unknown> =>
  (await actor.query<{ orgChart: unknown }>(`{ orgChart { ${selection} } }`)).orgChart;
const refusal = (selection: string, actor = account.admin) => actor.refusal(`{ orgChart { ${selection} } }`);

describe('by ids', () => {
  test('whoever is on the chart is answered in the order of the ids, and the others are left out', async () => {
    const [one, other] = people;
    const asked = [other.toUpperCase(), ...elsewhere, ...teams, one];
    expect(await ask(`peopleById(ids: ${ids(asked)}) { id }`)).toEqual({
      peopleById: [{ id: other }, { id: one }],
    });
    expect(await ask('peopleById(ids: []) { id }')).toEqual({ peopleById: [] });
  });

  test('teams of the chart alike', async () => {
    const [one, other] = teams;
    const asked = [other, ...elsewhere, ...people, one.toUpperCase()];
    expect(await ask(`teamsById(ids: ${ids(asked)}) { id }`)).toEqual({
      teamsById: [{ id: other }, { id: one }],
    });
  });

  test.each(['peopleById', 'teamsById'])('%s takes a hundred ids and says so of more', async (field) => {
    const many = Array.from({ length: 100 }, () => people[0]);
    expect(await ask(`${field}(ids: ${ids(many)}) { id }`)).toHaveProperty(field);
    expect(await refusal(`${field}(ids: ${ids([...many, ''])}) { id }`)).toMatchObject({
      code: 'LIMIT_EXCEEDED',
      field: 'ids',
      limit: 100,
      message: expect.stringMatching(/^ids: has 101 ids; .*100 at most\. Ask for the others/),
    });
  });
});

describe('all', () => {
  test.each(['allPeople', 'allTeams'])('pages of %s have their limits', async (list) => {
    for (const first of [0, 501])
      expect(await refusal(`${list}(first: ${first}) { nodes { id } }`)).toMatchObject({
        code: 'LIMIT_EXCEEDED',
        field: 'first',
      });
    expect(await refusal(`${list}(after: "no") { nodes { id } }`)).toMatchObject({ code: 'INVALID_CURSOR' });
  });

  test('who and what there is comes once, page by page, counted when asked', async () => {
    const first = 'totalCount nodes { id } pageInfo { hasNextPage endCursor }';
    const page = await account.admin.query<{
      orgChart: { allPeople: { nodes: { id: string }[]; pageInfo: { endCursor: string } } };
    }>(`{ orgChart { allPeople(first: 2) { ${first} } } }`);
    expect(page.orgChart.allPeople).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } });
    const { nodes, pageInfo } = page.orgChart.allPeople;
    expect(await ask(`allPeople(first: 2, after: "${pageInfo.endCursor}") { ${first} }`)).toMatchObject({
      allPeople: { totalCount: 3, nodes: [{ id: people[1] }], pageInfo: { hasNextPage: false } },
    });
    expect(nodes[1]).toEqual({ id: people[0] });
    // The last two teams are those that waiting for the log made.
    expect(await ask('allTeams(first: 2) { nodes { id } }')).toEqual({
      allTeams: { nodes: teams.map((id) => ({ id })) },
    });
  });
});

test('people need users:read, teams need teams:read, and an identity provider sees no teams of the chart', async () => {
  const onlyUsers = await account.withPermissions('users:read');
  const onlyTeams = await account.withPermissions('teams:read');
  for (const field of [`peopleById(ids: ${ids(people)}) { id }`, 'allPeople { totalCount }'])
    expect(await refusal(field, onlyTeams)).toMatchObject({ code: 'FORBIDDEN', permission: 'users:read' });
  for (const field of [`teamsById(ids: ${ids(teams)}) { id }`, 'allTeams { totalCount }'])
    expect(await refusal(field, onlyUsers)).toMatchObject({ code: 'FORBIDDEN', permission: 'teams:read' });
  const seen = `teamsById(ids: ${ids(teams)}) { id } allTeams { totalCount nodes { id } } allPeople { totalCount }`;
  expect(await ask(seen, account.idp)).toEqual({
    teamsById: [],
    allTeams: { totalCount: 0, nodes: [] },
    allPeople: { totalCount: 3 },
  });
});

import { expect, test } from 'vitest';
import { newTeam, run, updateTeam } from '../../testing/directory.ts';
import { hire, type PlanData, type PlanPartName, rehearse, restructure } from '../../testing/org-settings.ts';
import { type Random, randomFrom } from '../../testing/random.ts';
import { dumpTables, withClient } from '../../testing/tables.ts';
import { useAccount, useWorld } from '../../testing/world.ts';

const RUNS = 15;
const firstSeed = Math.floor(Math.random() * 2 ** 31);

const world = useWorld();
const account = useAccount(world);

const counts = (plan: PlanData) =>
  Object.fromEntries(
    Object.entries(plan).map(([name, part]) => [name, typeof part === 'number' ? part : part.count]),
  );
const items = (plan: PlanData, part: PlanPartName) =>
  plan[part].examples.map(({ name, before, after }) => [name, before, after]);

test('from nothing: what is created under what, which spellings come together, what is adopted', async () => {
  const { admin, idp } = account;
  const byHand = await newTeam(admin, { displayName: 'EXECUTIVE' });
  await hire(idp, [
    { name: 'Eve', department: 'Executive' },
    { name: 'John Harrison', department: 'Sales', manager: 'Eve' },
    { name: 'Ann', department: 'sales ', manager: 'John Harrison' },
    { name: 'Ben', department: 'Sales', manager: 'John Harrison' },
    { name: 'Cy' },
  ]);
  const { plan } = await rehearse(admin, { createTeams: 'MANAGER' });
  expect(items(plan, 'created')).toEqual([
    ['Executive - Eve', null, 'Executive'],
    ['Sales', null, 'Executive'],
    ['Sales - John Harrison', null, 'Sales'],
  ]);
  expect(plan.adopted.examples).toEqual([
    { teamId: byHand.id, name: 'Executive', before: 'EXECUTIVE', after: 'Executive' },
  ]);
  expect(items(plan, 'merged')).toEqual([['Sales', '"Sales", "sales "', 'Sales']]);
  expect(counts(plan)).toMatchObject({ renamed: 0, moved: 0, removed: 0, personMoves: 4 });
});

test('from departments to divisions: what is removed, what comes together, what moves', async () => {
  const { admin, idp } = account;
  await newTeam(admin, { displayName: 'Legal' });
  const people = [
    { name: 'Eve', department: 'Executive', division: 'Executive' },
    { name: 'Ann', department: 'Sales', division: 'Revenue', manager: 'Eve' },
    { name: 'Ben', department: 'Marketing', division: 'Revenue', manager: 'Eve' },
    { name: 'Cy', department: 'Legal', division: 'executive', manager: 'Ann' },
    { name: 'Dee', department: 'Support', division: 'Customers', manager: 'Cy' },
    { name: 'Flo', department: 'Support', manager: 'Cy' },
    { name: 'Gus', department: 'Ops', division: 'Ops', manager: 'Cy' },
  ];
  await hire(idp, people);
  await restructure(admin, { createTeams: 'DEPARTMENT' });
  const { plan } = await rehearse(admin, { teamAttribute: 'division' });
  expect(items(plan, 'created')).toEqual([
    ['Customers', null, 'Executive'],
    ['Revenue', null, 'Executive'],
  ]);
  expect(items(plan, 'merged')).toEqual([
    ['Executive', 'Legal', 'Executive'],
    ['Revenue', 'Marketing', 'Revenue'],
    ['Revenue', 'Sales', 'Revenue'],
  ]);
  expect(items(plan, 'removed')).toEqual([['Support', 'Support', null]]);
  expect(items(plan, 'moved')).toEqual([['Ops', 'Legal', 'Executive']]);
  expect(counts(plan)).toMatchObject({ adopted: 0, renamed: 0, personMoves: 5 });
});

test('a rehearsal changes nothing, though it shows everything', async () => {
  const { admin, idp } = account;
  await hire(idp, [{ name: 'Ann', department: 'Sales' }]);
  const before = await dumpTables(world.databaseUrl, account.id);
  const { plan } = await rehearse(admin, { createTeams: 'DEPARTMENT' });
  expect(counts(plan)).toMatchObject({ created: 1, personMoves: 1 });
  expect(await dumpTables(world.databaseUrl, account.id)).toEqual(before);
});

test('at most fifty of a part are named, and all are counted', async () => {
  const { admin, idp } = account;
  await hire(
    idp,
    [...Array(60).keys()].map((n) => ({ name: `P${n}`, department: `D${n}` })),
  );
  const { plan } = await rehearse(admin, { createTeams: 'DEPARTMENT' });
  expect(plan.created).toMatchObject({ count: 60 });
  expect(plan.created.examples).toHaveLength(50);
});

interface TeamRow {
  readonly id: string;
  readonly origin: string;
  readonly name: string;
  readonly parent: string | null;
  readonly members: readonly string[];
}

const teamsNow = (): Promise<Map<string, TeamRow>> =>
  withClient(world.databaseUrl, async (client) => {
    const { rows } = await client.query<TeamRow>(
      `SELECT t.id, t.origin, t.display_name AS name, t.parent_id AS parent, ARRAY(SELECT m.user_id FROM memberships m
         WHERE m.account_id = t.account_id AND m.team_id = t.id ORDER BY 1) AS members
       FROM teams t WHERE t.account_id = $1`,
      [account.id],
    );
    return new Map(rows.map((row) => [row.id, row]));
  });

const follows = (team: TeamRow | undefined): boolean => team?.origin === 'ORG_STRUCTURE';

/** What became of the teams, counted as a plan counts it. */
function outcome(before: ReadonlyMap<string, TeamRow>, after: ReadonlyMap<string, TeamRow>) {
  const now = [...after.values()].filter(follows);
  const stayed = now.filter(({ id }) => follows(before.get(id)));
  const teamsOf = (teams: ReadonlyMap<string, TeamRow>, id: string): string =>
    JSON.stringify(
      [...teams.values()]
        .filter((team) => follows(team) && team.members.includes(id))
        .map((team) => team.id)
        .sort(),
    );
  const people = new Set([...before.values(), ...now].flatMap(({ members }) => members));
  return {
    created: now.filter(({ id }) => !before.has(id)).length,
    adopted: now.filter(({ id }) => before.get(id)?.origin === 'MANUAL').length,
    ended: [...before.values()].filter((team) => follows(team) && !follows(after.get(team.id))).length,
    renamed: stayed.filter(({ id, name }) => before.get(id)?.name !== name).length,
    moved: stayed.filter(({ id, parent }) => before.get(id)?.parent !== parent).length,
    personMoves: [...people].filter((id) => teamsOf(before, id) !== teamsOf(after, id)).length,
  };
}

const groups = [
  ...([
    'Sales',
    'sales',
    'Marketing',
    'MARKETING ',
    'Legal',
    'Sales - Ann',
    'sales  - ann',
    '',
    null,
  ] as const),
] as const;
const anySettings = (random: Random) => ({
  createTeams: random.pick(['NONE', 'DEPARTMENT', 'MANAGER', 'MANAGER']),
  teamAttribute: random.pick(['department', 'division']),
});

async function furnish(random: Random): Promise<void> {
  const names = ['Ann', 'Ben', 'Cy', 'Dee', 'Eve', 'Flo', 'Gus', 'Hal', 'Ida', 'Jon'] as const;
  for (const displayName of ['Sales', 'legal', 'SALES - ANN', 'Legal - Ben', 'Ann'])
    if (random.below(2) === 0) await newTeam(account.admin, { displayName });
  await hire(
    account.idp,
    names.map((name) => ({
      name,
      displayName: random.below(6) === 0 ? 'Ann' : name,
      department: random.pick(groups),
      division: random.pick(groups),
      manager: random.below(4) === 0 ? null : random.pick(names),
      active: random.below(8) > 0,
    })),
  );
}

const seeds = [...Array(RUNS).keys()].map((run) => firstSeed + run);

test.each(seeds)('what a plan says is what happens (seed %i)', async (seed) => {
  const random = randomFrom(seed);
  await furnish(random);
  await restructure(account.admin, anySettings(random));
  for (let change = 0; change < 3; change += 1) {
    const next = anySettings(random);
    const { plan } = await rehearse(account.admin, next);
    const before = await teamsNow();
    await restructure(account.admin, next);
    const { ended, ...counted } = outcome(before, await teamsNow());
    const teamsMerged = plan.merged.examples.filter(({ teamId }) => teamId !== null).length;
    expect(counts(plan), JSON.stringify(next)).toMatchObject(counted);
    expect(plan.removed.count + teamsMerged, JSON.stringify(next)).toBe(ended);
  }
});

test('an adopted team goes back to those who made it, with whoever else is in it', async () => {
  const { admin, idp } = account;
  const { Ann = '', Ben = '' } = await hire(idp, [{ name: 'Ann', department: 'Sales' }, { name: 'Ben' }]);
  const { id } = await newTeam(admin, { displayName: 'Sales', memberIds: [Ben] });
  await restructure(admin, { createTeams: 'DEPARTMENT' });
  expect((await teamsNow()).get(id)).toMatchObject({ origin: 'ORG_STRUCTURE', members: [Ann, Ben].sort() });
  const { plan } = await rehearse(admin, { createTeams: 'NONE' });
  expect(plan.removed.examples).toEqual([{ teamId: id, name: 'Sales', before: 'Sales', after: 'Sales' }]);
  expect(plan.personMoves).toBe(1);
  await restructure(admin, { createTeams: 'NONE' });
  expect((await teamsNow()).get(id)).toMatchObject({ origin: 'MANUAL', members: [Ben] });
  await run(admin, updateTeam, { id, displayName: 'Sales of old' });
});

import type { Actor } from '@rollcall/testkit';
import { expect, test } from 'vitest';
import { sealFor } from '../../testing/cursors.ts';
import { deprovisionUser, run, updateUser } from '../../testing/directory.ts';
import { type Hire, hire, restructure, teamsSeen } from '../../testing/org-settings.ts';
import { useAccount, useWorld } from '../../testing/world.ts';

interface ProblemData {
  readonly kind: string;
  readonly label: string;
  readonly explanation: string;
  readonly userIds: readonly string[];
  readonly user: { readonly displayName: string } | null;
  readonly users: readonly { readonly displayName: string }[];
}

interface Problems {
  readonly totalCount: number;
  readonly nodes: readonly ProblemData[];
  readonly counts: readonly { readonly kind: string; readonly count: number }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly endCursor: string;
  };
}

const document = `query ($kinds: [OrgProblemKind!], $first: Int, $after: Cursor) {
  orgProblems(kinds: $kinds, first: $first, after: $after) {
    totalCount counts { kind count } pageInfo { hasNextPage hasPreviousPage endCursor }
    nodes { kind label explanation userIds user { displayName } users { displayName } } } }`;

const world = useWorld();
const account = useAccount(world);

const problems = async (variables: object = {}, actor: Actor = account.admin): Promise<Problems> =>
  (await actor.query<{ orgProblems: Problems }>(document, { first: 500, ...variables })).orgProblems;

/** The problems of a kind, but for those of the admin whom every account begins with. */
async function found(kind: string): Promise<Omit<ProblemData, 'userIds' | 'kind'>[]> {
  const { nodes } = await problems({ kinds: [kind] });
  return nodes
    .filter(({ label }) => label !== 'Ada Admin')
    .map(({ label, explanation, user, users }) => ({ label, explanation, user, users }));
}

/** Who is named, about whom, and among whom. */
const brief = async (kind: string) =>
  (await found(kind)).map(({ label, user, users }) => [
    label,
    user?.displayName ?? null,
    ...users.map((each) => each.displayName),
  ]);

const boss: Hire = { name: 'Eve', department: 'Executive' };

test('a good org has nothing wrong, but for who is outside it', async () => {
  await hire(account.idp, [
    boss,
    { name: 'Ann', department: 'Sales', manager: 'Eve' },
    { name: 'Ben', department: 'Sales', manager: 'Ann' },
  ]);
  const { nodes } = await problems();
  expect(nodes.map(({ kind, label }) => [kind, label])).toEqual([
    ['NO_MANAGER', 'Ada Admin'],
    ['NO_DEPARTMENT', 'Ada Admin'],
  ]);
});

test('a manager whom nobody answers to, until they come', async () => {
  const { idp } = account;
  await hire(idp, [boss, { name: 'Ann', manager: 'Nobody Yet' }, { name: 'Ben', manager: 'nobody yet' }]);
  const [unknown, ...others] = await found('MANAGER_UNKNOWN');
  expect(others).toEqual([]);
  expect(unknown).toMatchObject({ label: 'nobody.yet@example.com', user: null });
  expect(unknown?.explanation).toMatch(/Ann, Ben name "nobody.yet@example.com" as manager.*heals when/);
  await hire(idp, [{ name: 'Nobody Yet' }]);
  expect(await found('MANAGER_UNKNOWN')).toEqual([]);
});

test('a manager who left', async () => {
  const { idp } = account;
  const { Ann = '' } = await hire(idp, [
    boss,
    { name: 'Ann', manager: 'Eve' },
    { name: 'Ben', manager: 'Ann' },
  ]);
  await run(idp, deprovisionUser, { id: Ann });
  const [left] = await found('MANAGER_UNKNOWN');
  expect(left).toMatchObject({ label: 'Ann', users: [{ displayName: 'Ben' }] });
  expect(left?.explanation).toContain('Ben still names Ann as manager, who has left the directory');
});

test('a manager who is switched off, as long as somebody active reports to them', async () => {
  const { idp } = account;
  const { Ben = '' } = await hire(idp, [
    boss,
    { name: 'Ann', manager: 'Eve', active: false },
    { name: 'Ben', manager: 'Ann' },
    { name: 'Cy', manager: 'Eve', active: false },
    { name: 'Dee', manager: 'Cy', active: false },
  ]);
  expect(await brief('MANAGER_INACTIVE')).toEqual([['Ann', 'Ann', 'Ann', 'Ben']]);
  await run(idp, updateUser, { id: Ben, active: false });
  expect(await brief('MANAGER_INACTIVE')).toEqual([]);
});

test('cycles of managers: everybody on them in order, and nobody else', async () => {
  const { idp } = account;
  await hire(idp, [
    { name: 'Ann', manager: 'Ben' },
    { name: 'Ben', manager: 'Cy' },
    { name: 'Cy', manager: 'Ann' },
    { name: 'Dee', manager: 'Cy' },
    { name: 'Flo', manager: 'Gus' },
    { name: 'Gus', manager: 'Flo' },
    { name: 'Hal', manager: 'Hal' },
  ]);
  expect(await brief('CYCLE')).toEqual([
    ['Ann', null, 'Ann', 'Ben', 'Cy'],
    ['Flo', null, 'Flo', 'Gus'],
  ]);
  expect((await found('CYCLE'))[0]?.explanation).toContain('Ann → Ben → Cy → Ann');
  expect(await brief('SELF_MANAGER')).toEqual([['Hal', 'Hal', 'Hal']]);
});

test('heads beside the one whom most people are below', async () => {
  const { idp } = account;
  await hire(idp, [
    boss,
    { name: 'Ann', manager: 'Eve' },
    { name: 'Ben', manager: 'Ann' },
    { name: 'Cy' },
    { name: 'Dee', manager: 'Cy' },
    { name: 'Flo', active: false },
    { name: 'Gus', manager: 'who is to come' },
  ]);
  expect(await brief('NO_MANAGER')).toEqual([['Cy', 'Cy', 'Cy']]);
  expect((await found('NO_MANAGER'))[0]?.explanation).toContain('beside Eve, who has 2 people below');
});

test('as long as nobody has a manager, nobody lacks one', async () => {
  await hire(account.idp, [boss, { name: 'Ann' }]);
  expect((await problems({ kinds: ['NO_MANAGER'] })).nodes).toEqual([]);
});

test('active people without a department, by the attribute that was chosen', async () => {
  const { idp, admin } = account;
  await hire(idp, [
    { name: 'Ann', department: '', division: 'EMEA' },
    { name: 'Ben', department: 'Sales' },
    { name: 'Cy', active: false },
  ]);
  expect(await brief('NO_DEPARTMENT')).toEqual([['Ann', 'Ann', 'Ann']]);
  await restructure(admin, { teamAttribute: 'division' });
  const [missing] = await found('NO_DEPARTMENT');
  expect(missing?.label).toBe('Ben');
  expect(missing?.explanation).toContain('Ben (ben@example.com) has no division');
});

test('a department that is spelled in several ways, how many each', async () => {
  await hire(account.idp, [
    ...['Ann', 'Ben', 'Cy'].map((name) => ({ name, department: 'Sales' })),
    { name: 'Dee', department: 'SALES' },
    { name: 'Flo', department: 'Sales ' },
    { name: 'Gus', department: 'Legal' },
  ]);
  const [spelled, ...others] = await found('DEPARTMENT_SPELLINGS');
  expect(others).toEqual([]);
  expect(spelled).toMatchObject({
    label: 'Sales',
    user: null,
    users: [{ displayName: 'Dee' }, { displayName: 'Flo' }],
  });
  expect(spelled?.explanation).toContain('"Sales" (3 people), "SALES" (1 person), "Sales " (1 person)');
});

const crossed: Hire[] = [
  { name: 'Ann', department: 'Sales' },
  { name: 'Ben', department: 'Legal', manager: 'Ann' },
  { name: 'Cy', department: 'Legal', manager: 'Ann' },
  { name: 'Dee', department: 'Sales', manager: 'Ben' },
];

test('departments above each other in a cycle, and where it is cut', async () => {
  const { admin, idp } = account;
  await hire(idp, crossed);
  const [cycle] = await found('DEPARTMENT_CYCLE');
  expect(cycle).toMatchObject({ label: 'Legal', user: null });
  expect(cycle?.users.map(({ displayName }) => displayName).sort()).toEqual(['Ben', 'Cy', 'Dee']);
  expect(cycle?.explanation).toContain('Legal → Sales → Legal');
  expect(cycle?.explanation).toContain('"Sales", whose people say so least, is put on top');
  await restructure(admin, { createTeams: 'DEPARTMENT' });
  expect((await teamsSeen(admin)).map(({ name, parent }) => [name, parent])).toEqual([
    ['Legal', 'Sales'],
    ['Sales', null],
  ]);
});

const namesakes: Hire[] = [
  { name: 'Ann', displayName: 'John Harrison', department: 'Sales' },
  { name: 'Ben', displayName: 'JOHN  HARRISON', department: 'sales', manager: 'Ann' },
  { name: 'Cy', department: 'Sales', manager: 'Ann' },
  { name: 'Dee', department: 'Sales - John Harrison', manager: 'Ben' },
];

test('names that several teams claim, before and after they are made, unless managers have none', async () => {
  const { admin, idp } = account;
  await hire(idp, namesakes);
  const [clash, ...others] = await found('NAME_CLASH');
  expect(others).toEqual([]);
  expect(clash?.label.toLowerCase()).toBe('sales - john harrison');
  expect(clash?.explanation).toMatch(/ann@example.com.*ben@example.com.*and so is a department/);
  await restructure(admin, { createTeams: 'MANAGER' });
  expect(await found('NAME_CLASH')).toEqual([clash]);
  const names = (await teamsSeen(admin)).map(({ name }) => name);
  expect(names.filter((name) => name.includes('@'))).toHaveLength(2);
  await restructure(admin, { createTeams: 'DEPARTMENT' });
  expect(await found('NAME_CLASH')).toEqual([]);
});

test('pages meet every problem once, in order, and count each kind on all of them', async () => {
  const { idp } = account;
  await hire(idp, [...crossed, ...namesakes.map((person) => ({ ...person, name: `${person.name} too` }))]);
  await hire(
    idp,
    [...Array(23).keys()].map((n) => ({ name: `Loner ${n}` })),
  );
  const all = await problems();
  expect(all.totalCount).toBe(all.nodes.length);
  expect(all.counts.reduce((sum, { count }) => sum + count, 0)).toBe(all.totalCount);
  const seen: ProblemData[] = [];
  let after: string | null = null;
  for (let more = true; more; ) {
    const page: Problems = await problems({ first: 7, after });
    expect(page).toMatchObject({ totalCount: all.totalCount, counts: all.counts });
    expect(page.pageInfo.hasPreviousPage).toBe(seen.length > 0);
    seen.push(...page.nodes);
    more = page.pageInfo.hasNextPage;
    after = page.pageInfo.endCursor;
  }
  expect(seen).toEqual(all.nodes);
  const loners = await problems({ kinds: ['NO_DEPARTMENT'], first: 5 });
  expect(loners).toMatchObject({ totalCount: 24, counts: all.counts });
  expect(loners.nodes.map(({ kind }) => kind)).toEqual(Array(5).fill('NO_DEPARTMENT'));
});

test.each([
  [{ first: 0 }, { code: 'LIMIT_EXCEEDED', field: 'first' }],
  [{ first: 501 }, { code: 'LIMIT_EXCEEDED', field: 'first' }],
  [{ after: 'nonsense' }, { code: 'INVALID_CURSOR', field: 'after' }],
])('%j is refused', async (variables, expected) => {
  expect(await account.admin.refusal(document, variables)).toMatchObject(expected);
});

test.each(['["NONE","a","b"]', '["NO_MANAGER","a"]', '{}', 'no JSON'])(
  'the place %s is refused',
  async (place) => {
    const seal = await sealFor(world, account.id);
    expect(await account.admin.refusal(document, { after: seal(place) })).toMatchObject({
      code: 'INVALID_CURSOR',
      field: 'after',
    });
  },
);

test('it takes as many statements for many people as for few, and fewer where nothing changed', async () => {
  const { idp } = account;
  const look = () => problems({ first: 50 });
  const loners = (count: number, of: string) =>
    [...Array(count).keys()].map((n) => ({ name: `${of} ${n}`, manager: 'Nobody' }));
  await hire(idp, loners(3, 'few'));
  const few = await world.countStatements(look);
  await hire(idp, loners(600, 'many'));
  expect(await world.countStatements(look)).toBe(few);
  expect(await world.countStatements(look)).toBe(few - 3);
});

test('it takes the permission to see people', async () => {
  const tool = await account.withPermissions('teams:read', 'account:read');
  expect(await tool.refusal(document)).toMatchObject({ code: 'FORBIDDEN', permission: 'users:read' });
});

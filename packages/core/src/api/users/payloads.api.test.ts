import { expect, test } from 'vitest';
import { run } from '../../testing/directory.ts';
import { hire, restructure } from '../../testing/org-settings.ts';
import { useAccount, useWorld } from '../../testing/world.ts';

const world = useWorld();
const account = useAccount(world);

interface Shown {
  readonly id: string;
  readonly version: number;
  readonly managerId: string | null;
  readonly managerDisplayName: string | null;
  readonly reportCount: number;
  readonly teams: readonly { readonly displayName: string; readonly memberCount: number }[];
}

const fields = 'id version managerId managerDisplayName reportCount teams { displayName memberCount }';
const changing = (field: string) => ({
  field,
  document: `mutation ($input: ${field[0]?.toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { user { ${fields} } } }`,
});
const change = async (input: object, field = 'updateUser'): Promise<Shown> =>
  (await run<{ user: Shown }>(account.admin, changing(field), input)).user;
const read = async (id: string): Promise<Shown> =>
  (await account.admin.query<{ user: Shown }>(`query ($id: ID!) { user(id: $id) { ${fields} } }`, { id }))
    .user;
const teamsIn = ({ teams }: Shown): string[] => teams.map(({ displayName }) => displayName);
const createMany = async (users: readonly object[]): Promise<Shown[]> => {
  const { createUsers } = await account.admin.query<{ createUsers: { results: { user: Shown }[] } }>(
    `mutation ($input: CreateUsersInput!) { createUsers(input: $input) { results { user { ${fields} } } } }`,
    { input: { users } },
  );
  return createUsers.results.map(({ user }) => user);
};

test('who moves to another department is shown in its team, and not in the one that they left', async () => {
  await restructure(account.admin, { createTeams: 'DEPARTMENT' });
  const { Ada: id = '' } = await hire(account.admin, [{ name: 'Ada', department: 'Alpha' }]);
  for (const department of ['Beta', 'Gamma', null, 'Alpha']) {
    const shown = await change({ id, department });
    expect(teamsIn(shown)).toEqual(department === null ? [] : [department]);
    expect(shown).toEqual(await read(id));
  }
});

test('who gets another manager is shown in the team of their reports', async () => {
  await restructure(account.admin, { createTeams: 'MANAGER' });
  const ids = await hire(account.admin, [
    { name: 'Boss', department: 'Sales' },
    { name: 'Ada', department: 'Sales' },
  ]);
  const shown = await change({ id: ids.Ada, manager: ids.Boss });
  expect(teamsIn(shown)).toContain('Sales - Boss');
  expect(shown).toEqual(await read(ids.Ada ?? ''));
});

test('who is created or comes back is shown in the teams that follow', async () => {
  await restructure(account.admin, { createTeams: 'DEPARTMENT' });
  const input = { userName: 'ada@example.com', department: 'Alpha' };
  const ada = await change(input, 'createUser');
  expect(teamsIn(ada)).toEqual(['Alpha']);
  expect(teamsIn(await change({ id: ada.id }, 'deprovisionUser'))).toEqual([]);
  expect(teamsIn(await change({ ...input, department: 'Beta' }, 'createUser'))).toEqual(['Beta']);
  const [ben, cy] = await createMany([
    { userName: 'ben@example.com', department: 'Alpha' },
    { userName: 'cy@example.com', department: 'Beta' },
  ]);
  if (ben === undefined || cy === undefined) throw new Error('Somebody of the batch is missing.');
  expect([teamsIn(ben), teamsIn(cy)]).toEqual([['Alpha'], ['Beta']]);
  expect(cy).toMatchObject({ teams: [{ memberCount: 2 }] });
});

test('who is created together with their manager is shown with them', async () => {
  const [report, boss] = await createMany([
    { userName: 'report@example.com', manager: 'boss@example.com' },
    { userName: 'boss@example.com', displayName: 'The Boss' },
  ]);
  expect(report).toMatchObject({ managerId: boss?.id, managerDisplayName: 'The Boss' });
  expect(boss).toMatchObject({ reportCount: 1 });
  expect([report, boss]).toEqual([await read(report?.id ?? ''), await read(boss?.id ?? '')]);
});

test('who reports to themselves is shown under their new name', async () => {
  const { id } = await change({ userName: 'own@example.com', manager: 'own@example.com' }, 'createUser');
  expect(await change({ id, displayName: 'Own Boss' })).toEqual(await read(id));
});

test('each of several mutations of a request shows the state after it', async () => {
  const { Boss: boss, Ada: ada } = await hire(account.admin, [{ name: 'Boss' }, { name: 'Ada' }]);
  const shows = 'user { manager { reportCount displayName } teams { id } }';
  const shown = await account.admin.query(
    `mutation ($ada: ID!, $boss: ID!) {
      joins: updateUser(input: { id: $ada, manager: $boss }) { ${shows} }
      renamed: updateUser(input: { id: $boss, displayName: "New" }) { user { reportCount } }
      second: createUser(input: { userName: "second@example.com", manager: $boss }) { ${shows} } }`.replaceAll(
      'manager: $boss',
      `manager: "${boss}"`,
    ),
    { ada, boss },
  );
  expect(shown).toMatchObject({
    joins: { user: { manager: { reportCount: 1, displayName: 'Boss' } } },
    renamed: { user: { reportCount: 1 } },
    second: { user: { manager: { reportCount: 2, displayName: 'New' } } },
  });
});

test('a rehearsal shows the teams that would follow', async () => {
  await restructure(account.admin, { createTeams: 'DEPARTMENT' });
  const { Ada: id = '' } = await hire(account.admin, [{ name: 'Ada', department: 'Alpha' }]);
  const dryRun = { 'rollcall-dry-run': 'true' };
  const moved = await run<{ user: Shown }>(
    account.admin,
    changing('updateUser'),
    { id, department: 'Beta' },
    dryRun,
  );
  expect(teamsIn(moved.user)).toEqual(['Beta']);
  expect(teamsIn(await read(id))).toEqual(['Alpha']);
});

test('a payload costs one statement more where teams have followed and are asked for, and none elsewhere', async () => {
  const { Ada: id } = await hire(account.admin, [{ name: 'Ada', department: 'Alpha' }]);
  const counted = (selection: string, input: object) =>
    world.countStatements(() =>
      account.admin.query(
        `mutation ($input: UpdateUserInput!) { updateUser(input: $input) { user { ${selection} } } }`,
        { input: { id, ...input } },
      ),
    );
  expect(await counted('id teams { displayName }', { title: 'Clerk' })).toBe(
    await counted('id', { title: 'Boss' }),
  );
  // The first is whether a strict connection manages them.
  expect(await counted('id teams { displayName }', { title: 'x' })).toBe(2);
  await restructure(account.admin, { createTeams: 'DEPARTMENT' });
  // The first change finds out that teams follow.
  await change({ id, department: 'Gamma' });
  const without = await counted('id', { department: 'Beta' });
  expect(await counted('id teams { displayName }', { department: 'Alpha' })).toBe(without + 1);
  expect(await counted('id teams { displayName }', { department: 'Alpha' })).toBeLessThan(without);
});

test('whoever may change people and not read them is not told what others are called, whom they name as managers', async () => {
  const { Boss } = await hire(account.admin, [{ name: 'Boss', department: 'Sales' }]);
  const writer = await account.withPermissions('users:write');
  const create = (shown: string) =>
    `mutation { createUser(input: { userName: "${crypto.randomUUID()}", manager: "${Boss}" }) { user { id ${shown} } } }`;
  for (const shown of ['managerDisplayName', 'manager { displayName }'])
    expect(await writer.refusal(create(shown))).toMatchObject({
      code: 'FORBIDDEN',
      permission: 'users:read',
    });
  expect(await writer.query(create('managerId managerReference'))).toMatchObject({
    createUser: { user: { managerId: Boss, managerReference: Boss } },
  });
});

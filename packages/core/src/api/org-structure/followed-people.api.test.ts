import { beforeEach, describe, expect, test } from 'vitest';
import { createTeam, createUser, deprovisionUser, run, updateUser } from '../../testing/directory.ts';
import { type Hire, hire, restructure, teamsSeen } from '../../testing/org-settings.ts';
import { useAccount, useWorld } from '../../testing/world.ts';

const world = useWorld();
const account = useAccount(world);

const company = [
  { name: 'Eve Adams', department: 'Executive' },
  { name: 'Kim Roe', department: 'Executive', manager: 'Eve Adams' },
  { name: 'John Harrison', department: 'Sales', manager: 'Eve Adams' },
  { name: 'Ann Field', department: 'Sales', manager: 'John Harrison' },
  { name: 'Ben Stone', department: 'Sales', manager: 'John Harrison' },
  { name: 'Cem Ak', department: 'Sales', manager: 'John Harrison' },
] satisfies Hire[];

let ids: Record<string, string>;
beforeEach(async () => {
  await restructure(account.admin, { createTeams: 'MANAGER' });
  ids = await hire(account.idp, company);
});

const newcomer = {
  userName: 'dan@example.com',
  displayName: 'Dan Bo',
  department: 'Sales',
  manager: 'john.harrison@example.com',
};
const update = (name: string, changes: object) => () =>
  run(account.idp, updateUser, { id: ids[name], ...changes });
const membersOf = async (team: string) =>
  (await teamsSeen(account.admin)).find(({ name }) => name === team)?.members;

describe('in an account whose teams follow from people', () => {
  test.each([
    ['who joins teams that are there', 1, () => run(account.idp, createUser, newcomer)],
    ['who leads nobody and gets another name', 1, () => update('Ben Stone', { displayName: 'Ben Rock' })()],
    ['who is switched off', 1, () => update('Ben Stone', { active: false })()],
    [
      'who moves to another department and manager',
      1,
      () => update('Ben Stone', { department: 'Executive', manager: 'eve.adams@example.com' })(),
    ],
    ['a manager who gets another name', 1, () => update('John Harrison', { displayName: 'Jon Harrison' })()],
    [
      'the first report of a manager',
      1,
      () => run(account.idp, createUser, { ...newcomer, manager: 'ann.field@example.com' }),
    ],
    [
      'who leaves a manager and is the first report of another',
      1,
      () => update('Ben Stone', { manager: 'ann.field@example.com' })(),
    ],
    ['who is deprovisioned', 1, () => run(account.idp, deprovisionUser, { id: ids['Ben Stone'] })],
  ])('%s takes %i of statements', async (_, allowed, change) => {
    expect(await world.countStatements(change)).toBe(allowed);
  });

  test.each([
    ['the first of a department', () => run(account.idp, createUser, { ...newcomer, department: 'Design' })],
    [
      'a manager who gets another name and userName',
      () => update('John Harrison', { displayName: 'Jon Harrison', userName: 'jon@example.com' })(),
    ],
    ['a manager who moves', () => update('John Harrison', { department: 'Executive' })()],
    [
      'a manager whose team is called like one made by hand',
      () =>
        run(account.admin, createTeam, { displayName: 'sales - jon harrison' }).then(
          update('John Harrison', { displayName: 'Jon Harrison' }),
        ),
    ],
    [
      'the first report of a manager who is called like another one',
      () =>
        update('Ann Field', { displayName: 'John Harrison' })().then(
          update('Ben Stone', { manager: 'ann.field@example.com' }),
        ),
    ],
    [
      'the first active report of a manager',
      () =>
        update('Ben Stone', { manager: 'ann.field@example.com', active: false })().then(
          update('Ben Stone', { active: true }),
        ),
    ],
    [
      'the last report of a manager',
      () => update('Kim Roe', { active: false })().then(update('John Harrison', { active: false })),
    ],
  ])('%s changes the shape, and takes more', async (_, change) => {
    expect(await world.countStatements(change)).toBeGreaterThan(6);
  });

  test('the answer shows the teams that a single statement has brought somebody into', async () => {
    const shown = 'user { teams { displayName } }';
    const { createUser: created } = await account.admin.query<{ createUser: { user: { teams: unknown } } }>(
      `mutation ($input: CreateUserInput!) { createUser(input: $input) { ${shown} } }`,
      { input: newcomer },
    );
    expect(created.user.teams).toEqual([{ displayName: 'Sales' }, { displayName: 'Sales - John Harrison' }]);
    const { updateUser: switchedOff } = await account.admin.query<{
      updateUser: { user: { teams: unknown } };
    }>(`mutation ($input: UpdateUserInput!) { updateUser(input: $input) { ${shown} } }`, {
      input: { id: ids['Ben Stone'], active: false },
    });
    expect(switchedOff.user.teams).toEqual([]);
  });

  test('a single statement tells of the person first, then of the teams that they leave and join', async () => {
    await update('Ben Stone', { department: 'Executive', manager: 'eve.adams@example.com' })();
    const { events } = await account.admin.query<{
      events: { nodes: { type: string; subject: { label: string } }[] };
    }>('{ events(first: 5) { nodes { type subject { label } } } }');
    expect(events.nodes.toReversed().map(({ type, subject }) => `${type} ${subject.label}`)).toEqual([
      'USER_UPDATED Ben Stone',
      'TEAM_MEMBER_REMOVED Sales',
      'TEAM_MEMBER_REMOVED Sales - John Harrison',
      'TEAM_MEMBER_ADDED Executive',
      'TEAM_MEMBER_ADDED Executive - Eve Adams',
    ]);
  });

  test.each(['costCenter', 'preferredLanguage'])('%s can be what teams are made from', async (attribute) => {
    await restructure(account.admin, { teamAttribute: attribute });
    for (const name of ['Ann Field', 'Ben Stone']) await update(name, { [attribute]: 'North' })();
    expect(await world.countStatements(update('Cem Ak', { [attribute]: 'North' }))).toBe(1);
    expect(await membersOf('North')).toEqual(['Ann Field', 'Ben Stone', 'Cem Ak']);
  });

  test('many who leave and come at once wait for nobody for long, and nobody is forgotten', async () => {
    const names = [...Array(24).keys()].map((number) => `n${number}@example.com`);
    await Promise.all(
      names.map((userName) => run(account.idp, createUser, { ...newcomer, userName, displayName: userName })),
    );
    await Promise.all(
      ['Ann Field', 'Ben Stone'].map((name) => run(account.idp, deprovisionUser, { id: ids[name] })),
    );
    expect(await membersOf('Sales - John Harrison')).toEqual([...names, 'Cem Ak'].sort());
  });
});

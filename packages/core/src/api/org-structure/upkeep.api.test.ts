import { beforeEach, describe, expect, test } from 'vitest';
import {
  addTeamMembers,
  createTeam,
  createUser,
  deleteTeam,
  deprovisionUser,
  eventsAbout,
  newTeam,
  newUser,
  refused,
  removeTeamMembers,
  run,
  updateTeam,
  updateUser,
} from '../../testing/directory.ts';
import { type Hire, hire, restructure, teamsSeen } from '../../testing/org-settings.ts';
import { useAccount, useWorld } from '../../testing/world.ts';

const world = useWorld();
const account = useAccount(world);

const company = [
  { name: 'Eve Adams', department: 'Executive' },
  { name: 'John Harrison', department: 'Sales', manager: 'Eve Adams' },
  { name: 'Ann Field', department: 'Sales', manager: 'John Harrison' },
  { name: 'Ben Stone', department: 'Sales', manager: 'John Harrison' },
] satisfies Hire[];

let ids: Record<string, string>;
const idOf = (name: string): string => ids[name] ?? name;
const change = (name: string, changes: object) =>
  run(account.idp, updateUser, { id: idOf(name), ...changes });
const add = async (...people: Hire[]): Promise<void> => {
  Object.assign(ids, await hire(account.idp, people));
};

/** The teams, each as "name < parent: members". */
const outline = async (): Promise<string[]> =>
  (await teamsSeen(account.admin)).map(
    ({ name, parent, members }) => `${name}${parent === null ? '' : ` < ${parent}`}: ${members.join(', ')}`,
  );

const executive = 'Executive: Eve Adams';
const sales = 'Sales < Executive: Ann Field, Ben Stone, John Harrison';
const everybodyOfEve = 'Executive - Eve Adams < Executive: John Harrison';
const everybodyOfJohn = 'Sales - John Harrison < Sales: Ann Field, Ben Stone';

describe('teams of departments', () => {
  beforeEach(async () => {
    await restructure(account.admin, { createTeams: 'DEPARTMENT' });
    ids = await hire(account.idp, company);
  });

  test('people of one department are a team, below the department that their managers belong to', async () => {
    expect(await outline()).toEqual([executive, sales]);
  });

  test('who moves to another department leaves one team and joins the other', async () => {
    await change('Ben Stone', { department: 'Executive' });
    expect(await outline()).toEqual([
      'Executive: Ben Stone, Eve Adams',
      'Sales < Executive: Ann Field, John Harrison',
    ]);
  });

  test('spellings that differ in case and spaces are one department, named as most spell it', async () => {
    await add({ name: 'Cem Ak', department: ' SALES ' }, { name: 'Dan Bo', department: 'sales' });
    expect(await outline()).toEqual([
      executive,
      'Sales < Executive: Ann Field, Ben Stone, Cem Ak, Dan Bo, John Harrison',
    ]);
    for (const name of ['Ann Field', 'Ben Stone', 'Cem Ak']) await change(name, { department: 'sales' });
    expect((await outline())[1]).toMatch(/^sales < Executive/);
  });

  test('an empty department is none, and a department without people has no team', async () => {
    for (const name of ['John Harrison', 'Ann Field']) await change(name, { department: '' });
    await change('Ben Stone', { department: null });
    expect(await outline()).toEqual([executive]);
  });

  test('a cycle of departments is cut where fewest people point on', async () => {
    await add({ name: 'Fay Aide', department: 'Executive', manager: 'John Harrison' });
    await add({ name: 'Guy West', department: 'Sales', manager: 'Eve Adams' });
    expect(await outline()).toEqual([
      'Executive: Eve Adams, Fay Aide',
      'Sales < Executive: Ann Field, Ben Stone, Guy West, John Harrison',
    ]);
  });
});

describe('teams of managers', () => {
  beforeEach(async () => {
    await restructure(account.admin, { createTeams: 'MANAGER' });
    ids = await hire(account.idp, company);
  });

  test('the parent team is "Sales", and its sub-team "Sales - John Harrison" has his reports', async () => {
    expect(await outline()).toEqual([executive, everybodyOfEve, sales, everybodyOfJohn]);
    expect((await teamsSeen(account.admin)).map(({ lead }) => lead)).toEqual([
      null,
      'Eve Adams',
      null,
      'John Harrison',
    ]);
  });

  test('a manager who is called otherwise has their team called otherwise', async () => {
    await change('John Harrison', { displayName: 'John Harrison-Lee' });
    expect((await outline()).at(-1)).toBe('Sales - John Harrison-Lee < Sales: Ann Field, Ben Stone');
  });

  test('the team of a manager goes with the last report, and comes back with the first', async () => {
    await change('Ann Field', { manager: null });
    await change('Ben Stone', { manager: idOf('Eve Adams') });
    expect(await outline()).toEqual([
      executive,
      'Executive - Eve Adams < Executive: Ben Stone, John Harrison',
      sales,
    ]);
    await change('Ann Field', { manager: 'john.harrison@example.com' });
    expect((await outline()).at(-1)).toBe('Sales - John Harrison < Sales: Ann Field');
  });

  test('a sub-team is below that of its own manager while both are in one department', async () => {
    await add({ name: 'Hal Low', department: 'Sales', manager: 'Ann Field' });
    expect(await outline()).toContain('Sales - Ann Field < Sales - John Harrison: Hal Low');
    await change('John Harrison', { department: 'Executive' });
    expect(await outline()).toEqual([
      'Executive: Eve Adams, John Harrison',
      'Executive - Eve Adams < Executive: John Harrison',
      'Executive - John Harrison < Executive - Eve Adams: Ann Field, Ben Stone',
      'Sales < Executive: Ann Field, Ben Stone, Hal Low',
      'Sales - Ann Field < Sales: Hal Low',
    ]);
  });

  test('who is switched off leaves the teams but goes on leading theirs, and returns to them', async () => {
    await change('John Harrison', { active: false });
    expect(await outline()).toEqual([executive, 'Sales: Ann Field, Ben Stone', everybodyOfJohn]);
    await change('John Harrison', { active: true });
    expect(await outline()).toEqual([executive, everybodyOfEve, sales, everybodyOfJohn]);
  });

  test('who is deprovisioned leads nobody, until they are provisioned again', async () => {
    await run(account.idp, deprovisionUser, { id: idOf('John Harrison') });
    expect(await outline()).toEqual([executive, 'Sales: Ann Field, Ben Stone']);
    await run(account.idp, createUser, {
      userName: 'john.harrison@example.com',
      displayName: 'John Harrison',
      department: 'Sales',
      manager: idOf('Eve Adams'),
    });
    expect(await outline()).toEqual([executive, everybodyOfEve, sales, everybodyOfJohn]);
  });

  test.each([
    ['by userName', 'nina.late@example.com'],
    ['by userName in another case', 'NINA.Late@example.com'],
    ['by external id', 'external-7'],
  ])(
    'people who were sent before their manager get their team when the manager comes, named %s',
    async (_, manager) => {
      await newUser(account.idp, { displayName: 'Early Bird', department: 'Support', manager });
      expect(await outline()).toContain('Support: Early Bird');
      await newUser(account.idp, {
        userName: 'nina.late@example.com',
        displayName: 'Nina Late',
        department: 'Support',
        externalId: 'external-7',
      });
      expect(await outline()).toContain('Support - Nina Late < Support: Early Bird');
    },
  );

  test('who comes to be called as others named their manager leads them', async () => {
    await add({ name: 'Kim Late', department: 'Sales', manager: 'Not Yet' });
    expect(await outline()).not.toContain('Sales - Ben Stone < Sales - John Harrison: Kim Late');
    await change('Ben Stone', { userName: 'not.yet@example.com' });
    expect(await outline()).toContain('Sales - Ben Stone < Sales - John Harrison: Kim Late');
  });

  test('cycles of managers and managers of themselves lead nobody, and others below them go on', async () => {
    await change('Eve Adams', { manager: idOf('Ann Field') });
    expect(await outline()).toEqual([
      executive,
      'Sales: Ann Field, Ben Stone, John Harrison',
      'Sales - John Harrison < Sales: Ben Stone',
    ]);
    await change('Eve Adams', { manager: idOf('Eve Adams') });
    expect(await outline()).toEqual([executive, everybodyOfEve, sales, everybodyOfJohn]);
  });

  test('two managers of one name are told apart, and no longer than that', async () => {
    await newUser(account.idp, {
      userName: 'jh2@example.com',
      displayName: 'JOHN HARRISON',
      department: 'Sales',
    });
    await add({ name: 'Kim Two', department: 'Sales', manager: 'Jh2' });
    await change('Kim Two', { manager: 'jh2@example.com' });
    const names = (await teamsSeen(account.admin)).map(({ name }) => name);
    expect(names.slice(-2)).toEqual([
      'Sales - JOHN HARRISON\u00a0(jh2@example.com)',
      'Sales - John Harrison\u00a0(john.harrison@example.com)',
    ]);
    await change('Kim Two', { manager: null });
    expect(await outline()).toContain(everybodyOfJohn);
  });

  test('who is told apart by their userName is so by the new one when it changes', async () => {
    await add({ name: 'Odd One', department: 'Sales - John Harrison' });
    await change('John Harrison', { userName: 'jh@example.com' });
    expect(await outline()).toContain(
      'Sales - John Harrison\u00a0(jh@example.com) < Sales: Ann Field, Ben Stone',
    );
  });

  test('a department that has the name of a sub-team keeps it', async () => {
    await add({ name: 'Odd One', department: 'Sales - John Harrison' });
    expect(await outline()).toEqual([
      executive,
      everybodyOfEve,
      sales,
      'Sales - John Harrison: Odd One',
      'Sales - John Harrison\u00a0(john.harrison@example.com) < Sales: Ann Field, Ben Stone',
    ]);
  });

  test('a team made by hand that has the name is taken over, and given back with its lead and whoever else was in it', async () => {
    const eve = idOf('Eve Adams');
    const team = await newTeam(account.admin, { displayName: 'support', leadId: eve, memberIds: [eve] });
    const now = async () => {
      const found = await account.admin.query<{ team: object }>(
        'query ($id: ID!) { team(id: $id) { displayName origin lead { displayName } memberReferences { displayName } } }',
        { id: team.id },
      );
      return found.team;
    };
    const byHand = {
      displayName: 'Support',
      origin: 'MANUAL',
      lead: { displayName: 'Eve Adams' },
      memberReferences: [{ displayName: 'Eve Adams' }],
    };
    await add({ name: 'Lee Help', department: 'Support' });
    expect(await now()).toEqual({
      ...byHand,
      origin: 'ORG_STRUCTURE',
      memberReferences: [{ displayName: 'Eve Adams' }, { displayName: 'Lee Help' }],
    });
    await change('Lee Help', { department: null });
    expect(await now()).toEqual(byHand);
  });

  test('a name that a manager comes to have may be that of a team made by hand', async () => {
    const byHand = await run<{ team: { id: string } }>(account.admin, createTeam, {
      displayName: 'Sales - Jo Harris',
    });
    await change('John Harrison', { displayName: 'Jo Harris' });
    expect((await outline()).at(-1)).toBe('Sales - Jo Harris < Sales: Ann Field, Ben Stone');
    const events = await eventsAbout(account.admin, byHand.team.id);
    expect(events.map(({ type }) => type)).toEqual([
      'TEAM_CREATED',
      'TEAM_UPDATED',
      'TEAM_MEMBER_ADDED',
      'TEAM_MEMBER_ADDED',
    ]);
  });

  test.each([
    ['renamed', updateTeam, { displayName: 'Mine' }],
    ['put elsewhere', updateTeam, { parentId: null }],
    ['given members', addTeamMembers, { members: ['Eve Adams'] }],
    ['robbed of members', removeTeamMembers, { members: ['Ann Field'] }],
    ['deleted', deleteTeam, {}],
  ])('such a team can not be %s by hand', async (_, mutation, input) => {
    const { teams } = await account.admin.query<{ teams: { nodes: { id: string }[] } }>(
      '{ teams(filter: { displayName: { equals: "Sales" } }) { nodes { id } } }',
    );
    const id = teams.nodes[0]?.id;
    const before = await outline();
    const asked = 'members' in input ? { teamId: id, userIds: input.members.map(idOf) } : { id, ...input };
    const refusal = await refused(account.admin, mutation, asked);
    expect(refusal).toMatchObject({ code: 'ORG_STRUCTURE_TEAM' });
    expect(refusal.message).toContain('department and manager');
    expect(await outline()).toEqual(before);
  });

  test('every step is in the log, by whoever changed the person', async () => {
    await change('Ben Stone', { department: 'Support', manager: null });
    const { events } = await account.admin.query<{
      events: { nodes: { type: string; actor: { name: string }; subject: { label: string } }[] };
    }>('{ events(first: 5) { nodes { type actor { name } subject { label } } } }');
    expect(events.nodes.map(({ type, subject }) => `${type} ${subject.label}`).reverse()).toEqual([
      'USER_UPDATED Ben Stone',
      'TEAM_CREATED Support',
      'TEAM_MEMBER_REMOVED Sales',
      'TEAM_MEMBER_REMOVED Sales - John Harrison',
      'TEAM_MEMBER_ADDED Support',
    ]);
    expect(new Set(events.nodes.map(({ actor }) => actor.name)).size).toBe(1);
  });
});

test('only what teams follow from costs more than one statement, whichever attribute that is', async () => {
  ids = await hire(account.idp, company);
  const costs = async (changes: object) =>
    (await world.countStatements(() => change('Ben Stone', changes))) > 1;
  await restructure(account.admin, { createTeams: 'DEPARTMENT' });
  expect(await costs({ department: 'Design' })).toBe(true);
  expect(await costs({ title: 'Designer', emails: [{ value: 'ben@example.com' }] })).toBe(false);
  expect(await outline()).toContain('Design < Sales: Ben Stone');
  await restructure(account.admin, { teamAttribute: 'title' });
  expect(await costs({ title: 'Director' })).toBe(true);
  expect(await costs({ department: 'Sales' })).toBe(false);
  expect(await outline()).toEqual(['Director: Ben Stone']);
  await restructure(account.admin, { createTeams: 'NONE' });
  // The first change finds out.
  await change('Ben Stone', { title: 'Trainee' });
  expect(await costs({ title: 'Clerk' })).toBe(false);
  expect(await outline()).toEqual([]);
});

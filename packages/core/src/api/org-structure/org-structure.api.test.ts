import { expect, test } from 'vitest';
import {
  createCustomAttribute,
  define,
  deleteCustomAttribute,
  updateCustomAttribute,
} from '../../testing/custom-attributes.ts';
import { eventsAbout, newTeam, refused, run } from '../../testing/directory.ts';
import {
  followedRebuild,
  hire,
  rehearse,
  restructure,
  structureOf,
  teamsSeen,
  updateOrgStructure,
} from '../../testing/org-settings.ts';
import { useAccount, useWorld } from '../../testing/world.ts';

const world = useWorld();
const account = useAccount(world);

const sales = [
  { name: 'Eve Executive', department: 'Executive' },
  { name: 'John Harrison', department: 'Sales', manager: 'Eve Executive' },
  { name: 'Ann', department: 'Sales', manager: 'John Harrison' },
  { name: 'Ben', department: 'sales ', manager: 'John Harrison' },
];
const schema = 'urn:ietf:params:scim:schemas:extension:workday:2.0:User';

test('at first no teams follow from people, and the attribute would be the department', async () => {
  expect(await structureOf(account.admin)).toMatchObject({
    createTeams: 'NONE',
    teamAttribute: 'department',
    teamCount: 0,
    rebuild: null,
  });
  expect(await followedRebuild(account.admin)).toEqual([]);
});

test('the attributes to choose from are text of one value', async () => {
  const { admin } = account;
  await define(admin, { schema, name: 'orgUnit' });
  await define(admin, { schema, name: 'desks', multiValued: true });
  await define(admin, { schema, name: 'grade', type: 'INTEGER' });
  const { teamAttributes } = await structureOf(admin);
  expect(teamAttributes[0]).toBe('department');
  expect(teamAttributes).toEqual(expect.arrayContaining(['division', 'costCenter', `${schema}:orgUnit`]));
  for (const refusedName of ['desks', 'grade']) expect(teamAttributes.join()).not.toContain(refusedName);
  expect(teamAttributes).not.toContain('displayName');
});

test.each(['emails', 'displayName', 'no-such', ''])(
  '%j makes no teams, and the refusal says what does',
  async (name) => {
    const refusal = await refused(account.admin, updateOrgStructure, { teamAttribute: name });
    expect(refusal).toMatchObject({ code: 'INVALID_INPUT', field: 'teamAttribute' });
    expect(refusal.message).toContain('department, division');
    expect((await structureOf(account.admin)).teamAttribute).toBe('department');
  },
);

test('it takes the permission to change the structure', async () => {
  const tool = await account.withPermissions('teams:write', 'users:write', 'account:read');
  expect(await refused(tool, updateOrgStructure, { createTeams: 'MANAGER' })).toMatchObject({
    code: 'FORBIDDEN',
    permission: 'structure:write',
  });
  expect((await structureOf(tool)).createTeams).toBe('NONE');
});

test('departments become teams, then managers have theirs, and in the end none are left', async () => {
  const { admin, idp } = account;
  await hire(idp, sales);
  const departments = await restructure(admin, { createTeams: 'DEPARTMENT' });
  expect(departments).toMatchObject({ createTeams: 'DEPARTMENT', teamCount: 2 });
  expect(departments.rebuild).toMatchObject({ state: 'DONE', done: 5, total: 5, createTeams: 'DEPARTMENT' });
  const byDepartment = [
    { name: 'Executive', parent: null, lead: null, members: ['Eve Executive'] },
    { name: 'Sales', parent: 'Executive', lead: null, members: ['Ann', 'Ben', 'John Harrison'] },
  ];
  expect(await teamsSeen(admin)).toEqual(byDepartment);

  expect((await restructure(admin, { createTeams: 'MANAGER' })).teamCount).toBe(4);
  expect(await teamsSeen(admin)).toEqual([
    byDepartment[0],
    {
      name: 'Executive - Eve Executive',
      parent: 'Executive',
      lead: 'Eve Executive',
      members: ['John Harrison'],
    },
    byDepartment[1],
    { name: 'Sales - John Harrison', parent: 'Sales', lead: 'John Harrison', members: ['Ann', 'Ben'] },
  ]);

  expect((await restructure(admin, { createTeams: 'NONE' })).teamCount).toBe(0);
  expect(await teamsSeen(admin)).toEqual([]);
});

test('the log tells who decided what, and when it was done', async () => {
  const { admin, idp, adminId } = account;
  await hire(idp, sales);
  await restructure(admin, { createTeams: 'DEPARTMENT', teamAttribute: 'division' });
  const events = (await eventsAbout(admin, account.id)).slice(-2);
  expect(events).toMatchObject([
    {
      type: 'ORG_STRUCTURE_UPDATED',
      changes: [
        { field: 'createTeams', before: 'NONE', after: 'DEPARTMENT' },
        { field: 'teamAttribute', before: 'department', after: 'division' },
      ],
    },
    { type: 'ORG_STRUCTURE_REBUILT' },
  ]);
  const { events: log } = await admin.query<{ events: { nodes: { type: string; actor: { id: string } }[] } }>(
    '{ events(filter: { types: [ORG_STRUCTURE_REBUILT, TEAM_CREATED] }) { nodes { type actor { id } } } }',
  );
  expect(log.nodes.map(({ actor }) => actor.id)).toEqual(log.nodes.map(() => adminId));
});

test('what is as it was asked for is not rebuilt', async () => {
  const { admin } = account;
  const { rebuild } = await restructure(admin, { createTeams: 'DEPARTMENT' });
  for (const input of [{}, { createTeams: 'DEPARTMENT', teamAttribute: 'DEPARTMENT' }, { createTeams: null }])
    expect((await restructure(admin, input)).rebuild).toEqual(rebuild);
  const types = (await eventsAbout(admin, account.id)).map(({ type }) => type);
  expect(types.filter((type) => type.startsWith('ORG_'))).toEqual([
    'ORG_STRUCTURE_UPDATED',
    'ORG_STRUCTURE_REBUILT',
  ]);
});

test('another attribute waits to be used while no teams are made', async () => {
  const structure = await restructure(account.admin, { teamAttribute: 'costCenter' });
  expect(structure).toMatchObject({ teamAttribute: 'costCenter', rebuild: null });
});

test('a rebuild can be asked for, and takes the place of one that runs', async () => {
  const { admin, idp } = account;
  await hire(idp, sales);
  const first = await restructure(admin, { createTeams: 'DEPARTMENT' });
  const again = 'mutation { rebuildOrgStructure { orgStructure { rebuild { id state } } } }';
  await admin.query(again);
  const steps = await followedRebuild(admin);
  expect(steps.at(-1)).toMatchObject({ state: 'DONE', done: 5 });
  expect(steps.at(-1)?.id).not.toBe(first.rebuild?.id);
  expect((await teamsSeen(admin)).map(({ name }) => name)).toEqual(['Executive', 'Sales']);
});

test('a custom attribute makes teams, whatever it is called later', async () => {
  const { admin, idp } = account;
  const attribute = await define(admin, { schema, name: 'orgUnit' });
  const unit = (value: string) => ({ customAttributes: [{ schema, name: 'orgUnit', value }] });
  await hire(idp, [
    { name: 'Ann', department: 'Sales', ...unit('EMEA') },
    { name: 'Ben', department: 'Sales', ...unit('APAC') },
    { name: 'Cy', department: 'Sales' },
  ]);
  const name = `${schema}:orgUnit`;
  expect(
    await restructure(admin, { createTeams: 'DEPARTMENT', teamAttribute: name.toUpperCase() }),
  ).toMatchObject({
    teamAttribute: name,
    teamCount: 2,
  });
  expect((await teamsSeen(admin)).map((team) => [team.name, ...team.members])).toEqual([
    ['APAC', 'Ben'],
    ['EMEA', 'Ann'],
  ]);

  await run(admin, updateCustomAttribute, { id: attribute.id, name: 'costUnit' });
  expect(await structureOf(admin)).toMatchObject({ teamAttribute: `${schema}:costUnit`, teamCount: 2 });
  const { rebuild } = await structureOf(admin);
  expect(rebuild?.teamAttribute).toBe(name);
});

test('the attribute that teams are made from is not deleted until another is chosen', async () => {
  const { admin } = account;
  const attribute = await define(admin, { schema, name: 'orgUnit' });
  await restructure(admin, { createTeams: 'DEPARTMENT', teamAttribute: `${schema}:orgUnit` });
  const refusal = await refused(admin, deleteCustomAttribute, { id: attribute.id.toUpperCase() });
  expect(refusal).toMatchObject({ code: 'INVALID_INPUT', field: 'id' });
  expect(refusal.message).toContain('updateOrgStructure');
  await restructure(admin, { teamAttribute: 'department' });
  await run(admin, deleteCustomAttribute, { id: attribute.id });
  await run(admin, createCustomAttribute, { schema, name: 'orgUnit' });
});

test('who chooses an attribute and who deletes it do not cross', async () => {
  const { admin } = account;
  for (let turn = 0; turn < 5; turn += 1) {
    const { id } = await define(admin, { schema, name: `unit${turn}` });
    const teamAttribute = `${schema}:unit${turn}`;
    const choice = admin.ask(updateOrgStructure.document, { input: { teamAttribute } });
    const deletion = admin.ask(deleteCustomAttribute.document, { input: { id } });
    const [chosen, deleted] = await Promise.all([choice, deletion]);
    expect([chosen, deleted].filter(({ errors }) => errors !== undefined)).toHaveLength(1);
    const { teamAttribute: now, teamAttributes } = await structureOf(admin);
    expect(teamAttributes).toContain(now);
  }
});

test('a rehearsal shows the settings as they would be, and leaves them', async () => {
  const { admin, idp } = account;
  await hire(idp, sales);
  await newTeam(admin, { displayName: 'SALES' });
  const { orgStructure } = await rehearse(admin, { createTeams: 'DEPARTMENT' });
  expect(orgStructure).toMatchObject({
    createTeams: 'DEPARTMENT',
    rebuild: { state: 'RUNNING', done: 0, total: 5 },
  });
  expect(await structureOf(admin)).toMatchObject({ createTeams: 'NONE', rebuild: null });
});

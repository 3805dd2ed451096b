import type { AccountWorld, Actor } from '@rollcall/testkit';
import { beforeEach, expect, test } from 'vitest';
import {
  createConnection,
  createSignInConnection,
  deleteConnection,
  deprovisionUser,
  eventsAbout,
  issueToken,
  membersOf,
  newTeam,
  newUser,
  refused,
  roleNamed,
  run,
  setAssignableRoles,
  setGroupRoles,
  signInConnectionInput,
  updateConnection,
} from '../../testing/directory.ts';
import { reasonsOf } from '../../testing/group-roles.ts';
import { dumpTables, withClient } from '../../testing/tables.ts';
import { useWorld } from '../../testing/world.ts';

const world = useWorld();
let account: AccountWorld;
let id: string;
let idp: Actor;
beforeEach(async () => {
  account = await world.account();
  ({ id, idp } = await corp(account.admin));
});

async function corp(admin: Actor, name = 'Corp'): Promise<{ id: string; idp: Actor }> {
  const { connection } = await run<{ connection: { id: string } }>(admin, createConnection, { name });
  const token = { kind: 'SCIM', name, connectionId: connection.id };
  const { secret } = await run<{ secret: string }>(admin, issueToken, token);
  return { id: connection.id, idp: world.actor(secret) };
}

const teamAs = async (teamId: string) =>
  (
    await account.admin.query<{ team: Record<string, unknown> | null }>(
      'query ($id: ID!) { team(id: $id) { displayName origin connection { id } } }',
      { id: teamId },
    )
  ).team;

/** In which tables something is of the connection, but for the log. */
const remains = (): Promise<string[]> =>
  dumpTables(world.databaseUrl, account.id).then((tables) =>
    Object.entries(tables).flatMap(([name, rows]) => (rows.includes(id) && name !== 'events' ? [name] : [])),
  );

test('people stay, and are nobody’s; groups are made by hand from now on; roles by its groups and its word end', async () => {
  const { admin } = account;
  const person = await newUser(idp, { externalId: 'eve' });
  await newTeam(admin, { displayName: 'Sales' });
  const sales = await newTeam(idp, { displayName: 'sales', memberIds: [person.id] });
  const staff = await newTeam(idp, { displayName: 'Staff', memberIds: [person.id], externalId: 'grp' });
  await run(admin, setGroupRoles, { teamId: staff.id, roleIds: [await roleNamed(admin, 'view-only')] });
  await run(admin, setGroupRoles, {
    connectionId: id,
    groupName: 'Waiting',
    roleIds: [await roleNamed(admin, 'user')],
  });
  await run(admin, setAssignableRoles, { connectionId: id, roleIds: [await roleNamed(admin, 'user')] });
  const said = await newUser(idp, { directoryRoles: [{ value: 'user' }] });
  expect(await reasonsOf(admin, said.id)).toEqual(['user by SCIM_ROLES']);

  const answer = await run(admin, deleteConnection, { id });
  expect(answer).toEqual({ deletedId: id, userCount: 1, teamCount: 2 });
  expect(await teamAs(sales.id)).toEqual({ displayName: 'sales (Corp)', origin: 'MANUAL', connection: null });
  expect(await teamAs(staff.id)).toEqual({ displayName: 'Staff', origin: 'MANUAL', connection: null });
  expect(await membersOf(admin, staff.id)).toEqual([person.id]);
  expect(await reasonsOf(admin, person.id)).toEqual(['user by DEFAULT']);
  expect(await reasonsOf(admin, said.id)).toEqual(['user by DEFAULT']);
  expect(await remains()).toEqual([]);
  expect(await idp.refusal('{ ownConnection { id } }')).toMatchObject({ code: 'UNAUTHENTICATED' });
  const [, deleted] = (await eventsAbout(admin, id)).filter(({ type }) => type !== 'CONNECTION_UPDATED');
  expect(deleted).toMatchObject({
    type: 'CONNECTION_DELETED',
    changes: [
      { field: 'userCount', before: 1, after: null },
      { field: 'teamCount', before: 2, after: 2 },
    ],
  });
  expect((await eventsAbout(admin, staff.id)).at(-1)).toMatchObject({
    type: 'TEAM_UPDATED',
    changes: [
      { field: 'origin', before: 'DIRECTORY', after: 'MANUAL' },
      { field: 'externalId', before: 'grp', after: null },
    ],
  });
});

test('its groups go with it where that is asked for, and so do the roles that they made', async () => {
  const { admin } = account;
  await run(admin, updateConnection, { id, groupsAsRoles: true });
  const person = await newUser(idp, { externalId: 'eve' });
  const { id: inner } = await newTeam(idp, { displayName: 'Inner', memberIds: [person.id] });
  const { id: outer } = await newTeam(idp, { displayName: 'Outer', memberIds: [inner] });
  const of = await newTeam(account.idp, { displayName: 'Inner', memberIds: [person.id] });
  const rehearsed = await admin.query<{ deleteConnection: { teamCount: number } }>(
    deleteConnection.document,
    { input: { id, groups: 'DELETE' } },
    { 'rollcall-dry-run': 'true' },
  );
  expect(rehearsed.deleteConnection.teamCount).toBe(2);
  expect(await teamAs(outer)).not.toBeNull();
  await run(admin, deleteConnection, { id, groups: 'DELETE' });
  expect([await teamAs(inner), await teamAs(outer)]).toEqual([null, null]);
  expect(await membersOf(admin, of.id)).toEqual([person.id]);
  await expect(roleNamed(admin, 'Outer')).rejects.toThrow('There is no role');
  expect(await reasonsOf(admin, person.id)).toEqual(['user by DEFAULT']);
  expect(await remains()).toEqual([]);
});

test('it is not deleted while sign-ins go by its external ids, nor where nobody would stay an admin', async () => {
  const { admin } = account;
  const login = { ...signInConnectionInput('Login'), connectionId: id, linkRule: 'EXTERNAL_ID' };
  await run(admin, createSignInConnection, login);
  expect(await refused(admin, deleteConnection, { id })).toMatchObject({
    code: 'INVALID_INPUT',
    field: 'id',
    message: expect.stringContaining('"Login"'),
  });
  const other = await corp(admin, 'Other');
  const boss = await newUser(other.idp);
  const bosses = await newTeam(other.idp, { memberIds: [boss.id] });
  await run(admin, setGroupRoles, { teamId: bosses.id, roleIds: [await roleNamed(admin, 'admin')] });
  const { viewer } = await admin.query<{ viewer: { user: { id: string } } }>('{ viewer { user { id } } }');
  const { operator } = world;
  const asOperator = { 'rollcall-account': account.id };
  await run(operator, deprovisionUser, { id: viewer.user.id }, asOperator);
  const refusal = await operator.refusal(deleteConnection.document, { input: { id: other.id } }, asOperator);
  expect(refusal).toMatchObject({ code: 'LAST_ADMIN' });
  expect(await membersOf(other.idp, bosses.id)).toEqual([boss.id]);
});

test('what is pushed at the same moment is there before, or refused: nothing is of a connection that is gone', async () => {
  const { admin } = account;
  const { id: member } = await newUser(idp);
  const pushes = Array.from({ length: 12 }, (_, n) =>
    idp.ask('mutation ($input: CreateTeamInput!) { createTeam(input: $input) { team { id } } }', {
      input: { displayName: `Group ${n}`, memberIds: [member] },
    }),
  );
  const [answer, ...pushed] = await Promise.all([run(admin, deleteConnection, { id }), ...pushes]);
  for (const { errors } of pushed)
    if (errors !== undefined) expect(errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
  const made = pushed.filter(({ errors }) => errors === undefined).length;
  expect(answer).toMatchObject({ teamCount: made });
  expect(await remains()).toEqual([]);
  const kept = await withClient(world.databaseUrl, (client) =>
    client.query(`SELECT FROM teams WHERE account_id = $1 AND origin = 'MANUAL'`, [account.id]),
  );
  expect(kept.rowCount).toBe(made);
});

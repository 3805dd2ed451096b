import type { AccountWorld } from '@rollcall/testkit';
import { beforeAll, expect, test } from 'vitest';
import {
  createRole,
  createSignInConnection,
  deleteTeam,
  eventsAbout,
  grantRole,
  issueToken,
  membersOf,
  newTeam,
  newUser,
  refused,
  roleNamed,
  run,
  setSsoGroupRoles,
  signInConnectionInput,
  updateConnection,
  updateRole,
  updateTeam,
} from '../../testing/directory.ts';
import { connectionIdOf, reasonsOf } from '../../testing/group-roles.ts';
import { useWorld } from '../../testing/world.ts';

const world = useWorld();
let account: AccountWorld;
let id: string;
beforeAll(async () => {
  account = await world.account();
  id = await connectionIdOf(account);
});

const unique = (name: string): string => `${name} ${crypto.randomUUID()}`;

test('it is off at first, and switching it on needs what its roles take the place of', async () => {
  const { admin, idp } = await world.account();
  const connectionId = await connectionIdOf({ idp });
  const person = await newUser(idp);
  const displayName = unique('Early');
  await newTeam(idp, { displayName, memberIds: [person.id] });
  expect(await reasonsOf(admin, person.id)).toEqual(['user by DEFAULT']);
  await run(admin, updateConnection, { id: connectionId, groupsAsRoles: true });
  expect(await reasonsOf(admin, person.id)).toEqual([`${displayName} by ${displayName}`]);
  const token = { kind: 'SCIM', name: 'x', connectionId };
  const weak = await account.withPermissions('connections:write', 'tokens:write', 'users:read');
  expect(await refused(weak, updateConnection, { id, groupsAsRoles: true })).toMatchObject({
    code: 'FORBIDDEN',
    field: 'groupsAsRoles',
    permission: 'roles:write',
  });
  const withoutDefaults = await account.withPermissions('connections:write', 'roles:write');
  expect(await refused(withoutDefaults, updateConnection, { id, groupsAsRoles: true })).toMatchObject({
    code: 'FORBIDDEN',
    permission: 'account:read',
  });
  await run(admin, issueToken, token);
});

test('as many statements for twenty groups as for two', async () => {
  const switchedOn = async (groups: number): Promise<number> => {
    const { admin, idp } = await world.account();
    const { id: person } = await newUser(idp);
    for (let n = 0; n < groups; n += 1) await newTeam(idp, { memberIds: [person] });
    const connectionId = await connectionIdOf({ idp });
    return world.countStatements(() =>
      run(admin, updateConnection, { id: connectionId, groupsAsRoles: true }),
    );
  };
  expect(await switchedOn(20)).toBe(await switchedOn(2));
});

test('a role that a group made follows it while it is its own, and stays when it allows something', async () => {
  const { admin, idp } = account;
  await run(admin, updateConnection, { id, groupsAsRoles: true });
  const person = await newUser(idp);
  const [first, second, other] = [unique('First'), unique('Second'), unique('Other')];
  const team = await newTeam(idp, { displayName: first, memberIds: [person.id] });
  const roleId = await roleNamed(admin, first);
  expect((await eventsAbout(admin, roleId)).map(({ type }) => type)).toEqual(['ROLE_CREATED']);
  await run(idp, updateTeam, { id: team.id, displayName: second });
  expect(await roleNamed(admin, second)).toBe(roleId);
  await run(admin, createRole, { name: other, permissions: ['roles:write'] });
  await run(idp, updateTeam, { id: team.id, displayName: other.toUpperCase() });
  expect(await reasonsOf(admin, person.id)).toEqual([`${second} by ${other.toUpperCase()}`]);
  await run(admin, updateRole, { id: roleId, permissions: ['users:read'] });
  await run(idp, deleteTeam, { id: team.id });
  expect(await reasonsOf(admin, person.id)).toEqual(['user by DEFAULT']);
  await newTeam(idp, { displayName: other, memberIds: [person.id] });
  expect(await reasonsOf(admin, person.id)).toEqual([`${second} by ${other}`]);
});

test('a role goes with its group while it allows nothing, unless it is given in another way', async () => {
  const { admin, idp } = account;
  await run(admin, updateConnection, { id, groupsAsRoles: true });
  const person = await newUser(idp);
  const [gone, kept, added] = [unique('Gone'), unique('Kept'), unique('Added')];
  const teams = [];
  for (const displayName of [gone, kept, added]) teams.push(await newTeam(idp, { displayName }));
  const { signInConnection } = await run<{ signInConnection: { id: string } }>(
    admin,
    createSignInConnection,
    signInConnectionInput('Login'),
  );
  await run(admin, setSsoGroupRoles, {
    signInConnectionId: signInConnection.id,
    group: added,
    roleIds: [await roleNamed(admin, added)],
  });
  const [goneId, keptId] = [await roleNamed(admin, gone), await roleNamed(admin, kept)];
  await run(admin, grantRole, { userId: person.id, roleId: keptId });
  for (const { id: teamId } of teams) await run(idp, deleteTeam, { id: teamId });
  await roleNamed(admin, added);
  await expect(roleNamed(admin, gone)).rejects.toThrow('There is no role');
  expect((await eventsAbout(admin, goneId)).map(({ type }) => type)).toEqual([
    'ROLE_CREATED',
    'ROLE_DELETED',
  ]);
  expect(await reasonsOf(admin, person.id)).toEqual([`${kept} by MANUAL`]);
});

test('no group becomes a role of another name that is there, nor does a renamed one take it', async () => {
  const { admin, idp } = account;
  await run(admin, updateConnection, { id, groupsAsRoles: true });
  const person = await newUser(idp);
  const team = await newTeam(idp, { displayName: 'ADMIN', memberIds: [person.id] });
  expect(await reasonsOf(admin, person.id)).toEqual(['user by DEFAULT']);
  await run(idp, updateTeam, { id: team.id, displayName: 'View-Only' });
  expect(await reasonsOf(admin, person.id)).toEqual(['user by DEFAULT']);
  const free = unique('Free');
  await run(idp, updateTeam, { id: team.id, displayName: free });
  expect(await reasonsOf(admin, person.id)).toEqual([`${free} by ${free}`]);
  expect(await membersOf(admin, team.id)).toEqual([person.id]);
});

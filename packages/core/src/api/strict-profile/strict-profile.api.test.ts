import type { AccountWorld } from '@rollcall/testkit';
import { beforeAll, describe, expect, test } from 'vitest';
import type { PasskeyOptions } from '../../testing/authenticator.ts';
import {
  addTeamMembers,
  beginPasskeySignIn,
  changePassword,
  changeTeamMembers,
  createConnection,
  createSignInConnection,
  deleteTeam,
  deleteTeams,
  deprovisionUser,
  grantRole,
  type InputMutation,
  issueToken,
  linkIdentity,
  newTeam,
  newUser,
  proveIdentity,
  refused,
  removeTeamMembers,
  roleNamed,
  run,
  signIn,
  signInByPasskey,
  signInConnectionInput,
  updateConnection,
  updateTeam,
  updateUser,
} from '../../testing/directory.ts';
import { setUpPasskey, somebody } from '../../testing/second-factors.ts';
import { useWorld } from '../../testing/world.ts';

const password = 'correct horse battery';
const world = useWorld();

/** An account whose connection has the profile, with somebody and a group of it, and somebody of nobody's. */
async function strictCompany() {
  const account = await world.account();
  const { admin } = account;
  const { connection } = await run<{ connection: { id: string } }>(admin, createConnection, {
    name: 'Corp',
    provider: 'OKTA',
  });
  const { secret } = await run<{ secret: string }>(admin, issueToken, {
    kind: 'SCIM',
    name: 'Corp',
    connectionId: connection.id,
  });
  const idp = world.actor(secret);
  const managed = await newUser(idp, { externalId: 'eve', password });
  const free = await newUser(admin, { password });
  const group = await newTeam(idp, { memberIds: [managed.id] });
  const team = await newTeam(admin);
  const session = world.actor(
    (await run<{ secret: string }>(admin, signIn, { email: managed.userName, password })).secret,
  );
  const turn = (strict: boolean) => run(admin, updateConnection, { id: connection.id, strict });
  await turn(true);
  return { account, admin, connectionId: connection.id, idp, managed, free, group, team, session, turn };
}
type Company = Awaited<ReturnType<typeof strictCompany>>;

let company: Company;
beforeAll(async () => {
  company = await strictCompany();
});

describe('what a strict connection manages is changed by nobody else', () => {
  const locked: [string, InputMutation, (of: Company) => object, string][] = [
    ['an attribute', updateUser, ({ managed: { id } }) => ({ id, title: 'Boss' }), 'title'],
    ['their access', updateUser, ({ managed: { id } }) => ({ id, active: false }), 'active'],
    ['their password', updateUser, ({ managed: { id } }) => ({ id, password }), 'password'],
    ['their manager', updateUser, ({ managed: { id }, free }) => ({ id, manager: free.id }), 'manager'],
    ['being there', deprovisionUser, ({ managed: { id } }) => ({ id }), 'id'],
    ['the name of a group', updateTeam, ({ group: { id } }) => ({ id, displayName: 'x' }), 'displayName'],
    ['who joins', addTeamMembers, ({ group, free }) => ({ teamId: group.id, userIds: [free.id] }), 'userIds'],
    ['the group', deleteTeam, ({ group: { id } }) => ({ id }), 'id'],
  ];

  test.each(locked)('%s', async (_what, mutation, input, field) => {
    const refusal = await refused(company.admin, mutation, input(company));
    expect(refusal).toMatchObject({ code: 'MANAGED_BY_CONNECTION', field, connection: 'Corp' });
    expect(refusal.message).toContain('Change it at the identity provider');
  });

  test('in batches too, of which the rest is done', async () => {
    const { admin, group, team, free } = company;
    const outcomes = async (mutation: InputMutation, input: object) =>
      (await run<{ results: { error: { code: string } | null }[] }>(admin, mutation, input)).results.map(
        ({ error }) => error?.code ?? 'done',
      );
    const changes = [group.id, team.id].map((id) => ({ id, addMemberIds: [free.id] }));
    expect(await outcomes(changeTeamMembers, { changes })).toEqual(['MANAGED_BY_CONNECTION', 'done']);
    const teams = [group.id, (await newTeam(admin)).id].map((id) => ({ id }));
    expect(await outcomes(deleteTeams, { teams })).toEqual(['MANAGED_BY_CONNECTION', 'done']);
  });

  test('and is marked with the connection', async () => {
    const { admin, managed, free, group, team } = company;
    const asked = `query ($a: ID!, $b: ID!, $c: ID!, $d: ID!) { a: user(id: $a) { managedBy { name } }
      b: user(id: $b) { managedBy { name } } c: team(id: $c) { managedBy { name } } d: team(id: $d) { managedBy { name } } }`;
    const ids = { a: managed.id, b: free.id, c: group.id, d: team.id };
    const corp = { managedBy: { name: 'Corp' } };
    const none = { managedBy: null };
    expect(await admin.query(asked, ids)).toEqual({ a: corp, b: none, c: corp, d: none });
  });

  test('while its own identity provider goes on, and others and their teams are as they were', async () => {
    const { admin, idp, managed, free, group, team } = company;
    await run(idp, updateUser, { id: managed.id, title: 'Engineer' });
    await run(idp, removeTeamMembers, { teamId: group.id, userIds: [managed.id] });
    await run(idp, addTeamMembers, { teamId: group.id, userIds: [managed.id] });
    await run(admin, updateUser, { id: free.id, title: 'Boss' });
    await run(admin, updateTeam, { id: team.id, displayName: 'Renamed' });
    const roleId = await roleNamed(admin, 'user');
    await run(admin, grantRole, { userId: managed.id, roleId });
  });
});

describe('nobody of it has a password here', () => {
  test('to sign in with, to change, to prove who they are by, or by their identity provider', async () => {
    const { admin, idp, managed, free, session } = company;
    const signsIn = async (email: string) => refused(admin, signIn, { email, password });
    expect(await signsIn(managed.userName)).toMatchObject({ code: 'SIGN_IN_FAILED' });
    await run(admin, signIn, { email: free.userName, password });
    const another = { currentPassword: password, password: 'another horse battery' };
    expect(await refused(session, changePassword, another)).toMatchObject({
      code: 'MANAGED_BY_CONNECTION',
      field: 'password',
      connection: 'Corp',
    });
    expect(await refused(session, proveIdentity, { password })).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'password',
    });
    expect(await refused(idp, updateUser, { id: managed.id, password })).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'password',
    });
  });

  test('nor a passkey', async () => {
    const { account, idp } = company;
    const person = await somebody(account, world);
    const { authenticator } = await setUpPasskey(await person.session());
    await run(idp, updateUser, { id: person.id, externalId: 'had-a-passkey' });
    const nobody = world.actor('nobody');
    const { options, browserSecret } = await run<{ options: PasskeyOptions; browserSecret: string }>(
      nobody,
      beginPasskeySignIn,
      {},
    );
    const shown = { passkey: authenticator.get(options), browserSecret };
    expect(await refused(nobody, signInByPasskey, shown)).toMatchObject({
      code: 'MANAGED_BY_CONNECTION',
      field: 'passkey',
      connection: 'Corp',
    });
  });

  test('until the profile is turned off', async () => {
    const { admin, managed, turn } = await strictCompany();
    await turn(false);
    await run(admin, updateUser, { id: managed.id, title: 'Boss' });
    await run(admin, signIn, { email: managed.userName, password });
  });
});

describe('turning it on', () => {
  /** An account whose only admin is somebody whom the connection knows. */
  async function managedAdmin(): Promise<{ account: AccountWorld; connectionId: string; adminId: string }> {
    const account = await world.account();
    const { connections, viewer } = await account.admin.query<{
      connections: { nodes: { id: string }[] };
      viewer: { user: { id: string } };
    }>('{ connections { nodes { id } } viewer { user { id } } }');
    await run(account.idp, updateUser, { id: viewer.user.id, externalId: 'the-admin' });
    return { account, connectionId: connections.nodes[0]?.id ?? '', adminId: viewer.user.id };
  }

  test('is refused while no admin could sign in any more, and is not once one has a way in', async () => {
    const { account, connectionId, adminId } = await managedAdmin();
    const strict = { id: connectionId, strict: true };
    expect(await refused(account.admin, updateConnection, strict)).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'strict',
    });
    const { signInConnection } = await run<{ signInConnection: { id: string } }>(
      account.admin,
      createSignInConnection,
      signInConnectionInput('Login'),
    );
    await run(account.admin, linkIdentity, {
      userId: adminId,
      signInConnectionId: signInConnection.id,
      subject: 'the-admin',
    });
    await run(account.admin, updateConnection, strict);
  });

  test('needs to be allowed to change how people sign in', async () => {
    const clerk = await company.account.withPermissions('connections:write');
    expect(await refused(clerk, updateConnection, { id: company.connectionId, strict: false })).toMatchObject(
      { code: 'FORBIDDEN', permission: 'sign-in:write' },
    );
  });
});

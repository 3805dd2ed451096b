import { type AccountWorld, type Actor, waitingStatements } from '@rollcall/testkit';
import { beforeAll, describe, expect, test } from 'vitest';
import { accountPermissions } from '../../authorization/permissions.ts';
import {
  createRole,
  createSignInConnection,
  createUser,
  createUsers,
  deprovisionUser,
  eventsAbout,
  grantRole,
  linkIdentity,
  newUser,
  refused,
  roleNamed,
  run,
  signIn,
  signInConnectionInput,
  syncingProvider,
  type UserData,
  updateConnection,
  updateUser,
} from '../../testing/directory.ts';
import { at, codeOf, newcomers, ROUNDS, race, wholeLog } from '../../testing/races.ts';
import { withClient } from '../../testing/tables.ts';
import { useWorld } from '../../testing/world.ts';

const world = useWorld();
let account: AccountWorld;
/** May read and write people, and no more. */
let clerk: Actor;
/** An identity provider that sets passwords. */
let okta: Actor;
beforeAll(async () => {
  account = await world.account();
  clerk = await account.withPermissions('users:read', 'users:write');
  okta = await syncingProvider(world, account.admin);
});

const password = 'correct horse battery';
const next = 'another horse battery';

/** A new person with a role of these permissions. */
async function personWith(...permissions: string[]): Promise<UserData> {
  const user = await newUser(account.admin, { password });
  const name = `role ${crypto.randomUUID()}`;
  const { role } = await run<{ role: { id: string } }>(account.admin, createRole, { name, permissions });
  await run(account.admin, grantRole, { userId: user.id, roleId: role.id });
  return user;
}

const signsIn = async (email: string, secret: string) =>
  (await account.admin.ask(signIn.document, { input: { email, password: secret } })).errors === undefined;

describe('what somebody signs in with is changed by those alone who may do as much', () => {
  const changes: [string, object][] = [
    ['password', { password: next }],
    ['password', { password: null }],
    ['userName', { userName: 'taken-over@example.com' }],
    ['password', { userName: 'taken-over@example.com', password: next, title: 'Countess' }],
  ];

  test.each(changes)('%s of the admin: %j', async (field, change) => {
    const input = { id: account.adminId, ...change };
    const before = await account.admin.query(
      'query ($id: ID!) { user(id: $id) { userName title version } }',
      {
        id: account.adminId,
      },
    );
    for (const actor of [clerk, okta]) {
      expect(await refused(actor, updateUser, input)).toMatchObject({
        code: 'FORBIDDEN',
        field,
        permission: expect.stringMatching(/:/),
      });
    }
    expect(
      await account.admin.query('query ($id: ID!) { user(id: $id) { userName title version } }', {
        id: account.adminId,
      }),
    ).toEqual(before);
    expect(await signsIn(account.adminEmail, account.adminPassword)).toBe(true);
  });

  test('the refusal names what is missing and the way out', async () => {
    const { id } = await personWith('users:read', 'tokens:write');
    expect(await refused(clerk, updateUser, { id, password: next })).toMatchObject({
      permission: 'tokens:write',
      message: expect.stringContaining('Somebody who has that permission can'),
    });
    expect(await refused(okta, updateUser, { id, userName: 'x' })).toMatchObject({
      permission: 'tokens:write',
      message: expect.stringContaining('An admin does'),
    });
  });

  test('whoever may do the same may', async () => {
    const user = await personWith('users:read', 'users:write');
    await run(clerk, updateUser, { id: user.id, password: next });
    expect(await signsIn(user.userName, next)).toBe(true);
    await run(clerk, updateUser, { id: user.id, userName: `new-${user.userName}` });
    expect(await signsIn(`new-${user.userName}`, next)).toBe(true);
  });

  test('a role that is granted counts at once, one that is revoked no more', async () => {
    const user = await personWith('users:read');
    await run(clerk, updateUser, { id: user.id, password: next });
    const roleId = await roleNamed(account.admin, 'admin');
    await run(account.admin, grantRole, { userId: user.id, roleId });
    expect(await refused(clerk, updateUser, { id: user.id, password })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await signsIn(user.userName, next)).toBe(true);
  });

  test('a password tells nobody who may not set it whether it is a name of the person', async () => {
    const writer = await account.withPermissions('users:write');
    for (const guess of [account.adminEmail, 'not the name of anybody'])
      expect(await refused(writer, updateUser, { id: account.adminId, password: guess })).toMatchObject({
        code: 'FORBIDDEN',
        field: 'password',
      });
  });

  test('no token decides by what the person signs in whom it acts for', async () => {
    const own = await account.withPermissions(...accountPermissions);
    const { signInConnection } = await run<{ signInConnection: { id: string } }>(
      account.admin,
      createSignInConnection,
      signInConnectionInput('Login'),
    );
    const id = account.adminId;
    for (const [mutation, field, input] of [
      [updateUser, 'password', { id, password: next }],
      [updateUser, 'password', { id, password: null }],
      [updateUser, 'userName', { id, userName: 'taken-over@example.com' }],
      [updateUser, 'emails', { id, emails: [{ value: 'taken-over@example.com' }] }],
      [linkIdentity, 'userId', { userId: id, signInConnectionId: signInConnection.id, subject: 'eve' }],
    ] as const)
      expect(await refused(own, mutation, input)).toMatchObject({
        code: 'INVALID_INPUT',
        field,
        message: expect.stringContaining('Sign in and change it there'),
      });
    expect(await signsIn(account.adminEmail, account.adminPassword)).toBe(true);
    await run(own, updateUser, { id, title: 'Countess of Lovelace', userName: account.adminEmail });
    const another = await newUser(account.admin);
    await run(own, updateUser, { id: another.id, password: next });
    expect(await signsIn(another.userName, next)).toBe(true);
  });

  test('everything else of the admin can be changed, and the name they have in another case', async () => {
    const input = { id: account.adminId, title: 'Countess', userName: account.adminEmail.toUpperCase() };
    for (const actor of [clerk, okta]) await run(actor, updateUser, input);
    expect(await signsIn(account.adminEmail, account.adminPassword)).toBe(true);
  });

  test('an identity provider renames whoever may do what everybody may, and sets their password', async () => {
    const user = await newUser(okta, { password });
    const userName = `married-${user.userName}`;
    await run(okta, updateUser, { id: user.id, userName, password: next });
    expect(await signsIn(userName, next)).toBe(true);
    const viewOnly = await newUser(okta);
    const roleId = await roleNamed(account.admin, 'view-only');
    await run(account.admin, grantRole, { userId: viewOnly.id, roleId });
    await run(okta, updateUser, { id: viewOnly.id, password: next });
    expect(await signsIn(viewOnly.userName, next)).toBe(true);
  });

  test('a rehearsal is refused like the change', async () => {
    const input = { id: account.adminId, password: next };
    const headers = { 'rollcall-dry-run': 'true' };
    expect(await clerk.refusal(updateUser.document, { input }, headers)).toMatchObject({ code: 'FORBIDDEN' });
  });

  test('somebody who is promoted while the change waits for them is an admin already', async () => {
    const user = await newUser(account.idp);
    const roleId = await roleNamed(account.admin, 'admin');
    await withClient(world.databaseUrl, async (client) => {
      await client.query('BEGIN');
      await client.query('SELECT FROM users WHERE id = $1 FOR NO KEY UPDATE', [user.id]);
      const renaming = refused(okta, updateUser, { id: user.id, userName: `r-${user.userName}` });
      await expect.poll(() => waitingStatements(client)).toBe(1);
      await client.query(
        `INSERT INTO role_grants (account_id, user_id, role_id, source, actor_kind, actor_name, request_id)
         VALUES ($1, $2, $3, 'MANUAL', 'SYSTEM', 'test', 'test')`,
        [account.id, user.id, roleId],
      );
      await client.query('COMMIT');
      expect(await renaming).toMatchObject({ code: 'FORBIDDEN', field: 'userName' });
    });
  });
});

test('somebody who is promoted in the same moment was renamed before, or is an admin already', async () => {
  const roleId = await roleNamed(account.admin, 'admin');
  const people = await newcomers(account.idp);
  const distant = (await world.anotherCore()).actor(account.admin.authorization.replace('Bearer ', ''));
  const sides = [account.admin, distant] as const;
  const outcomes = await race('a rename beside a promotion', sides, async ([, other], n) => {
    const { id } = at(people, n);
    const [renamed] = await Promise.all([
      okta.ask(updateUser.document, { input: { id, userName: `renamed-${n}@example.com` } }),
      run(other, grantRole, { userId: id, roleId }),
    ]);
    return codeOf(renamed);
  });
  expect((outcomes.done ?? 0) + (outcomes.FORBIDDEN ?? 0)).toBe(ROUNDS);
  const log = await wholeLog(world.databaseUrl, account.id);
  for (const { id } of people) {
    const types = log.flatMap(({ type, subject }) => (subject === id ? [type] : []));
    expect(types.slice(types.indexOf('ROLE_GRANTED'))).not.toContain('USER_UPDATED');
  }
}, 120_000);

describe('a new person', () => {
  test('gets a password from those alone who may do what everybody may', async () => {
    const refusal = { code: 'FORBIDDEN', field: 'password', permission: 'account:read' };
    expect(await refused(clerk, createUser, { userName: 'n1', password })).toMatchObject(refusal);
    const { results } = await run<{ results: { user: object | null; error: object | null }[] }>(
      clerk,
      createUsers,
      { users: [{ userName: 'n2', password }, { userName: 'n3' }] },
    );
    expect(results).toMatchObject([
      { user: null, error: { code: 'FORBIDDEN', field: 'password' } },
      { user: { userName: 'n3' }, error: null },
    ]);
    const defaults = ['account:read', 'users:read', 'teams:read', 'roles:read', 'events:read'];
    const helpdesk = await account.withPermissions('users:write', ...defaults);
    const { userName } = await newUser(helpdesk, { password });
    expect(await signsIn(userName, password)).toBe(true);
  });

  test('is created without the password that is refused, where that is asked for, and the event says why', async () => {
    const user = await newUser(clerk, { password, passwordOptional: true });
    expect(await signsIn(user.userName, password)).toBe(false);
    const short = await newUser(account.admin, { password: 'x', passwordOptional: true });
    for (const { id } of [user, short]) {
      const [created] = await eventsAbout(account.admin, id);
      expect(created?.changes).toContainEqual({
        field: 'refusedPassword',
        before: null,
        after: expect.stringContaining('password: '),
      });
    }
    const kept = await newUser(account.admin, { password, passwordOptional: true });
    const [created] = await eventsAbout(account.admin, kept.id);
    expect(created?.changes).toContainEqual({ field: 'password', before: null, after: null });
  });

  test('who comes back has none of the roles of before, whoever brings them back', async () => {
    const user = await personWith('tokens:write', 'roles:write');
    await run(account.idp, deprovisionUser, { id: user.id });
    await run(okta, createUser, { userName: user.userName, password: next });
    const { secret } = await run<{ secret: string }>(account.admin, signIn, {
      email: user.userName,
      password: next,
    });
    const { viewer } = await world
      .actor(secret)
      .query<{ viewer: { user: { id: string }; permissions: { id: string }[] } }>(
        '{ viewer { user { id } permissions { id } } }',
      );
    expect(viewer.user.id).toBe(user.id);
    expect(viewer.permissions.map(({ id }) => id).filter((id) => id.endsWith(':write'))).toEqual([]);
  });
});

describe('a connection', () => {
  const connectionId = async () =>
    (
      await account.admin.query<{ connections: { nodes: { id: string }[] } }>(
        '{ connections { nodes { id } } }',
      )
    ).connections.nodes[0]?.id;
  const set = async (passwordSync: boolean | null) =>
    run(account.admin, updateConnection, { id: await connectionId(), passwordSync });

  test('sets no passwords until that is switched on', async () => {
    const { idp } = account;
    const off = {
      code: 'INVALID_INPUT',
      field: 'password',
      message: expect.stringContaining('password sync'),
    };
    const { id, userName } = await newUser(idp);
    expect(await refused(idp, createUser, { userName: 'p1', password })).toMatchObject(off);
    for (const value of [password, null])
      expect(await refused(idp, updateUser, { id, password: value })).toMatchObject(off);
    expect(await set(true)).toMatchObject({ connection: { passwordSync: true } });
    await expect
      .poll(async () => (await idp.ask(updateUser.document, { input: { id, password } })).errors)
      .toBeUndefined();
    expect(await signsIn(userName, password)).toBe(true);
    expect(await set(null)).toMatchObject({ connection: { passwordSync: false } });
    await expect
      .poll(
        async () => (await idp.ask(updateUser.document, { input: { id, password } })).errors?.[0]?.extensions,
      )
      .toMatchObject({ code: 'INVALID_INPUT', field: 'password' });
  });

  test('sets them by itself with Okta, and the log tells when that changes', async () => {
    const { connection } = await run<{ connection: { id: string } }>(account.admin, updateConnection, {
      id: await connectionId(),
      provider: 'OKTA',
    });
    expect(connection).toMatchObject({ passwordSync: true });
    await run(account.admin, updateConnection, { id: connection.id, provider: 'GENERIC' });
    const told = (await eventsAbout(account.admin, connection.id)).slice(-2).map(({ changes }) => changes);
    expect(told).toEqual([
      [
        { field: 'provider', before: 'GENERIC', after: 'OKTA' },
        { field: 'passwordSync', before: false, after: true },
      ],
      [
        { field: 'provider', before: 'OKTA', after: 'GENERIC' },
        { field: 'passwordSync', before: true, after: false },
      ],
    ]);
  });

  test('is let set them by those alone who may do what its tokens can do then', async () => {
    const plumber = await account.withPermissions('connections:write');
    const id = await connectionId();
    for (const change of [{ passwordSync: true }, { provider: 'OKTA' }])
      expect(await refused(plumber, updateConnection, { id, ...change })).toMatchObject({
        code: 'FORBIDDEN',
        field: 'passwordSync',
        permission: 'users:read',
      });
    expect(await run(plumber, updateConnection, { id, passwordSync: false })).toBeTruthy();
  });
});

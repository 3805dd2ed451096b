import type { Actor } from '@rollcall/testkit';
import { expect, test } from 'vitest';
import {
  eventsAbout,
  issueToken,
  newUser,
  refused,
  run,
  signIn,
  updateUser,
} from '../../testing/directory.ts';
import { useWorld } from '../../testing/world.ts';

interface SignedIn {
  readonly secret: string;
  readonly user: { readonly id: string };
  readonly account: { readonly id: string };
}

const world = useWorld();

const viewer = '{ viewer { kind user { id } account { id } permissions { id } } }';
const password = 'correct horse battery';

test('a new account has its roles, a connection and an admin who signs in', async () => {
  const account = await world.account('Fresh');
  const {
    roles,
    connections,
    account: shown,
  } = await account.admin.query<Record<string, { nodes: object[] }>>(
    '{ roles { nodes { name builtIn exclusive } } connections { nodes { provider } } account { name region scimUrl defaultRoles { name } } }',
  );
  expect(roles?.nodes).toEqual([
    { name: 'admin', builtIn: true, exclusive: false },
    { name: 'user', builtIn: true, exclusive: false },
    { name: 'view-only', builtIn: true, exclusive: true },
  ]);
  expect(connections?.nodes).toEqual([{ provider: 'GENERIC' }]);
  expect(shown).toMatchObject({
    name: expect.stringContaining('Fresh'),
    region: 'EU',
    scimUrl: `http://rollcall.test/scim/v2/${account.id}`,
    defaultRoles: [{ name: 'user' }],
  });
  const admin = await run<SignedIn>(world.operator, signIn, {
    email: ` ${account.adminEmail.toUpperCase()} `,
    password: account.adminPassword,
  });
  expect(await world.actor(admin.secret).query(viewer)).toMatchObject({
    viewer: { kind: 'USER', user: { id: account.adminId }, account: { id: account.id } },
  });
  const types = (await eventsAbout(account.admin, account.adminId)).map(({ type }) => type);
  expect(types).toEqual(['USER_CREATED', 'ROLE_GRANTED', 'USER_SIGNED_IN', 'USER_SIGNED_IN']);
});

test.each([
  [{ name: ' ', adminEmail: 'a@example.com' }, 'name'],
  [{ name: 'x'.repeat(1025), adminEmail: 'a@example.com' }, 'name'],
  [{ name: 'x', adminEmail: 'no address' }, 'adminEmail'],
  [{ name: 'x', adminEmail: `${'a'.repeat(1025)}@example.com` }, 'adminEmail'],
  [{ name: 'x', adminEmail: 'a@example.com', adminName: 'x'.repeat(1025) }, 'adminName'],
  [{ name: 'x', adminEmail: 'a@example.com', adminName: 'x\0' }, 'adminName'],
  [{ name: 'x', adminEmail: 'a@example.com', adminName: ' ' }, 'adminName'],
])('an account %j is refused', async (input, field) => {
  const create = 'mutation ($input: CreateAccountInput!) { createAccount(input: $input) { account { id } } }';
  expect(await world.operator.refusal(create, { input })).toMatchObject({ code: 'INVALID_INPUT', field });
});

test('a wrong password, an unknown name and somebody inactive are refused alike', async () => {
  const { idp, admin } = await world.account();
  const off = await newUser(admin, { password, active: false });
  const without = await newUser(idp);
  const refusals = await Promise.all([
    refused(admin, signIn, { email: off.userName, password }),
    refused(admin, signIn, { email: without.userName, password }),
    refused(admin, signIn, { email: 'nobody@example.com', password }),
    refused(admin, signIn, { email: (await newUser(admin, { password })).userName, password: 'wrong' }),
  ]);
  for (const { code, message } of refusals)
    expect({ code, message }).toEqual({ code: 'SIGN_IN_FAILED', message: refusals[0]?.message });
});

test('whoever belongs to several accounts chooses, where the password is right in several', async () => {
  const [one, other, third] = [await world.account(), await world.account(), await world.account()];
  const userName = 'both@example.com';
  await newUser(one.admin, { userName, password });
  await newUser(other.admin, { userName, password });
  await newUser(third.admin, { userName, password: 'another password' });
  const request = { email: userName, password };
  const choice = await refused(one.admin, signIn, request);
  expect(choice).toMatchObject({ code: 'ACCOUNT_CHOICE_REQUIRED', field: 'accountId' });
  expect(choice.accounts).toEqual(
    expect.arrayContaining([one, other].map(({ id }) => ({ id, name: expect.any(String) }))),
  );
  expect(choice.accounts).toHaveLength(2);
  const chosen = await run<SignedIn>(one.admin, signIn, { ...request, accountId: other.id });
  expect(chosen.account.id).toBe(other.id);
  expect(await refused(one.admin, signIn, { ...request, accountId: third.id })).toMatchObject({
    code: 'SIGN_IN_FAILED',
  });
  expect(await refused(one.admin, signIn, { ...request, accountId: 'x' })).toMatchObject({
    code: 'INVALID_INPUT',
  });
});

test('signing out ends this session and no other', async () => {
  const { idp, admin } = await world.account();
  const { userName } = await newUser(admin, { password });
  const enter = async () =>
    world.actor((await run<SignedIn>(admin, signIn, { email: userName, password })).secret);
  const [here, there] = [await enter(), await enter()];
  expect(await here.query('mutation { signOut { signedOut } }')).toEqual({ signOut: { signedOut: true } });
  expect(await here.refusal(viewer)).toMatchObject({ code: 'UNAUTHENTICATED' });
  expect(await there.query(viewer)).toBeTruthy();
  expect(await idp.refusal('mutation { signOut { signedOut } }')).toMatchObject({ code: 'INVALID_INPUT' });
});

test('a changed password is the one that counts, and the log does not tell it', async () => {
  const { admin } = await world.account();
  const { id, userName } = await newUser(admin, { password });
  await run(admin, updateUser, { id, password: 'next horse battery' });
  expect(await refused(admin, signIn, { email: userName, password })).toMatchObject({
    code: 'SIGN_IN_FAILED',
  });
  expect(
    await run<SignedIn>(admin, signIn, { email: userName, password: 'next horse battery' }),
  ).toMatchObject({
    user: { id },
  });
  const [, updated] = await eventsAbout(admin, id);
  expect(updated?.changes).toEqual([{ field: 'password', before: null, after: null }]);
  expect(JSON.stringify(updated)).not.toMatch(/horse battery/);
  expect(await refused(admin, updateUser, { id, password: 'short' })).toMatchObject({
    code: 'INVALID_INPUT',
    field: 'password',
  });
});

/** Waits until the credential is no good; every process hears of it a moment later. */
const ended = (actor: Actor) =>
  expect.poll(async () => (await actor.ask(viewer)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');

test('a changed password ends the sessions of the one before, but the one that changed it', async () => {
  const { idp, admin, adminId, adminEmail, adminPassword } = await world.account();
  const enter = async (email: string, secret: string) =>
    world.actor((await run<SignedIn>(admin, signIn, { email, password: secret })).secret);
  const [here, there] = [await enter(adminEmail, adminPassword), await enter(adminEmail, adminPassword)];
  const { id, userName } = await newUser(admin, { password });
  const other = await enter(userName, password);
  for (const session of [here, there, other]) await session.query(viewer);

  await run(here, updateUser, { id: adminId, password: 'next horse battery' });
  expect(await here.query(viewer)).toBeTruthy();
  await ended(there);
  expect(await other.query(viewer)).toBeTruthy();

  await run(idp, updateUser, { id, title: 'Countess' });
  expect(await other.query(viewer)).toBeTruthy();
  await run(here, updateUser, { id, password: 'next horse battery' });
  await ended(other);
});

test('a password that is taken away ends sessions too; tokens have a secret of their own', async () => {
  const { admin, adminId, adminEmail, adminPassword } = await world.account();
  const { secret } = await run<{ secret: string }>(admin, issueToken, { kind: 'API', name: 'mine' });
  const there = { email: adminEmail, password: adminPassword };
  const other = world.actor((await run<SignedIn>(admin, signIn, there)).secret);
  await run(admin, updateUser, { id: adminId, password: null });
  await ended(other);
  expect(await world.actor(secret).query(viewer)).toMatchObject({
    viewer: { kind: 'TOKEN', user: { id: adminId } },
  });
});

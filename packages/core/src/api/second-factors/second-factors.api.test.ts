import { type AccountWorld, totpCode } from '@rollcall/testkit';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  beginPasskeyProof,
  beginTotp,
  confirmTotp,
  deprovisionUser,
  eventsAbout,
  finishSignIn,
  refused,
  removeSecondFactors,
  removeTotp,
  renewRecoveryCodes,
  requestPasswordReset,
  resetPassword,
  run,
  signIn,
  updateUser,
} from '../../testing/directory.ts';
import { newResetToken } from '../../testing/reset-token.ts';
import { PASSWORD, type SignIn, setUpTotp, somebody } from '../../testing/second-factors.ts';
import { withClient } from '../../testing/tables.ts';
import { useMailWorld } from '../../testing/world.ts';

const world = useMailWorld();
const nobody = () => world.actor('nobody');
let account: AccountWorld;
beforeAll(async () => {
  account = await world.account();
});

const rows = <Row extends object>(text: string, ...values: unknown[]) =>
  withClient(world.databaseUrl, async (client) => (await client.query<Row>(text, values)).rows);
const codeOf = (answer: { errors?: readonly { extensions: object }[] | undefined }) =>
  answer.errors?.[0]?.extensions;
const wrong = (field: string) => ({ code: 'SIGN_IN_FAILED', field });

/** Somebody who has an authenticator app, set up in a session of theirs. */
async function withTotp() {
  const person = await somebody(account, world);
  const session = await person.session();
  return { ...person, session, ...(await setUpTotp(session)) };
}

test('whoever has an authenticator app is asked for its code after the password, and has no session before', async () => {
  const { id, userName, secret, codes, enter, finish } = await withTotp();
  expect(codes).toHaveLength(10);
  const { pending, ...session } = await enter();
  expect(session).toEqual({ secret: null, session: null, user: null, account: null });
  expect(pending?.secondFactors).toEqual(['TOTP', 'RECOVERY_CODE']);
  // It is no credential of the API.
  expect(await world.actor(pending?.secret ?? '').refusal('{ viewer { kind } }')).toMatchObject({
    code: 'UNAUTHENTICATED',
  });
  const answer = await finish(pending?.secret ?? '', { totpCode: totpCode(secret, 1) });
  expect(answer.data).toMatchObject({
    finishSignIn: { session: { method: 'PASSWORD', secondFactor: 'TOTP' }, user: { id } },
  });
  const events = await eventsAbout(account.admin, id);
  expect(events.map(({ type }) => type)).toEqual([
    'USER_CREATED',
    'USER_SIGNED_IN',
    'USER_SECOND_FACTOR_ADDED',
    'USER_SIGNED_IN',
  ]);
  const [stored] = await rows<{ sealed: string }>('SELECT sealed FROM totp_secrets WHERE user_id = $1', id);
  const kept = JSON.stringify([
    events,
    stored,
    await rows('SELECT * FROM recovery_codes WHERE user_id = $1', id),
  ]);
  for (const each of [secret, ...codes]) expect(kept).not.toContain(each);
  expect((await world.mailServer.mailTo(userName)).subject).toMatch(
    /^A second factor for Acme \d+ was set up$/,
  );
});

describe('a code', () => {
  test('is good once, also for two who send it at once', async () => {
    const { secret, pending, finish } = await withTotp();
    const confirming = totpCode(secret);
    const [one, other] = [await pending(), await pending()];
    expect(codeOf(await finish(one, { totpCode: confirming }))).toMatchObject(wrong('totpCode'));
    const next = { totpCode: totpCode(secret, 1) };
    const both = await Promise.all([finish(one, next), finish(other, next)]);
    expect(both.filter(({ errors }) => errors === undefined)).toHaveLength(1);
    expect(both.map(codeOf).find((code) => code !== undefined)).toMatchObject(wrong('totpCode'));
  });

  test('that recovers is good once, is told and mailed, and others stay', async () => {
    const { id, userName, codes, pending, finish, session } = await withTotp();
    const [code = '', kept = ''] = codes;
    const typed = { recoveryCode: ` ${code.toUpperCase().replaceAll('-', ' ')}` };
    expect(codeOf(await finish(await pending(), typed))).toBeUndefined();
    expect(codeOf(await finish(await pending(), typed))).toMatchObject(wrong('recoveryCode'));
    const used = (await eventsAbout(account.admin, id)).find(
      ({ type }) => type === 'USER_RECOVERY_CODE_USED',
    );
    expect(used?.changes).toEqual([{ field: 'recoveryCodes', before: 10, after: 9 }]);
    await world.mailServer.mailTo(userName);
    expect((await world.mailServer.mailTo(userName)).text).toContain('9 are left');
    const { recoveryCodes } = await run<{ recoveryCodes: string[] }>(session, renewRecoveryCodes, {});
    expect(recoveryCodes).toHaveLength(10);
    expect(codeOf(await finish(await pending(), { recoveryCode: kept }))).toMatchObject(
      wrong('recoveryCode'),
    );
    expect(codeOf(await finish(await pending(), { recoveryCode: recoveryCodes[0] }))).toBeUndefined();
  });
});

describe('guessing', () => {
  test('ends with the fifth code of a sign-in, waits ever longer, is told, and costs nobody else their password', async () => {
    const { id, secret, pending, finish, enter } = await withTotp();
    const first = await pending();
    for (let at = 0; at < 5; at += 1)
      expect(codeOf(await finish(first, { totpCode: '000000' }))).toMatchObject(wrong('totpCode'));
    expect(codeOf(await finish(first, { totpCode: totpCode(secret, 1) }))).toMatchObject(
      wrong('pendingSecret'),
    );
    const next = await pending();
    expect(codeOf(await finish(next, { totpCode: '000000' }))).toMatchObject({ code: 'RATE_LIMITED' });
    const told = (await eventsAbout(account.admin, id)).filter(({ type }) => type === 'USER_SIGN_IN_FAILED');
    expect(told).toHaveLength(5);
    expect(told[4]?.changes).toContainEqual({ field: 'secondFactor', before: null, after: 'TOTP' });
    // The password is still heard, and one who guesses it is not told more than before.
    expect((await enter()).pending).not.toBeNull();
    expect(await refused(nobody(), finishSignIn, { pendingSecret: `${next}x`, totpCode: '1' })).toMatchObject(
      wrong('pendingSecret'),
    );
  });

  test('from elsewhere keeps nobody waiting where they signed in before', async () => {
    const home = await somebody(account, world, { 'client-address': '192.0.2.1' });
    const { secret } = await setUpTotp(await home.session());
    const elsewhere = { 'client-address': '192.0.2.99' };
    const pendingSecret = await home.pending();
    for (let at = 0; at < 5; at += 1)
      await nobody().ask(finishSignIn.document, { input: { pendingSecret, totpCode: '000000' } }, elsewhere);
    const waits = { input: { pendingSecret: await home.pending(), totpCode: totpCode(secret, 1) } };
    expect(codeOf(await nobody().ask(finishSignIn.document, waits, elsewhere))).toMatchObject({
      code: 'RATE_LIMITED',
    });
    expect(
      codeOf(await home.finish(await home.pending(), { totpCode: totpCode(secret, 1) })),
    ).toBeUndefined();
  });
});

describe('a sign-in that waits for the second factor', () => {
  test('is over once it was used, when the password is another one, and when the person is switched off', async () => {
    const { id, secret, pending, finish } = await withTotp();
    const [used, older] = [await pending(), await pending()];
    expect(codeOf(await finish(used, { totpCode: totpCode(secret, 1) }))).toBeUndefined();
    await rows('UPDATE totp_secrets SET last_step = NULL WHERE user_id = $1', id);
    const again = { totpCode: totpCode(secret) };
    expect(codeOf(await finish(used, again))).toMatchObject(wrong('pendingSecret'));
    await run(account.admin, updateUser, { id, password: 'another horse battery' });
    expect(codeOf(await finish(older, again))).toMatchObject(wrong('pendingSecret'));
    await run(account.admin, updateUser, { id, password: PASSWORD });
    const last = await pending();
    await run(account.admin, updateUser, { id, active: false });
    expect(codeOf(await finish(last, again))).toMatchObject(wrong('pendingSecret'));
    const { count } =
      (await rows<{ count: string }>('SELECT count(*) FROM sessions WHERE user_id = $1', id))[0] ?? {};
    expect(count).toBe('0');
  });

  test('sets up no second factor beside the one that there is', async () => {
    const { pending } = await withTotp();
    const pendingSecret = await pending();
    for (const [mutation, input] of [
      [beginTotp, {}],
      [confirmTotp, { code: '000000' }],
    ] as const)
      expect(await refused(nobody(), mutation, { pendingSecret, ...input })).toMatchObject({
        code: 'INVALID_INPUT',
        field: 'pendingSecret',
      });
  });
});

test('whoever is kept waiting by others, who guess the password or know it, comes in by a link to set another one', async () => {
  const { id, userName, secret, pending, finish } = await withTotp();
  const [tried, lurking] = [await pending(), await pending()];
  for (let at = 0; at < 5; at += 1) {
    await finish(tried, { totpCode: '000000' });
    await nobody().ask(signIn.document, { input: { email: userName, password: 'a wrong guess' } });
  }
  const factorCounts = () => rows(`SELECT bucket, count FROM sign_in_attempts WHERE bucket LIKE 'factor %'`);
  await rows(`UPDATE sign_in_attempts SET next_at = now() + interval '1 minute' WHERE count >= 5`);
  const abroad = { 'client-address': '198.51.100.7' };
  const enters = (password: string) =>
    nobody().ask(signIn.document, { input: { email: userName, password } }, abroad);
  expect(codeOf(await enters(PASSWORD))).toMatchObject({ code: 'RATE_LIMITED' });
  const token = await newResetToken(world.databaseUrl, {
    accountId: account.id,
    userId: id,
    address: userName,
  });
  await run(nobody(), resetPassword, { token, password: 'a new horse battery' }, abroad);
  const entered = (await enters('a new horse battery')).data as { signIn: SignIn };
  const own = entered.signIn.pending?.secret ?? '';
  // What is left of the wait for a second factor, 15 minutes at most, goes by; those who knew the password start no other.
  await rows(`UPDATE sign_in_attempts SET next_at = now() WHERE bucket LIKE 'factor %'`);
  const counted = await factorCounts();
  expect(codeOf(await finish(lurking, { totpCode: '000000' }))).toMatchObject(wrong('pendingSecret'));
  expect(await factorCounts()).toEqual(counted);
  const shown = { input: { pendingSecret: own, totpCode: totpCode(secret, 1) } };
  expect(codeOf(await nobody().ask(finishSignIn.document, shown, abroad))).toBeUndefined();
});

test('a password that is set by mail does not stand in for the second factor, and its address is not known by it', async () => {
  const { id, userName, secret, enter, finish } = await withTotp();
  const known = () =>
    rows(`SELECT bucket FROM sign_in_attempts WHERE bucket LIKE 'whole place %' ORDER BY 1`);
  const before = await known();
  const address = { 'client-address': '192.0.2.50' };
  await run(nobody(), requestPasswordReset, { email: userName });
  const token = await newResetToken(world.databaseUrl, {
    accountId: account.id,
    userId: id,
    address: userName,
  });
  await run(nobody(), resetPassword, { token, password: 'a new horse battery' }, address);
  const { pending, secret: session }: SignIn = await enter('a new horse battery');
  expect(session).toBeNull();
  expect(await known()).toEqual(before);
  expect(codeOf(await finish(pending?.secret ?? '', { totpCode: totpCode(secret, 1) }))).toBeUndefined();
});

describe('their own second factors', () => {
  test('are changed by people in a session, and by no token', async () => {
    const token = await account.withPermissions('users:write');
    for (const [mutation, input] of [
      [beginTotp, {}],
      [confirmTotp, { code: '000000' }],
      [beginPasskeyProof, {}],
      [removeTotp, {}],
      [renewRecoveryCodes, {}],
      [removeSecondFactors, { userId: account.adminId }],
    ] as const)
      expect(await refused(token, mutation, input)).toMatchObject({
        code: 'INVALID_INPUT',
        field: 'authorization',
      });
  });

  test('are removed with a mail, and their recovery codes with the last one', async () => {
    const {
      id,
      userName,
      session,
      session: { query },
      enter,
    } = await withTotp();
    await run(session, removeTotp, {});
    expect(await query('{ viewer { secondFactors { totp { lastUsedAt } recoveryCodesLeft } } }')).toEqual({
      viewer: { secondFactors: { totp: null, recoveryCodesLeft: 0 } },
    });
    expect((await enter()).secret).not.toBeNull();
    expect((await eventsAbout(account.admin, id)).map(({ type }) => type)).toContain(
      'USER_SECOND_FACTOR_REMOVED',
    );
    await world.mailServer.mailTo(userName);
    expect((await world.mailServer.mailTo(userName)).subject).toMatch(/was removed$/);
  });

  test('of whoever leaves the directory do not come back with them', async () => {
    const { id } = await withTotp();
    await run(account.idp, deprovisionUser, { id });
    for (const table of ['totp_secrets', 'recovery_codes', 'passkeys'])
      expect(await rows(`SELECT FROM ${table} WHERE user_id = $1`, id)).toEqual([]);
  });
});

describe('somebody who lost theirs', () => {
  test('has them removed by who may do as much, and is told', async () => {
    const { id, userName, enter } = await withTotp();
    await run(account.admin, removeSecondFactors, { userId: id });
    expect((await enter()).secret).not.toBeNull();
    const removed = (await eventsAbout(account.admin, id)).find(
      ({ type }) => type === 'USER_SECOND_FACTOR_REMOVED',
    );
    expect(removed?.changes).toEqual([
      { field: 'secondFactors', before: ['TOTP', 'RECOVERY_CODE'], after: null },
    ]);
    await world.mailServer.mailTo(userName);
    expect((await world.mailServer.mailTo(userName)).text).toContain(
      'Ada Admin removed all your second factors',
    );
    expect(await refused(account.admin, removeSecondFactors, { userId: account.adminId })).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'userId',
    });
  });
});

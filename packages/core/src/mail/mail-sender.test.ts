import { randomBytes } from 'node:crypto';
import { type AccountWorld, type MailServer, openMailServer, waitingStatements } from '@rollcall/testkit';
import { pino } from 'pino';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Core, type CoreOptions, startCore } from '../core.ts';
import { createSealer } from '../sealing/sealer.ts';
import {
  createRole,
  eventsAbout,
  grantRole,
  issueOwnToken,
  issueToken,
  newUser,
  revokeToken,
  run,
  sendPasswordReset,
  signIn,
  type UserData,
  updateUser,
} from '../testing/directory.ts';
import { withClient } from '../testing/tables.ts';
import { useWorld } from '../testing/world.ts';
import { warnNextAccount } from '../tokens/warn-of-expiry.ts';
import { openOutbox } from './outbox.ts';

const encryptionKeys = [randomBytes(32)];
const world = useWorld({ encryptionKeys });
let account: AccountWorld;
let mailServer: MailServer;
const senders: Core[] = [];

beforeAll(async () => {
  account = await world.account();
});
beforeEach(async () => {
  mailServer = await openMailServer();
});
afterEach(async () => {
  await Promise.all(senders.splice(0).map((core) => core.close()));
  await mailServer.close();
  await query('DELETE FROM queued_mails');
});

const query = <Row extends object>(text: string, ...values: unknown[]) =>
  withClient(world.databaseUrl, async (client) => (await client.query<Row>(text, values)).rows);

/** What a process wrote to its log. */
const logged: string[] = [];
const logger = pino({}, { write: (entry: string) => void logged.push(entry) });

/** Another process on the same database, which sends mails. */
async function startSender(more: Partial<CoreOptions> = {}): Promise<Core> {
  const core = await startCore({
    databaseUrl: world.databaseUrl,
    publicUrl: 'http://rollcall.test',
    mail: { smtpUrl: mailServer.url, from: 'no-reply@rollcall.test' },
    encryptionKeys,
    logger,
    ...more,
  });
  senders.push(core);
  return core;
}

/** Has a mail written to somebody new. */
async function write(): Promise<UserData> {
  const person = await newUser(account.idp);
  await run(account.admin, sendPasswordReset, { userId: person.id });
  return person;
}

const waiting = async (): Promise<{ attempts: number }[]> => query('SELECT attempts FROM queued_mails');

/** Nothing waits any more. */
const allGone = () => expect.poll(waiting, { timeout: 10_000 }).toEqual([]);

/** An account with tokens that are good for so many days, and a person beside the admin who may replace them. */
async function accountWithTokens(lives: Readonly<Record<string, number | null>>): Promise<AccountWorld> {
  const made = await world.account();
  const { admin, idp } = made;
  const issue = async (name: string, days: number | null) => {
    const expiresAt = days === null ? null : new Date(Date.now() + days * 86_400_000).toISOString();
    return run<{ token: { id: string } }>(admin, issueToken, { kind: 'API', name, expiresAt });
  };
  for (const [name, days] of Object.entries(lives)) await issue(name, days);
  const { token } = await issue('Revoked', 33);
  await run(admin, revokeToken, { id: token.id });
  const give = async (permission: string, person: object) => {
    const { role } = await run<{ role: { id: string } }>(admin, createRole, {
      name: permission,
      permissions: [permission],
    });
    const { id: userId } = await newUser(idp, person);
    await run(admin, grantRole, { userId, roleId: role.id });
  };
  await give('tokens:write', { emails: [{ value: 'keeper@example.com', primary: true }] });
  await give('tokens:read', {});
  return made;
}

/** As if the next attempt were due. */
async function makeDue(): Promise<void> {
  await query('UPDATE queued_mails SET next_at = now()');
  await query(`SELECT pg_notify('rollcall_mails', '')`);
}

test('what waits when a process starts is sent, once, however many processes there are', async () => {
  const people = await Promise.all(Array.from({ length: 8 }, write));
  expect(await waiting()).toHaveLength(8);
  expect(JSON.stringify(await query('SELECT * FROM queued_mails'))).not.toMatch(/rc_reset_|@example\.com/);
  await Promise.all([startSender(), startSender(), startSender()]);
  await allGone();
  expect(mailServer.mails.map(({ to }) => to).toSorted()).toEqual(
    people.map(({ userName }) => userName).toSorted(),
  );
});

test('what is written later is sent at once, and not before it is committed', async () => {
  await startSender();
  const { userName } = await write();
  expect(await mailServer.mailTo(userName)).toMatchObject({ from: 'no-reply@rollcall.test' });
  const { id } = await newUser(account.idp);
  await account.admin.query(
    sendPasswordReset.document,
    { input: { userId: id } },
    { 'rollcall-dry-run': 'true' },
  );
  expect(await waiting()).toEqual([]);
});

test('a server that refuses for now is asked again, later each time', async () => {
  mailServer.refuse(451);
  const refused = mailServer.nextRefusal();
  await startSender();
  const { userName } = await write();
  await refused;
  const pause = async () => {
    const [row] = await query<{ seconds: number; attempts: number }>(
      'SELECT extract(epoch FROM next_at - now())::float8 AS seconds, attempts FROM queued_mails',
    );
    // While it is tried, it belongs to the process for minutes.
    return row !== undefined && row.seconds < 100 ? [row.attempts, Math.ceil(row.seconds / 10)] : undefined;
  };
  await expect.poll(pause).toEqual([1, 1]);
  const again = mailServer.nextRefusal();
  await makeDue();
  await again;
  await expect.poll(pause).toEqual([2, 2]);
  mailServer.refuse(undefined);
  await makeDue();
  await mailServer.mailTo(userName);
  await allGone();
});

test('a recipient whom the server refuses for good is given up, and the account is told', async () => {
  mailServer.refuse(550);
  await startSender();
  const { id } = await write();
  await allGone();
  await expect
    .poll(async () => (await eventsAbout(account.admin, id)).at(-1))
    .toMatchObject({
      type: 'USER_MAIL_FAILED',
      changes: [{ field: 'reason', after: expect.stringContaining('not now') }],
    });
  expect(mailServer.refusals).toBe(1);
});

test('after a day it is given up', async () => {
  mailServer.refuse(451);
  const { id } = await write();
  await query(`UPDATE queued_mails SET created_at = now() - interval '25 hours'`);
  await startSender();
  await allGone();
  await expect
    .poll(async () => (await eventsAbout(account.admin, id)).map(({ type }) => type))
    .toContain('USER_MAIL_FAILED');
});

test('a process that ended while it had a mail leaves it to the others', async () => {
  const { userName } = await write();
  await query(`UPDATE queued_mails SET attempts = 1, next_at = now() + interval '1 second'`);
  await startSender();
  await mailServer.mailTo(userName);
  await allGone();
});

test('what is sealed with a key that a process does not have is left to those who do', async () => {
  const { userName } = await write();
  const stranger = await startSender({ encryptionKeys: [randomBytes(32)] });
  const [keyId] = (await createSealer(encryptionKeys)).keyIds;
  expect(await query('SELECT key_id FROM queued_mails')).toEqual([{ key_id: keyId }]);
  await stranger.close();
  expect(await waiting()).toEqual([{ attempts: 0 }]);
  await startSender({ encryptionKeys: [randomBytes(32), ...encryptionKeys] });
  await mailServer.mailTo(userName);
});

test('whoever may change tokens is told 30, 7 and 1 days before one expires, by one mail a day', async () => {
  const {
    id: accountId,
    admin,
    adminEmail,
  } = await accountWithTokens({
    'Mailing\n\nlist': 33,
    Warehouse: 40,
    Brief: 10,
    Endless: null,
  });
  await startSender();
  const outbox = openOutbox(await createSealer(encryptionKeys), 'https://admin.rollcall.test');
  const warning = { database: world.core.database, outbox, log: logger };

  /** Of which tokens who is told once so many days have passed, by three processes that look at one moment. */
  async function toldAfter(days: number, { isSameDay = false } = {}): Promise<string[]> {
    await query(
      `UPDATE tokens SET created_at = created_at - $2 * interval '1 day', expires_at = expires_at - $2 * interval '1 day'
       WHERE account_id = $1`,
      accountId,
      days,
    );
    if (!isSameDay)
      await query(
        `UPDATE accounts SET tokens_warned_at = tokens_warned_at - interval '1 day' WHERE id = $1`,
        accountId,
      );
    const before = mailServer.mails.length;
    await Promise.all([1, 2, 3].map(() => warnNextAccount(warning)));
    await allGone();
    return mailServer.mails
      .slice(before)
      .map(({ to, text }) => `${to}: ${[...text.matchAll(/^– (.*) \(API,/gm)].map(([, each]) => each)}`)
      .toSorted();
  }
  const told = (tokens: string) => [`${adminEmail}: ${tokens}`, `keeper@example.com: ${tokens}`].toSorted();

  expect(await toldAfter(0), 'whose life is short has no end that comes near').toEqual([]);
  expect(await toldAfter(4)).toEqual(told('Brief,Mailing list'));
  expect(mailServer.mails[0]).toMatchObject({
    subject: expect.stringMatching(/^2 tokens of .+ will expire soon$/),
    text: expect.stringContaining('\nhttps://admin.rollcall.test/tokens?show=expiring\n'),
  });
  expect(await toldAfter(7, { isSameDay: true }), 'there was a mail today').toEqual([]);
  expect(await toldAfter(0)).toEqual(told('Warehouse'));
  expect(await toldAfter(0), 'it was told').toEqual([]);
  expect(await toldAfter(16)).toEqual(told('Mailing list'));
  expect(await toldAfter(5)).toEqual(told('Mailing list'));
  expect(await toldAfter(2), 'one has expired').toEqual(told('Warehouse'));
  const { tokens } = await admin.query<{ tokens: { totalCount: number; nodes: object[] } }>(
    '{ tokens(expiringSoon: true) { totalCount nodes { name expiresSoon } } }',
  );
  expect(tokens).toEqual({ totalCount: 1, nodes: [{ name: 'Warehouse', expiresSoon: true }] });
});

test('a token that acts for somebody is told to them too, and no other token; whoever may change tokens is told once', async () => {
  const { id: accountId, admin, adminEmail, idp } = await world.account();
  const expiresAt = new Date(Date.now() + 40 * 86_400_000).toISOString();
  const password = 'correct horse battery';
  const withTokens = async (...names: string[]) => {
    const person = await newUser(admin, { password });
    const { secret } = await run<{ secret: string }>(admin, signIn, { email: person.userName, password });
    for (const name of names)
      await run(world.actor(secret), issueOwnToken, { name, permissions: ['users:read'], expiresAt });
    return person;
  };
  const ada = await withTokens('Ada’s script', 'Ada’s sheet');
  const ben = await withTokens('Ben’s script');
  await run(admin, issueToken, { kind: 'API', name: 'Warehouse', expiresAt });
  await run(idp, updateUser, { id: ben.id, active: false });
  await query(
    `UPDATE tokens SET created_at = created_at - interval '35 days', expires_at = expires_at - interval '35 days'
     WHERE account_id = $1`,
    accountId,
  );
  await startSender();
  const outbox = openOutbox(await createSealer(encryptionKeys), 'https://admin.rollcall.test');
  await warnNextAccount({ database: world.core.database, outbox });
  await allGone();
  const told = Object.fromEntries(mailServer.mails.map(({ to, text }) => [to, text]));
  expect(Object.keys(told).toSorted()).toEqual([adminEmail, ada.userName].toSorted());
  expect(mailServer.mails).toHaveLength(2);
  const named = (text = '') => [...text.matchAll(/^– (.*) \(API,/gm)].map(([, each]) => each).toSorted();
  expect(named(told[ada.userName])).toEqual(['Ada’s script', 'Ada’s sheet']);
  expect(told[ada.userName]).toContain('\nhttps://admin.rollcall.test/profile\n');
  expect(named(told[adminEmail])).toEqual(
    expect.arrayContaining(['Ada’s script', 'Ada’s sheet', 'Warehouse']),
  );
});

test('whoever is told of tokens is held before them, as by everybody who changes both', async () => {
  const { id: accountId, adminId } = await accountWithTokens({ Brief: 40 });
  await query(
    `UPDATE tokens SET created_at = created_at - interval '35 days', expires_at = expires_at - interval '35 days'
     WHERE account_id = $1`,
    accountId,
  );
  const outbox = openOutbox(await createSealer(encryptionKeys), 'https://admin.rollcall.test');
  await withClient(world.databaseUrl, async (client) => {
    await client.query('BEGIN');
    await client.query('SELECT FROM users WHERE id = $1 FOR UPDATE', [adminId]);
    const warned = warnNextAccount({ database: world.core.database, outbox });
    await expect.poll(() => waitingStatements(client)).toBe(1);
    await client.query('SELECT FROM tokens WHERE account_id = $1 ORDER BY id FOR UPDATE NOWAIT', [accountId]);
    await client.query('COMMIT');
    expect(await warned).toBe(1);
  });
});

test('the log tells nothing of what is in a mail', () => {
  expect(logged.length).toBeGreaterThan(0);
  expect(logged.join('')).not.toContain('rc_reset_');
});

import type { AccountWorld } from '@rollcall/testkit';
import { beforeAll, expect, test } from 'vitest';
import { committedWork } from '../database/work.ts';
import { useOnce } from '../single-use/use-once.ts';
import {
  createSignInConnection,
  eventsAbout,
  newUser,
  run,
  signIn,
  signInConnectionInput,
} from '../testing/directory.ts';
import { withClient } from '../testing/tables.ts';
import { useWorld } from '../testing/world.ts';
import { endProviderSessions, type ProviderLogout } from './end-provider-sessions.ts';

const world = useWorld();
const password = 'correct horse battery';
const issuer = 'https://login.example.com';
let account: AccountWorld;
let connection: { id: string; name: string };
let other: { id: string; name: string };
beforeAll(async () => {
  account = await world.account();
  const create = async (name: string) => {
    const created = await run<{ signInConnection: { id: string } }>(
      account.admin,
      createSignInConnection,
      signInConnectionInput(name),
    );
    return { id: created.signInConnection.id, name };
  };
  [connection, other] = [await create('Contoso'), await create('Fabrikam')];
});

/** What a provider said of a session: by which connection, who they are, and in which session of its own. */
type Said = readonly [by: 'connection' | 'other' | 'nobody', subject: string, sid: string | null];

/** Somebody with a session for each. */
async function signedIn(said: Readonly<Record<string, Said>>) {
  const person = await newUser(account.admin, { password });
  const names = new Map<string, string>();
  for (const [name, [by, subject, sid]] of Object.entries(said)) {
    const { session } = await run<{ session: { id: string } }>(account.admin, signIn, {
      email: person.userName,
      password,
    });
    names.set(session.id, name);
    if (by === 'nobody') continue;
    const { id } = by === 'connection' ? connection : other;
    await withClient(world.databaseUrl, (client) =>
      client.query(
        `INSERT INTO provider_sessions (account_id, session_id, sign_in_connection_id, issuer, subject, provider_sid, amr)
         VALUES ($1, $2, $3, $4, $5, $6, '{}')`,
        [account.id, session.id, id, issuer, subject, sid],
      ),
    );
  }
  return { person, names };
}

const end = (logout: Partial<ProviderLogout>, accountId = account.id) =>
  committedWork(world.core.database).transaction((scope) =>
    endProviderSessions(
      scope,
      { accountId, actor: { kind: 'SYSTEM', id: null, name: 'Sign-in' }, connectionId: null, requestId: 'r' },
      { connection, issuer, subject: null, providerSids: [], cause: 'BACK_CHANNEL_LOGOUT', ...logout },
    ),
  );

const said = {
  first: ['connection', 'ada', 'one'],
  second: ['connection', 'ada', 'two'],
  'of no sid': ['connection', 'ada', null],
  'of another subject in the same browser': ['connection', 'eve', 'one'],
  elsewhere: ['other', 'ada', 'one'],
  'by password': ['nobody', '', null],
} as const satisfies Record<string, Said>;

test.each<[Partial<ProviderLogout>, (keyof typeof said)[]]>([
  [{ providerSids: ['one'] }, ['first', 'of another subject in the same browser']],
  [{ providerSids: ['one'], subject: 'ada' }, ['first', 'of no sid']],
  [{ providerSids: ['one', 'two'], subject: 'ada' }, ['first', 'of no sid', 'second']],
  [{ subject: 'ada' }, ['first', 'of no sid', 'second']],
  [{ subject: 'Ada' }, []],
  [{ subject: 'ada', issuer: 'https://login.example.com/' }, []],
  [{}, []],
])('a provider that names %j ends %j', async (logout, expected) => {
  const { person, names } = await signedIn(said);
  const ended = await end(logout);
  expect(ended.flatMap((id) => names.get(id) ?? []).toSorted()).toEqual(expected);
  const told = (await eventsAbout(account.admin, person.id)).filter(
    ({ type }) => type === 'USER_SESSIONS_ENDED',
  );
  expect(told).toEqual(
    expected.length === 0
      ? []
      : [
          {
            type: 'USER_SESSIONS_ENDED',
            subject: { id: person.id },
            related: { id: connection.id, type: 'SIGN_IN_CONNECTION' },
            changes: [
              { field: 'sessions', before: null, after: expected.length },
              { field: 'cause', before: null, after: 'BACK_CHANNEL_LOGOUT' },
            ],
          },
        ],
  );
});

test('of another account nothing ends', async () => {
  await signedIn(said);
  const stranger = await world.account();
  expect(await end({ subject: 'ada' }, stranger.id)).toEqual([]);
});

test('what is good once is used once, of two at once by one, and not used up by what is undone', async () => {
  const { database } = world.core;
  const use = {
    accountId: account.id,
    parts: ['logout', crypto.randomUUID()],
    expiresAt: new Date(Date.now() + 60_000),
  };
  const undone = committedWork(database).transaction(async ({ sql }) => {
    expect(await useOnce(sql, use)).toBe(true);
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');
  const both = await Promise.all([1, 2].map(() => useOnce(database.sql, use)));
  expect(both.toSorted()).toEqual([false, true]);
  expect(await useOnce(database.sql, { ...use, parts: [use.parts.join()] })).toBe(true);
});

test('what would be refused for its age is forgotten', async () => {
  const { sql } = world.core.database;
  const past = { accountId: account.id, parts: ['past'], expiresAt: new Date(Date.now() - 60_000) };
  await useOnce(sql, past);
  await useOnce(sql, { ...past, parts: ['another'], expiresAt: new Date(Date.now() + 60_000) });
  expect(await useOnce(sql, past)).toBe(true);
});

import type { AccountWorld, Actor } from '@rollcall/testkit';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  createRole,
  endSessions,
  eventsAbout,
  grantRole,
  issueToken,
  newUser,
  refused,
  run,
  signIn,
  type UserData,
  updateTimeSettings,
  updateUser,
} from '../../testing/directory.ts';
import { withClient } from '../../testing/tables.ts';
import { useWorld } from '../../testing/world.ts';

const world = useWorld();
const password = 'correct horse battery';
const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:150.0) Gecko/20100101 Firefox/150.0';
let account: AccountWorld;
beforeAll(async () => {
  account = await world.account();
});

interface SessionData {
  readonly id: string;
  readonly device: string;
  readonly current: boolean;
}

interface Entered {
  readonly secret: string;
  readonly session: { readonly id: string };
}

const sessions = '{ sessions { id device userAgent address method createdAt lastUsedAt expiresAt current } }';

const newPerson = (): Promise<UserData> => newUser(account.admin, { password });

/** Signs a person in, as from a browser. */
async function enter({ userName: email }: UserData, headers: Record<string, string> = {}) {
  const { secret, session } = await run<Entered>(account.admin, signIn, { email, password }, headers);
  return { id: session.id, actor: world.actor(secret) };
}

const own = async (actor: Actor, headers = {}): Promise<SessionData[]> =>
  (await actor.query<{ viewer: { sessions: SessionData[] } }>(`{ viewer ${sessions} }`, {}, headers)).viewer
    .sessions;

const sessionsOf = (actor: Actor, id: string) =>
  actor.query<{ user: { sessions: SessionData[] } }>(`query ($id: ID!) { user(id: $id) ${sessions} }`, {
    id,
  });

const ended = (actor: Actor) =>
  expect
    .poll(async () => (await actor.ask('{ viewer { kind } }')).errors?.[0]?.extensions.code)
    .toBe('UNAUTHENTICATED');

const shown = '{ viewer { timeSettings { timeZone timeFormat chosenTimeZone chosenTimeFormat } } }';

test('times are shown as somebody chose, or else as the directory says', async () => {
  const person = await newPerson();
  const { actor } = await enter(person);
  const unsaid = { timeZone: null, timeFormat: null, chosenTimeZone: null, chosenTimeFormat: null };
  const settings = async () =>
    (await actor.query<{ viewer: { timeSettings: object } }>(shown)).viewer.timeSettings;
  expect(await settings()).toEqual(unsaid);
  await run(account.idp, updateUser, { id: person.id, timezone: 'America/New_York', locale: 'en-US' });
  const directory = { ...unsaid, timeZone: 'America/New_York', timeFormat: 'MONTH_DAY_12H' };
  expect(await settings()).toEqual(directory);
  await run(actor, updateTimeSettings, { timeZone: 'Europe/Berlin', timeFormat: 'ISO' });
  expect(
    await refused(actor, updateTimeSettings, { timeZone: 'Europe/Atlantis', timeFormat: null }),
  ).toMatchObject({
    code: 'INVALID_INPUT',
    field: 'timeZone',
  });
  const chosen = {
    timeZone: 'Europe/Berlin',
    timeFormat: 'ISO',
    chosenTimeZone: 'Europe/Berlin',
    chosenTimeFormat: 'ISO',
  };
  expect(await settings()).toEqual(chosen);
  expect(await run(actor, updateTimeSettings, { timeFormat: null })).toEqual({
    timeSettings: { ...chosen, timeFormat: 'MONTH_DAY_12H', chosenTimeFormat: null },
  });
  await run(actor, updateTimeSettings, { timeZone: null });
  await run(account.idp, updateUser, { id: person.id, timezone: 'Somewhere', locale: null });
  expect(await settings()).toEqual(unsaid);
  const token = await account.withPermissions('users:read');
  expect(await refused(token, updateTimeSettings, { timeZone: 'UTC' })).toMatchObject({
    field: 'authorization',
  });
});

test('everybody sees the tokens that act for them, and those alone', async () => {
  const { role } = await run<{ role: { id: string } }>(account.admin, createRole, {
    name: 'Tool makers',
    permissions: ['tokens:write', 'teams:read'],
  });
  const person = await newPerson();
  await run(account.admin, grantRole, { userId: person.id, roleId: role.id });
  const { actor } = await enter(person);
  // What a page about oneself shows takes no permission beyond being signed in.
  const profile =
    '{ viewer { permissions { id title } tokens { name status expiresSoon permissions { id title } createdBy { name } } } }';
  const tokens = async (of: Actor) =>
    (await of.query<{ viewer: { tokens: { name: string }[] } }>(profile)).viewer.tokens.map(
      ({ name }) => name,
    );
  await run(account.admin, issueToken, { kind: 'API', name: 'Not theirs' });
  expect(await tokens(actor)).toEqual([]);
  await run(actor, issueToken, { kind: 'API', name: 'Theirs', permissions: ['teams:read'] });
  expect(await tokens(actor)).toEqual(['Theirs']);
  expect(await tokens(account.idp)).toEqual([]);
});

describe('everybody', () => {
  test('sees where they are signed in: device, address, last use, and which one it is', async () => {
    const person = await newPerson();
    const there = await enter(person);
    const here = await enter(person, { 'user-agent': firefox, 'client-address': '192.0.2.7' });
    const listed = await own(here.actor);
    expect(listed).toMatchObject([
      {
        id: here.id,
        device: 'Firefox on Windows',
        userAgent: firefox,
        address: '192.0.2.7',
        method: 'PASSWORD',
        current: true,
      },
      { id: there.id, device: 'Unknown device', userAgent: null, address: null, current: false },
    ]);
    const { user } = await here.actor.query<{ user: object | null }>(
      `query ($id: ID!) { user(id: $id) { sessions { id } } }`,
      { id: person.id },
    );
    expect(user).toEqual({ sessions: [{ id: here.id }, { id: there.id }] });
  });

  test('sees the last use, which is written once a minute and not with every request', async () => {
    const person = await newPerson();
    const { id, actor } = await enter(person);
    const age = (sql: string) =>
      withClient(world.databaseUrl, async (client) => {
        const { rows } = await client.query<{ address: string; fresh: boolean }>(
          `${sql} WHERE id = $1 RETURNING address, last_used_at > now() - interval '1 minute' AS fresh`,
          [id],
        );
        return rows[0];
      });
    await age(`UPDATE sessions SET last_used_at = now() - interval '1 hour'`);
    const other = await world.anotherCore();
    const elsewhere = other.actor(actor.authorization.replace('Bearer ', ''));
    const where = { 'client-address': '192.0.2.8' };
    const look = () => age('UPDATE sessions SET id = id');
    await elsewhere.query('{ viewer { kind } }', {}, where);
    await expect.poll(look).toEqual({ address: '192.0.2.8', fresh: true });
    await age(`UPDATE sessions SET last_used_at = now() - interval '1 hour'`);
    await elsewhere.query('{ viewer { kind } }', {}, where);
    expect(await look()).toMatchObject({ fresh: false });
  });

  test.each([
    ['one', (_mine: string, other: string) => ({ sessionIds: [other] }), [true, false]],
    ['the others', () => ({ othersOnly: true }), [true, false]],
    ['all', () => ({}), [false, false]],
    ['this one', (mine: string) => ({ sessionIds: [mine] }), [false, true]],
  ])('ends %s', async (_, input, stay) => {
    const person = await newPerson();
    const [here, there] = [await enter(person), await enter(person)];
    for (const { actor } of [here, there]) await actor.query('{ viewer { kind } }');
    const { endedSessionIds } = await run<{ endedSessionIds: string[] }>(
      here.actor,
      endSessions,
      input(here.id, there.id),
    );
    const gone = [here, there].filter((__, at) => stay[at] === false);
    expect(endedSessionIds.toSorted()).toEqual(gone.map(({ id }) => id).toSorted());
    for (const { actor } of gone) await ended(actor);
    for (const each of [here, there])
      if (!gone.includes(each)) expect(await each.actor.query('{ viewer { kind } }')).toBeTruthy();
    expect((await eventsAbout(account.admin, person.id)).at(-1)).toMatchObject({
      type: 'USER_SESSIONS_ENDED',
      changes: [{ field: 'sessions', before: null, after: gone.length }],
    });
  });

  test('passes over what is over, unknown or no id, and tells nothing of it', async () => {
    const person = await newPerson();
    const { actor } = await enter(person);
    const stranger = await enter(await newPerson());
    const sessionIds = [crypto.randomUUID(), 'x', '', stranger.id];
    expect(await run(actor, endSessions, { sessionIds })).toEqual({ endedSessionIds: [] });
    expect(await run(actor, endSessions, { othersOnly: true })).toEqual({ endedSessionIds: [] });
    expect(await stranger.actor.query('{ viewer { kind } }')).toBeTruthy();
    expect((await eventsAbout(account.admin, person.id)).map(({ type }) => type)).not.toContain(
      'USER_SESSIONS_ENDED',
    );
  });
});

test('an ended session is over in another process, and closes what is open there', async () => {
  const person = await newPerson();
  const [here, there] = [await enter(person), await enter(person)];
  const other = await world.anotherCore();
  const context = await other.core.createContext({ authorization: there.actor.authorization });
  const closed = new Promise<void>((resolve) => void other.core.onAccessEnded(context, resolve));
  await run(here.actor, endSessions, { othersOnly: true });
  await closed;
  await ended(other.actor(there.actor.authorization.replace('Bearer ', '')));
});

describe('those of somebody else', () => {
  test('are for who may change people and do no less', async () => {
    const person = await newPerson();
    const { id, actor } = await enter(person);
    expect((await sessionsOf(account.admin, person.id)).user.sessions).toMatchObject([
      { id, current: false },
    ]);
    const { role } = await run<{ role: { id: string } }>(account.admin, createRole, {
      name: crypto.randomUUID(),
      permissions: ['tokens:write'],
    });
    await run(account.admin, grantRole, { userId: person.id, roleId: role.id });
    const reader = await account.withPermissions('users:read');
    const clerk = await account.withPermissions('users:read', 'users:write');
    const end = { userId: person.id };
    const look = 'query ($id: ID!) { user(id: $id) { sessions { id } } }';
    for (const [who, permission] of [
      [reader, 'users:write'],
      [clerk, 'tokens:write'],
    ] as const) {
      expect(await refused(who, endSessions, end)).toMatchObject({ code: 'FORBIDDEN', permission });
      expect(await who.refusal(look, { id: person.id })).toMatchObject({ code: 'FORBIDDEN', permission });
    }
    expect(await run(account.admin, endSessions, end)).toEqual({ endedSessionIds: [id] });
    await ended(actor);
  });

  test.each([
    [{ userId: crypto.randomUUID() }, 'NOT_FOUND', 'userId'],
    [{ userId: 'x' }, 'NOT_FOUND', 'userId'],
    [{ sessionIds: [], othersOnly: true }, 'INVALID_INPUT', 'othersOnly'],
  ])('%j is %s', async (input, code, field) => {
    expect(await refused(account.admin, endSessions, input)).toMatchObject({ code, field });
  });

  test('a machine names whose', async () => {
    expect(await refused(account.idp, endSessions, {})).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'userId',
    });
    expect(await account.idp.query('{ viewer { sessions { id } } }')).toEqual({ viewer: { sessions: [] } });
  });
});

test('with each new session some that are over are deleted', async () => {
  const person = await newPerson();
  const [over, open] = [await enter(person), await enter(person)];
  const left = await withClient(world.databaseUrl, async (client) => {
    await client.query("UPDATE sessions SET expires_at = '2000-01-01' WHERE id = $1", [over.id]);
    await enter(person);
    return client.query('SELECT id FROM sessions WHERE id = ANY($1)', [[over.id, open.id]]);
  });
  expect(left.rows).toEqual([{ id: open.id }]);
});

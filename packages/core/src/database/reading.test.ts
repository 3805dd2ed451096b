import { testDatabase } from '@rollcall/embedded-postgres/test-cluster';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withClient } from '../testing/tables.ts';
import { type Database, openDatabase } from './database.ts';

let url: string;
let database: Database;
let drop: () => Promise<void>;
beforeAll(async () => {
  ({ url, drop } = await testDatabase());
  database = await openDatabase({ url, poolSize: 4 });
});
afterAll(async () => {
  await database.close();
  await drop();
});

const sleepFor = (seconds: number) => sql`SELECT pg_sleep(${seconds})`;

/** How many statements of ours sleep at this moment. */
const sleeping = (): Promise<number> =>
  withClient(url, async (client) => {
    const { rows } = await client.query(
      `SELECT count(*)::int AS count FROM pg_stat_activity
       WHERE datname = current_database() AND state = 'active' AND wait_event = 'PgSleep'`,
    );
    return rows[0].count;
  });

test('what is read for a client that hangs up is cancelled in PostgreSQL', async () => {
  const client = new AbortController();
  const reading = sleepFor(600).execute(database.reading({ owner: 'a', signal: client.signal }));
  await expect.poll(sleeping).toBe(1);
  client.abort(new Error('hung up'));
  await expect(reading).rejects.toThrow('hung up');
  await expect.poll(sleeping).toBe(0);
});

test('nothing is sent for a client that has hung up already', async () => {
  const texts: string[] = [];
  const stop = database.observe((text) => texts.push(text));
  const gone = database.reading({ owner: 'a', signal: AbortSignal.abort(new Error('hung up')) });
  await expect(sleepFor(600).execute(gone)).rejects.toThrow('hung up');
  stop();
  expect(texts).toEqual([]);
});

test('an account whose reads take all they can get leaves room for another', async () => {
  const clients = Array.from({ length: 12 }, () => new AbortController());
  const slow = clients.map(({ signal }) => sleepFor(600).execute(database.reading({ owner: 'a', signal })));
  const ends = Promise.allSettled(slow);
  await expect.poll(sleeping).toBe(2);
  await sql`SELECT 1`.execute(database.reading({ owner: 'b' }));
  await sql`SELECT 1`.execute(database.writing({ owner: 'b' }).sql);
  await database.writing({ owner: 'b' }).transaction((em) => em.execute('SELECT 1'));
  expect(await sleeping()).toBe(2);
  for (const client of clients) client.abort(new Error('hung up'));
  expect((await ends).every(({ status }) => status === 'rejected')).toBe(true);
});

test('a read that takes too long is refused as too much, a write as one to try again', async () => {
  const hasty = await openDatabase({ url: `${url}?options=-c%20statement_timeout%3D50ms`, poolSize: 2 });
  try {
    await expect(sleepFor(600).execute(hasty.reading({ owner: 'a' }))).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
      facts: { limit: 15 },
    });
    await expect(sleepFor(600).execute(hasty.writing({ owner: 'a' }).sql)).rejects.toMatchObject({
      code: '57014',
    });
  } finally {
    await hasty.close();
  }
});

test('each connection asks for the settings that it needs, whatever those of PostgreSQL are', async () => {
  const name = new URL(url).pathname.slice(1);
  await withClient(url, (client) =>
    client.query(`ALTER DATABASE ${name} SET jit = on; ALTER DATABASE ${name} SET random_page_cost = 4`),
  );
  const opened = await openDatabase({ url, poolSize: 2 });
  const { rows } =
    await sql`SELECT current_setting('jit') AS jit, current_setting('random_page_cost') AS page,
    current_setting('statement_timeout') AS longest`.execute(opened.sql);
  await opened.close();
  expect(rows).toEqual([{ jit: 'off', page: '1.1', longest: '15s' }]);
});

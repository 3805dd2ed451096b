import { type TestDatabase, testDatabase } from '@rollcall/embedded-postgres/test-cluster';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Database, openDatabase } from './database.ts';
import { isUnavailable } from './unavailable.ts';

let testing: TestDatabase;
const opened: Database[] = [];
beforeEach(async () => {
  testing = await testDatabase();
});
afterEach(async () => {
  for (const database of opened.splice(0)) await database.close();
  await testing.drop();
});

async function open(): Promise<Database> {
  const database = await openDatabase({ url: testing.url, poolSize: 2 });
  opened.push(database);
  return database;
}

/** As an operator does it, or a provider whose disk is full. */
async function say(statement: string): Promise<void> {
  const operator = new pg.Client({ connectionString: testing.url });
  await operator.connect();
  await operator.query('SET default_transaction_read_only = off');
  await operator.query(statement);
  await operator.end();
}
const name = () => pg.escapeIdentifier(decodeURIComponent(new URL(testing.url).pathname.slice(1)));
const takeNoWrites = () => say(`ALTER DATABASE ${name()} SET default_transaction_read_only = on`);
const takeWrites = () => say(`ALTER DATABASE ${name()} RESET default_transaction_read_only`);
/** What has been set holds for sessions that begin later. */
const endSessions = () =>
  say(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  );

test('a database that takes no writes is refused at the start, with the setting and the way out', async () => {
  await takeNoWrites();
  await expect(open()).rejects.toThrow(/takes no writes: default_transaction_read_only.*RESET/);
});

test('one that comes to take none is not ready, until it takes them again', async () => {
  const { readiness } = await open();
  expect(await readiness.within(1500)).toBe('READY');
  await takeNoWrites();
  const state = () => readiness.within(1500);
  await endSessions();
  await expect.poll(state).toBe('READ_ONLY');
  await takeWrites();
  await expect.poll(state, { timeout: 15_000 }).toBe('READY');
}, 40_000);

test('a session that was refused a write is not asked again', async () => {
  const database = await open();
  await takeNoWrites();
  await endSessions();
  const write = () => database.transaction((em) => em.execute('CREATE TABLE IF NOT EXISTS written ()'));
  await expect.poll(() => database.pool.totalCount).toBe(0);
  await expect(write()).rejects.toSatisfy(isUnavailable);
  await takeWrites();
  await write();
});

import { type TestDatabase, testDatabase } from '@rollcall/embedded-postgres/test-cluster';
import { openDatabaseProxy } from '@rollcall/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPool } from './pool.ts';
import { isUnavailable } from './unavailable.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const openImpatientPool = (url: string) =>
  openPool({ url, max: 1, observers: new Set(), answerWithinMs: 500, verify: () => Promise.resolve() });

test('a connection on which PostgreSQL falls silent is given up, and the pool makes another', async () => {
  const proxy = await openDatabaseProxy(database.url);
  const pool = openImpatientPool(proxy.url);
  await pool.query('SELECT 1');
  proxy.freeze();
  const error: unknown = await pool.query('SELECT 2').catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: 'NoAnswer' });
  expect(isUnavailable(error)).toBe(true);
  proxy.mend();
  expect((await pool.query('SELECT 3 AS n')).rows).toEqual([{ n: 3 }]);
  await pool.end();
  await proxy.close();
});

test('one that answers in time is kept, however long it rests between', async () => {
  const pool = openImpatientPool(database.url);
  const pid = async () => (await pool.query('SELECT pg_backend_pid() AS pid, pg_sleep(0.2)')).rows[0].pid;
  const first = await pid();
  await new Promise((resolve) => setTimeout(resolve, 800));
  expect(await pid()).toBe(first);
  await pool.end();
});

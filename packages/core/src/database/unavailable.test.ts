import { type TestDatabase, testDatabase } from '@rollcall/embedded-postgres/test-cluster';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isUnavailable, OutcomeUnknown, outcomeOfStatement } from './unavailable.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const thrownBy = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

test('a database that takes no connection did nothing', async () => {
  const nowhere = new pg.Client({ connectionString: 'postgres://127.0.0.1:1/x' });
  const error = await thrownBy(nowhere.connect());
  expect(isUnavailable(error)).toBe(true);
  expect(outcomeOfStatement(error)).toBe(error);
});

test('a connection that PostgreSQL ends leaves it open whether the statement was made', async () => {
  const client = new pg.Client({ connectionString: database.url });
  client.on('error', () => undefined);
  await client.connect();
  const error = await thrownBy(client.query('SELECT pg_terminate_backend(pg_backend_pid())'));
  expect(isUnavailable(error)).toBe(true);
  expect(outcomeOfStatement(error)).toBeInstanceOf(OutcomeUnknown);
  const later = await thrownBy(client.query('SELECT 1'));
  expect(isUnavailable(later)).toBe(true);
  await client.end();
});

test('it is seen through the errors that wrap it', () => {
  const refused = Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' });
  expect(isUnavailable(new Error('wrapped', { cause: refused }))).toBe(true);
});

test('what PostgreSQL says of a statement is no such thing', async () => {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  for (const wrong of ['SELECT nothing', 'SELECT 1/0', "SELECT 'x'::int"]) {
    const error = await thrownBy(client.query(wrong));
    expect(error).toBeInstanceOf(pg.DatabaseError);
    expect(isUnavailable(error)).toBe(false);
  }
  await client.end();
});

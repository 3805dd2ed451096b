import { testDatabase } from '@rollcall/embedded-postgres/test-cluster';
import { expect, test } from 'vitest';
import { withClient } from '../testing/tables.ts';
import { openDatabase } from './database.ts';
import { migrations } from './migrate.ts';

test('migrations are told apart from newer ones by their names', () => {
  const names = migrations.map(({ name }) => name);
  expect(names).toEqual(names.toSorted());
});

test('an older version is not ready once a newer one has upgraded the database, and does not start on it', async () => {
  const { url, drop } = await testDatabase();
  const older = await openDatabase({ url });
  expect(await older.readiness.within(1500)).toBe('READY');
  await withClient(url, (newer) =>
    newer.query(`INSERT INTO migrations (name, executed_at) VALUES ('9999-of-a-newer-version', now())`),
  );
  expect(await older.readiness.within(1500)).toBe('UPGRADED');
  await older.close();
  await expect(openDatabase({ url })).rejects.toThrow(/upgraded by a newer Rollcall. Start that version/);
  await drop();
});

import { testDatabase } from '@rollcall/embedded-postgres/test-cluster';
import type pg from 'pg';
import { expect, test } from 'vitest';
import { startCore } from '../core.ts';
import { withClient } from '../testing/tables.ts';
import { type Database, openDatabase } from './database.ts';

interface Column {
  readonly table: string;
  readonly column: string;
  readonly type: string | null;
  readonly nullable: boolean;
  readonly primary: boolean;
}

const byName = (columns: readonly Column[]): Record<string, Column> =>
  Object.fromEntries(columns.map((each) => [`${each.table}.${each.column}`, each]));

async function columnsOfEntities(database: Database, client: pg.Client): Promise<Column[]> {
  const columns: Column[] = [];
  for (const meta of database.entityManager().getMetadata().getAll().values()) {
    for (const { fieldNames, columnTypes, nullable = false, primary = false } of meta.props) {
      for (const [index, column] of fieldNames.entries()) {
        const { rows } = await client.query<{ type: string | null }>('SELECT to_regtype($1)::text AS type', [
          columnTypes[index],
        ]);
        columns.push({ table: meta.tableName, column, type: rows[0]?.type ?? null, nullable, primary });
      }
    }
  }
  return columns;
}

async function columnsOfTables(client: pg.Client): Promise<Column[]> {
  const { rows } = await client.query<Column>(`
    SELECT c.relname AS "table", a.attname AS "column", a.atttypid::regtype::text AS type, NOT a.attnotnull AS nullable,
      EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary AND a.attnum = ANY (i.indkey)) AS primary
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = 'public'::regnamespace AND c.relname <> 'migrations'`);
  return rows;
}

test('the migrated tables are those of the entities: names, types, nullability, keys', async () => {
  const { url, drop } = await testDatabase();
  const database = await openDatabase({ url });
  await withClient(url, async (client) => {
    const [entities, tables] = [await columnsOfEntities(database, client), await columnsOfTables(client)];
    expect(tables.length).toBeGreaterThan(80);
    expect(byName(entities)).toEqual(byName(tables));
  });
  await database.close();
  await drop();
});

test('every row carries its account, and references between rows carry it too', async () => {
  const { url, drop } = await testDatabase();
  const database = await openDatabase({ url });
  await withClient(url, async (client) => {
    const { rows } = await client.query<{ table: string; columns: string[] }>(`
      SELECT conrelid::regclass::text AS "table", array_agg(a.attname::text) AS columns
      FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)
      WHERE c.contype = 'f' GROUP BY c.oid, c.conrelid`);
    expect(rows.length).toBeGreaterThan(10);
    for (const { table, columns } of rows) expect(columns, table).toContain('account_id');
    const without = (await columnsOfTables(client)).reduce(
      (tables, { table, column }) =>
        tables.set(table, (tables.get(table) ?? false) || column === 'account_id'),
      new Map<string, boolean>(),
    );
    const exempt = [...without].filter(([, has]) => !has).map(([table]) => table);
    expect(exempt.sort()).toEqual([
      'accounts',
      'histories',
      'installation',
      'passkey_challenges',
      'sign_in_attempts',
    ]);
  });
  await database.close();
  await drop();
});

test('two processes that start at once on an empty database both come up', async () => {
  const { url, drop } = await testDatabase();
  const options = { databaseUrl: url, publicUrl: 'http://rollcall.test' };
  const cores = await Promise.all([startCore(options), startCore(options), startCore(options)]);
  await withClient(url, async (client) => {
    const { rows } = await client.query<{ name: string }>('SELECT name FROM migrations ORDER BY id');
    expect(rows.map(({ name }) => name)).toEqual([...new Set(rows.map(({ name }) => name))]);
    expect(rows.length).toBeGreaterThan(0);
  });
  await Promise.all(cores.map((core) => core.close()));
  await drop();
});

import { Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import { testDatabase } from '@rollcall/embedded-postgres/test-cluster';
import type pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startCore } from '../core.ts';
import { entities } from '../model/entities.ts';
import { withClient } from '../testing/tables.ts';
import { migrations } from './migrate.ts';

const NFC = 'Caf\u00e9';
const NFD = 'Cafe\u0301';
const account = crypto.randomUUID();
let database: Awaited<ReturnType<typeof testDatabase>>;
beforeEach(async () => {
  database = await testDatabase();
  await migrateTo('0012-create-installation');
  await query(`INSERT INTO accounts (id, name, region) VALUES ('${account}', 'Acme', 'EU')`);
});
afterEach(() => database.drop());

/** Runs the migrations up to this one. Functions are as they are now, where they can be made so early. */
async function migrateTo(last: string): Promise<void> {
  const end = migrations.findIndex(({ name }) => name === last) + 1;
  const orm = await MikroORM.init({
    clientUrl: database.url,
    entities,
    migrations: { migrationsList: migrations.slice(0, end), tableName: 'migrations', snapshot: false },
    discovery: { warnWhenNoEntities: false },
    logger: () => undefined,
  });
  await new Migrator(orm.em).up().finally(() => orm.close(true));
}

const query = (text: string): Promise<pg.QueryResult> =>
  withClient(database.url, (client) => client.query(text));

const addUser = async (userName: string, department: string | null = null): Promise<string> => {
  const { rows } = await query(`INSERT INTO users (account_id, id, status, user_name, department)
    VALUES ('${account}', gen_random_uuid(), 'ACTIVE', '${userName}', ${department === null ? 'NULL' : `'${department}'`}) RETURNING id`);
  return rows[0].id;
};

test('names that have become one are told, and nothing is changed until somebody has renamed them', async () => {
  const ids = [await addUser('straße@example.com'), await addUser('STRASSE@example.com')];
  const failure = await migrateTo('0015-fold-text').catch(String);
  expect(failure).toContain(`users of account ${account}: `);
  for (const told of ['"straße@example.com"', '"STRASSE@example.com"', ...ids])
    expect(failure).toContain(told);
  expect(failure).toContain('Rename all but one');
  await query(`UPDATE users SET user_name = 'other@example.com' WHERE id = '${ids[0]}'`);
  await migrateTo('0015-fold-text');
  await expect(addUser('STRAẞE@example.com')).rejects.toThrow('users__user_name');
});

test('departments that have become one end as one team, with the people of both and the events that tell of it', async () => {
  await query(`UPDATE accounts SET create_teams = 'DEPARTMENT'`);
  for (const [userName, department] of [
    ['ann', NFC],
    ['ben', NFD],
  ] as const) {
    const [id, key] = [await addUser(userName, department), department.toLowerCase()];
    await query(`WITH team AS (INSERT INTO teams (account_id, id, origin, display_name)
        VALUES ('${account}', gen_random_uuid(), 'ORG_STRUCTURE', '${department}') RETURNING id),
      member AS (INSERT INTO memberships (account_id, team_id, user_id) SELECT '${account}', id, '${id}' FROM team),
      kept AS (INSERT INTO org_teams (account_id, team_id, department, name, claim, is_adopted)
        SELECT '${account}', id, '${key}', '${department}', '${key}', false FROM team),
      spelled AS (INSERT INTO org_spellings VALUES ('${account}', '${key}', '${department}', 1)),
      linked AS (INSERT INTO org_links VALUES ('${account}', '${key}', '', 1))
      INSERT INTO org_people (account_id, user_id, is_member, department, spelling, label, user_name)
        VALUES ('${account}', '${id}', true, '${key}', '${department}', '${userName}', '${userName}')`);
  }
  const core = await startCore({ databaseUrl: database.url, publicUrl: 'http://rollcall.test' });
  await expect
    .poll(async () => (await query('SELECT state FROM org_rebuilds')).rows, { timeout: 20_000 })
    .toEqual([{ state: 'DONE' }]);
  await core.close();
  const { rows } = await query(`SELECT t.display_name, count(m.user_id)::int AS members FROM teams t
    LEFT JOIN memberships m ON m.account_id = t.account_id AND m.team_id = t.id GROUP BY t.id, t.display_name`);
  expect(rows).toEqual([{ display_name: NFC, members: 2 }]);
  const { rows: told } = await query('SELECT DISTINCT type FROM events ORDER BY type');
  expect(told.map(({ type }) => type)).toEqual([
    'ORG_STRUCTURE_REBUILT',
    'TEAM_DELETED',
    'TEAM_MEMBER_ADDED',
    'TEAM_MEMBER_REMOVED',
  ]);
});

test('values of custom attributes are found by their new form', async () => {
  const attribute = crypto.randomUUID();
  // The form in which they were compared before.
  await query(`CREATE FUNCTION custom_attribute_keys(attribute_type text, case_exact boolean, content jsonb)
    RETURNS TABLE (value text, number numeric) LANGUAGE sql STABLE AS $$ SELECT lower(content #>> '{}'), NULL::numeric $$`);
  await query(`INSERT INTO custom_attributes (account_id, id, schema, name, type, multi_valued, required, case_exact,
      canonical_values, uniqueness, indexed)
    VALUES ('${account}', '${attribute}', 'urn:x:y', 'badge', 'STRING', false, false, false, '{}', 'SERVER', true)`);
  for (const badge of [NFD, 'Plain', 'ΣΊΣΥΦΟΣ']) {
    const id = await addUser(badge);
    await query(`UPDATE users SET custom_attributes = '{"${attribute}": "${badge}"}' WHERE id = '${id}'`);
  }
  await migrateTo('0015-fold-text');
  const { rows } = await query('SELECT value FROM custom_attribute_values ORDER BY value');
  expect(rows.map(({ value }) => value)).toEqual(['caf\u00e9', 'plain', 'σίσυφοσ']);
});

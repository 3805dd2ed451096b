import { type RawBuilder, sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { teamOrderFields } from '../teams/team-order.ts';
import { withClient } from '../testing/tables.ts';
import { useSharedAccount, useWorld } from '../testing/world.ts';
import { userOrderFields } from '../users/user-order.ts';
import { afterPosition, orderBy } from './list-order.ts';

const world = useWorld();
const account = useSharedAccount(world);
beforeAll(async () => {
  await withClient(world.databaseUrl, async (client) => {
    await client.query(
      `INSERT INTO users (account_id, id, status, user_name)
       SELECT $1, gen_random_uuid(), 'ACTIVE', 'person-' || n FROM generate_series(1, 20000) n`,
      [account.id],
    );
    await client.query(
      `INSERT INTO teams (account_id, id, origin, display_name)
       SELECT $1, gen_random_uuid(), 'MANUAL', 'team-' || n FROM generate_series(1, 20000) n`,
      [account.id],
    );
    await client.query('ANALYZE users, teams');
  });
});

async function planOf(rows: RawBuilder<unknown>): Promise<string> {
  const statement = sql<{ 'QUERY PLAN': string }>`EXPLAIN SELECT FROM ${rows}`;
  const plan = await statement.execute(world.core.database.sql);
  return plan.rows.map((row) => row['QUERY PLAN']).join('\n');
}

test.each([
  ['USER_NAME', 'users__by_user_name'],
  ['LABEL', 'users__label'],
])('the page after somebody in the order of %s begins at their place in an index', async (field, index) => {
  const key = userOrderFields[field]?.key(null);
  if (key === undefined) throw new Error(`there is no order ${field}`);
  const from = { key: 'person-7', id: crypto.randomUUID() };
  const plan = await planOf(sql`users u
    WHERE u.account_id = ${account.id}::uuid AND ${afterPosition(key, sql`u.id`, from, false)}
    ORDER BY ${orderBy(key, sql`u.id`, false)} LIMIT 50`);
  expect(plan).toContain(`using ${index} `);
  expect(plan).toContain('Index Cond');
});

test('the page after a team in the order of DISPLAY_NAME begins at its place in an index', async () => {
  const { DISPLAY_NAME: key } = teamOrderFields;
  if (key === undefined) throw new Error('there is no order DISPLAY_NAME');
  const plan = await planOf(sql`teams t WHERE t.account_id = ${account.id}::uuid
    AND ${afterPosition(key, sql`t.id`, { key: 'team-7', id: crypto.randomUUID() }, false)}
    ORDER BY ${orderBy(key, sql`t.id`, false)} LIMIT 50`);
  expect(plan).toContain('using teams__by_display_name ');
  expect(plan).toContain('Index Cond');
});

import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { withClient } from '../testing/tables.ts';
import { useSharedAccount, useWorld } from '../testing/world.ts';
import { userOrderFields } from '../users/user-order.ts';
import { comesAfter, orderBy } from './list-order.ts';

const world = useWorld();
const account = useSharedAccount(world);
beforeAll(async () => {
  await withClient(world.databaseUrl, async (client) => {
    await client.query(
      `INSERT INTO users (account_id, id, status, user_name)
       SELECT $1, gen_random_uuid(), 'ACTIVE', 'person-' || n FROM generate_series(1, 20000) n`,
      [account.id],
    );
    await client.query('ANALYZE users');
  });
});

test.each([
  ['USER_NAME', 'users__user_name'],
  ['LABEL', 'users__label'],
])('the page after somebody in the order of %s begins at their place in an index', async (field, index) => {
  const key = userOrderFields[field]?.key(null);
  if (key === undefined) throw new Error(`there is no order ${field}`);
  const from = { key: 'person-7', id: crypto.randomUUID() };
  const { rows } = await sql<{ 'QUERY PLAN': string }>`EXPLAIN SELECT u.id FROM users u
    WHERE u.account_id = ${account.id}::uuid AND ${comesAfter(key, sql`u.id`, from, false)}
    ORDER BY ${orderBy(key, sql`u.id`, false)} LIMIT 50`.execute(world.core.database.sql);
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(plan).toContain(`using ${index} `);
  expect(plan).toContain('Index Cond');
});

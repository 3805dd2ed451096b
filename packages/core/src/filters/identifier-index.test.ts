import { type RawBuilder, sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { teamCondition } from '../teams/team-filter.ts';
import { withClient } from '../testing/tables.ts';
import { useSharedAccount, useWorld } from '../testing/world.ts';
import { userCondition } from '../users/user-filter.ts';

const world = useWorld();
const account = useSharedAccount(world);
const someId = crypto.randomUUID();
beforeAll(async () => {
  await withClient(world.databaseUrl, async (client) => {
    await client.query(
      `INSERT INTO users (account_id, id, status, user_name)
       SELECT $1, gen_random_uuid(), 'ACTIVE', 'person-' || n FROM generate_series(1, 5000) n`,
      [account.id],
    );
    // A tenth leads nine others each, so that nobody is everybody's manager.
    await client.query(
      `WITH n AS (SELECT id, row_number() OVER (ORDER BY id) AS n FROM users WHERE account_id = $1)
       UPDATE users u SET manager_id = b.id FROM n, n b WHERE u.account_id = $1 AND u.id = n.id AND b.n = n.n / 10 AND n.n % 10 > 0`,
      [account.id],
    );
    await client.query(
      `INSERT INTO teams (account_id, id, origin, display_name)
       SELECT $1, gen_random_uuid(), 'MANUAL', 'team ' || n FROM generate_series(1, 1000) n`,
      [account.id],
    );
    await client.query(
      `INSERT INTO memberships (account_id, team_id, user_id) SELECT t.account_id, t.id, u.id FROM
         (SELECT *, row_number() OVER (ORDER BY id) AS n FROM teams WHERE account_id = $1) t
         JOIN (SELECT *, row_number() OVER (ORDER BY id) AS n FROM users WHERE account_id = $1) u ON u.n % 1000 = t.n - 1`,
      [account.id],
    );
    await client.query('ANALYZE users, teams, memberships');
  });
});

async function planOf(table: RawBuilder<unknown>, alias: string, condition: RawBuilder<unknown>) {
  const { rows } = await sql<{ 'QUERY PLAN': string }>`EXPLAIN SELECT count(*) FROM ${table}
    WHERE ${sql.ref(`${alias}.account_id`)} = ${account.id}::uuid AND ${condition}`.execute(
    world.core.database.sql,
  );
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

test.each([
  ['id in', { id: { in: [someId, 'nobody'] } }, 'users__id'],
  ['managerId equals', { managerId: { equals: someId } }, 'users__reports'],
  ['managerId in', { managerId: { in: [someId] } }, 'users__reports'],
  ['managerReference equals an id', { managerReference: { equals: someId } }, 'users__reports'],
  ['managerReference equals a name', { managerReference: { equals: 'boss@x' } }, 'users__pending_manager'],
  ['teams some id', { teams: { some: { id: { equals: someId } } } }, 'memberships__member'],
  ['roleId equals', { roleId: { equals: someId } }, 'users__id'],
])('people by %s are found by an index', async (_, filter, index) => {
  const plan = await planOf(sql`users u`, 'u', userCondition(filter, null));
  expect(plan).toContain(` ${index} `);
  expect(plan).not.toContain('Seq Scan on users');
});

test.each([
  ['id in', { id: { in: [someId] } }, 'teams__id'],
  ['parentId equals', { parentId: { equals: someId } }, 'teams__children'],
  ['members some id', { members: { someId: { equals: someId } } }, 'memberships__of_user'],
  ['members some', { members: { some: { id: { equals: someId } } } }, 'memberships__of_user'],
])('teams by %s are found by an index', async (_, filter, index) => {
  const plan = await planOf(sql`teams t`, 't', teamCondition(filter, account.id));
  expect(plan).toContain(` ${index} `);
  expect(plan).not.toContain('Seq Scan on teams');
});

test.each([
  ['the id of a member', { members: { someId: { equals: someId } } }],
  ['a member by id', { members: { some: { id: { equals: someId } } } }],
  ['a member by name', { members: { some: { displayName: { equals: 'nobody' } } } }],
  ['a team that they are in', { nestedIn: { equals: someId } }],
])('teams by %s or by a name are looked for among the members of the account alone', async (_, filter) => {
  const or = [filter, { displayName: { equals: 'team 1' } }];
  for (const combined of [{ or }, { not: { or } }]) {
    const plan = await planOf(sql`teams t`, 't', teamCondition(combined, account.id));
    const scans = plan.match(/Scan .*on (memberships|nested_teams) .*(\n +[A-Z][a-z]+( Cond)?: .*)+/g) ?? [];
    expect(scans).not.toHaveLength(0);
    for (const scan of scans) expect(scan).toContain(`account_id = '${account.id}'::uuid`);
  }
});

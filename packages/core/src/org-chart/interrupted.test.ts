import type { AccountWorld } from '@rollcall/testkit';
import { expect, test } from 'vitest';
import { startCore } from '../core.ts';
import { createTeams, newUser, run } from '../testing/directory.ts';
import { withClient } from '../testing/tables.ts';
import { useWorld } from '../testing/world.ts';
import { chartInTables } from './testing/chart-in-tables.ts';
import { caughtUp } from './testing/random-history.ts';
import { walkChart } from './testing/walk-chart.ts';

const world = useWorld();

const BATCHES = 6;
const BATCH = 500;

/** Three thousand people, three hundred to a manager, and as many memberships: more than six slices. */
async function provision({ admin, idp }: AccountWorld): Promise<void> {
  const managers: string[] = [];
  for (let n = 0; n < 10; n += 1) managers.push((await newUser(idp)).id);
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const users = Array.from({ length: BATCH }, (_, n) => ({
      userName: `p-${batch}-${n}@example.com`,
      manager: managers[n % managers.length],
    }));
    const { createUsers } = await idp.query<{ createUsers: { results: { user: { id: string } }[] } }>(
      'mutation ($input: CreateUsersInput!) { createUsers(input: $input) { results { user { id } } } }',
      { input: { users } },
    );
    const memberIds = createUsers.results.map(({ user }) => user.id);
    await run(admin, createTeams, { teams: [{ displayName: `Batch ${batch}`, memberIds }] });
  }
}

test('a chart that two processes bring up to date, and are stopped at it, is right', async () => {
  const account = await world.account();
  const other = (await world.anotherCore()).actor(account.idp.token);
  await provision(account);
  await caughtUp(account);
  // Whether or not somebody has brought it up to date by now, everything is to do.
  await withClient(world.databaseUrl, async (client) => {
    await client.query('BEGIN');
    await client.query("SELECT pg_advisory_xact_lock(hashtextextended(concat($1::text, 'org chart'), 0))", [
      account.id,
    ]);
    for (const table of ['memberships', 'teams', 'people', 'positions'])
      await client.query(`DELETE FROM org_chart_${table} WHERE account_id = $1`, [account.id]);
    await client.query('COMMIT');
  });

  let stops = 0;
  let isStopping = true;
  const stopper = withClient(world.databaseUrl, async (client) => {
    while (isStopping && stops < 20) {
      // Whoever works on a slice holds the lock; whoever waits for it may not go on with half of it.
      const { rowCount } = await client.query(
        `SELECT pg_cancel_backend(l.pid) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
         WHERE l.locktype = 'advisory' AND l.granted AND d.datname = current_database() AND l.pid <> pg_backend_pid()`,
      );
      stops += rowCount ?? 0;
    }
  });
  const look = async (actor: typeof other) => {
    while ((await actor.ask('{ orgChart { personCount } }')).errors !== undefined);
  };
  await Promise.all([look(account.admin), look(other), look(account.admin)]);
  isStopping = false;
  await stopper;
  expect(stops).toBeGreaterThan(0);
  const expected = await chartInTables(world.databaseUrl, account.id);
  expect(Object.keys(expected.people).length).toBe(BATCHES * BATCH + 11);
  expect(await walkChart(account.admin, undefined, 500)).toEqual(expected);
}, 180_000);

test('a process brings charts up to date before anybody asks', async () => {
  const account = await world.account();
  await provision(account);
  await caughtUp(account);
  const core = await startCore({ databaseUrl: world.databaseUrl, publicUrl: 'http://rollcall.test' });
  const isUpToDate = () =>
    withClient(world.databaseUrl, async (client) => {
      const { rows } = await client.query<{ is_up_to_date: boolean }>(
        `SELECT NOT EXISTS (SELECT FROM events e WHERE e.account_id = p.account_id AND (e.epoch, e.xid, e.seq) > (p.epoch, p.xid, p.seq))
           AS is_up_to_date FROM org_chart_positions p WHERE p.account_id = $1`,
        [account.id],
      );
      return rows[0]?.is_up_to_date;
    });
  await expect.poll(isUpToDate, { timeout: 60_000 }).toBe(true);
  const one = await world.countStatements(() => account.admin.query('{ orgChart { cursor } }'));
  expect(one).toBe(1);
  await core.close();
}, 120_000);

import { pino } from 'pino';
import { expect, test } from 'vitest';
import { EVENTS_CHANNEL } from '../events/announcer.ts';
import { createUsers, newUser, run } from '../testing/directory.ts';
import { withClient } from '../testing/tables.ts';
import { useWorld } from '../testing/world.ts';
import { keepStatistics } from './keep-statistics.ts';
import { openNotifications } from './notifications.ts';

const world = useWorld();

const PEOPLE = 2000;
const LOOK_UPS = 100;
const byExternalId = `query ($id: String!) { users(first: 2, filter: { externalId: { equals: $id } }) { nodes { id } } }`;
const externalId = (n: number) => `external-${n}`;

/** Makes every connection of the pool report what it has read and written so far. */
async function reportAll(): Promise<void> {
  const { pool } = world.core.database;
  const clients = await Promise.all(Array.from({ length: pool.options.max }, () => pool.connect()));
  for (const client of clients) {
    await client.query('SELECT pg_stat_force_next_flush()');
    await client.query('SELECT 1');
    client.release();
  }
}

/** How many rows of the database were looked at so far. */
async function rowsRead(): Promise<number> {
  await reportAll();
  return withClient(world.databaseUrl, async (client) => {
    const { rows } = await client.query<{ count: number }>(
      `SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::int AS count FROM pg_stat_user_tables`,
    );
    return rows[0]?.count ?? 0;
  });
}

const counted = (table: string): Promise<boolean> =>
  withClient(world.databaseUrl, async (client) => {
    const { rows } = await client.query(
      `SELECT reltuples >= $2 AND EXISTS (SELECT FROM pg_stats WHERE tablename = relname) AS counted
       FROM pg_class WHERE oid = $1::regclass`,
      [table, PEOPLE],
    );
    return rows[0].counted;
  });

test('plans made on empty tables do not stay while a fresh database is filled', async () => {
  const { database } = world.core;
  const notifications = await openNotifications(world.databaseUrl, [EVENTS_CHANNEL]);
  const stop = keepStatistics(database, notifications, {
    channel: EVENTS_CHANNEL,
    log: pino({ level: 'silent' }),
  });
  const { idp } = await world.account();
  const lookUp = async (times: number) => {
    for (let n = 0; n < times; n += 1) await idp.query(byExternalId, { id: externalId(n) });
  };
  // PostgreSQL keeps a plan after five; each connection has its own.
  await Promise.all(Array.from({ length: 10 }, () => lookUp(10)));
  for (let first = 0; first < PEOPLE; first += 500) {
    const users = Array.from({ length: 500 }, (_, n) => ({
      userName: `person-${first + n}`,
      externalId: externalId(first + n),
    }));
    await run(idp, createUsers, { users });
  }
  await expect
    .poll(async () => {
      await reportAll();
      // Any writing makes the keeper look.
      await newUser(idp);
      return (await counted('users')) && (await counted('user_external_ids'));
    })
    .toBe(true);
  const before = await rowsRead();
  await lookUp(LOOK_UPS);
  const perLookUp = ((await rowsRead()) - before) / LOOK_UPS;
  await stop();
  await notifications.close();
  expect(perLookUp).toBeLessThan(20);
});

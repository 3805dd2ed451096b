import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AccountWorld, World } from '@rollcall/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Core } from '../core.ts';
import { chartInTables } from '../org-chart/testing/chart-in-tables.ts';
import { caughtUp, wholeLog } from '../org-chart/testing/random-history.ts';
import { walkChart } from '../org-chart/testing/walk-chart.ts';
import { deprovisionUser, newUser, run } from '../testing/directory.ts';
import { eventsUntil, feedCursor, follow, labelled, nextOf } from '../testing/feed.ts';
import { findPrograms, openStockPostgres, type StockPostgres } from '../testing/stock-postgres.ts';
import { withClient } from '../testing/tables.ts';
import { openWorldOn } from '../testing/world.ts';

const page = readFileSync(join(import.meta.dirname, '../../../../docs/guides/backup.md'), 'utf8');

/** What stands in the page under a name. */
function commands(name: string): string {
  const [, block] = new RegExp(`^\`\`\`(?:sh|conf) ${name}\\n(.*?)^\`\`\``, 'ms').exec(page) ?? [];
  if (block === undefined) throw new Error(`The page has no commands ${name}.`);
  return block;
}

const programs = await findPrograms();
if (programs === undefined)
  process.stderr.write(
    'Without pg_dump on this machine, the commands of docs/guides/backup.md are not run.\n',
  );

let postgres: StockPostgres;
const worlds: World<Core>[] = [];
afterAll(async () => {
  await Promise.all(worlds.map((world) => world.core.close()));
  await postgres?.close();
});

async function openWorld(databaseUrl: string): Promise<World<Core>> {
  const world = await openWorldOn(databaseUrl);
  worlds.push(world);
  return world;
}

/** The same account, at another world. */
const at = (world: World<Core>, account: AccountWorld): AccountWorld => ({
  ...account,
  admin: world.actor(account.admin.authorization.replace('Bearer ', '')),
  idp: { ...world.actor(account.idp.token), token: account.idp.token },
});

const labelsOf = async (account: AccountWorld) =>
  (await wholeLog(account)).map(({ type, subject }) => `${type} ${subject.label}`);

const MANY_TRANSACTIONS = `DO $$ BEGIN FOR n IN 1..20000 LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP; END $$`;

describe.skipIf(programs === undefined)('the commands of the guide', () => {
  let account: AccountWorld;
  let serverUrl: string;
  let archive: string;
  beforeAll(async () => {
    postgres = await openStockPostgres(programs ?? '');
    archive = join(postgres.directory, 'archive');
    postgres.run('mkdir "$ARCHIVE"', { ARCHIVE: archive });
    const archiving = commands('archiving').replaceAll('/archive', archive).trim().split('\n');
    serverUrl = (await postgres.start('old', archiving)).url;
    // An old server: its transaction numbers are far beyond those of a young one.
    await withClient(`${serverUrl}/postgres`, async (client) => {
      await client.query('SET synchronous_commit = off');
      await client.query(MANY_TRANSACTIONS);
      await client.query('CREATE DATABASE rollcall');
    });
    const world = await openWorld(`${serverUrl}/rollcall`);
    account = await world.account();
    for (let n = 0; n < 10; n += 1) await newUser(account.idp, { displayName: `before ${n}` });
    await caughtUp(account);
    await account.admin.query('{ orgChart { personCount } }');
  }, 120_000);

  test('a dump that is restored into a younger server has the whole log, and goes on after it', async () => {
    const [log, cursor] = [await labelsOf(account), await feedCursor(account.admin)];
    postgres.run(commands('dump'), { DATABASE_URL: `${serverUrl}/rollcall` });
    const { url } = await postgres.start('young');
    postgres.run(commands('restore'), { NEW_SERVER_URL: url });

    const world = await openWorld(`${url}/rollcall`);
    const there = at(world, account);
    expect(await labelsOf(there)).toEqual(log);
    const resumed = follow(there.admin, cursor);
    expect((await nextOf(resumed)).gap?.reason).toMatch(/restored from a backup/);
    const { id } = await newUser(there.idp, { displayName: 'after 0' });
    for (let n = 1; n < 5; n += 1) await newUser(there.idp, { displayName: `after ${n}` });
    await run(there.idp, deprovisionUser, { id });
    for (const label of ['after 0', 'after 1', 'after 2', 'after 3', 'after 4', 'after 0'])
      expect((await nextOf(resumed)).event?.subject.label).toBe(label);
    await resumed.return();
    expect(await walkChart(there.admin)).toEqual(await chartInTables(world.databaseUrl, there.id));
    expect((await labelsOf(there)).slice(0, log.length)).toEqual(log);
  }, 120_000);

  test('recovery to a moment gives the log up to then, and tells those who have seen more', async () => {
    const base = join(postgres.directory, 'base');
    postgres.run(commands('base-backup'), { SERVER_URL: serverUrl, BASE_BACKUP: base });
    await newUser(account.idp, { displayName: 'kept' });
    await caughtUp(account);
    const log = await labelsOf(account);
    const moment = await withClient(`${serverUrl}/postgres`, async (client) => {
      const { rows } = await client.query<{ now: string }>('SELECT clock_timestamp()::text AS now');
      return rows[0]?.now ?? '';
    });
    await newUser(account.idp, { displayName: 'lost' });
    await caughtUp(account);
    const cursor = await feedCursor(account.admin);
    await withClient(`${serverUrl}/postgres`, async (client) => {
      const { rows } = await client.query<{ file: string }>(
        'SELECT pg_walfile_name(pg_switch_wal()) AS file',
      );
      const archived = () =>
        client.query('SELECT FROM pg_stat_archiver WHERE last_archived_wal >= $1', [rows[0]?.file]);
      await expect.poll(async () => (await archived()).rowCount).toBe(1);
    });
    postgres.run(commands('recover'), { BASE_BACKUP: base, ARCHIVE: archive, MOMENT: moment });
    const { url } = await postgres.start('base', ['archive_mode = off']);
    await withClient(`${url}/rollcall`, async (client) => {
      const recovered = () => client.query('SELECT WHERE NOT pg_is_in_recovery()');
      await expect.poll(async () => (await recovered()).rowCount).toBe(1);
    });

    const world = await openWorld(`${url}/rollcall`);
    const there = at(world, account);
    expect(await labelsOf(there)).toEqual(log);
    const resumed = follow(there.admin, cursor);
    expect((await nextOf(resumed)).gap?.reason).toMatch(/restored from a backup/);
    await newUser(there.idp, { displayName: 'after' });
    expect((await nextOf(resumed)).event?.subject.label).toBe('after');
    await resumed.return();
    expect(await walkChart(there.admin)).toEqual(await chartInTables(world.databaseUrl, there.id));
  }, 120_000);

  test('a replica that is promoted goes on with the whole log, and followers go on from their place', async () => {
    const replica = join(postgres.directory, 'replica');
    postgres.run(commands('replica'), { SERVER_URL: serverUrl, REPLICA: replica });
    const { url } = await postgres.start('replica', ['archive_mode = off']);
    await expect(openWorld(`${url}/rollcall`)).rejects.toThrow(/replica/);
    const cursor = await feedCursor(account.admin);
    await newUser(account.idp, { displayName: 'on the replica' });
    await caughtUp(account);
    const log = await labelsOf(account);
    const position = await withClient(`${serverUrl}/postgres`, async (client) => {
      const { rows } = await client.query<{ position: string }>(
        'SELECT pg_current_wal_lsn()::text AS position',
      );
      return rows[0]?.position;
    });
    await withClient(`${url}/rollcall`, async (client) => {
      const replayed = () => client.query('SELECT WHERE pg_last_wal_replay_lsn() >= $1', [position]);
      await expect.poll(async () => (await replayed()).rowCount).toBe(1);
    });
    postgres.run(commands('promote'), { REPLICA_URL: url });

    const world = await openWorld(`${url}/rollcall`);
    const there = at(world, account);
    expect(await labelsOf(there)).toEqual(log);
    const resumed = follow(there.admin, cursor);
    expect((await nextOf(resumed)).gap).not.toBeNull();
    await newUser(there.idp, { displayName: 'after' });
    const labels = (await eventsUntil(resumed, labelled('after'))).map(({ subject }) => subject.label);
    expect(labels).toEqual(['on the replica', expect.stringMatching(/^marker/), 'after']);
    await resumed.return();
    expect(await walkChart(there.admin)).toEqual(await chartInTables(world.databaseUrl, there.id));
  }, 120_000);

  test('a snapshot of the disk that is told of begins an epoch too', async () => {
    const histories = () =>
      withClient(`${serverUrl}/rollcall`, async (client) => {
        const { rows } = await client.query<{ epochs: number }>(
          'SELECT count(*)::int AS epochs FROM histories',
        );
        return rows[0]?.epochs ?? 0;
      });
    const before = await histories();
    postgres.run(commands('tell-of-a-snapshot'), { DATABASE_URL: `${serverUrl}/rollcall` });
    const world = await openWorld(`${serverUrl}/rollcall`);
    expect(await histories()).toBe(before + 1);
    const cursor = await feedCursor(account.admin);
    const resumed = follow(at(world, account).admin, cursor);
    expect((await nextOf(resumed)).gap).not.toBeNull();
    await resumed.return();
  });
});

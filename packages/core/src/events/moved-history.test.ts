import { createDatabaseFromTemplate, dropDatabase } from '@rollcall/embedded-postgres';
import { testPostgresUrl } from '@rollcall/embedded-postgres/test-cluster';
import type { AccountWorld, World } from '@rollcall/testkit';
import { afterAll, expect, test } from 'vitest';
import type { Core } from '../core.ts';
import { startCore } from '../core.ts';
import { chartInTables } from '../org-chart/testing/chart-in-tables.ts';
import { caughtUp, wholeLog } from '../org-chart/testing/random-history.ts';
import { walkChart } from '../org-chart/testing/walk-chart.ts';
import { deprovisionUser, newTeam, newUser, run, updateUser } from '../testing/directory.ts';
import { type FollowedMessage, feedCursor, follow, nextOf, orgChartChanges } from '../testing/feed.ts';
import { withClient } from '../testing/tables.ts';
import { openWorldOn } from '../testing/world.ts';

const closing: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closing.reverse()) await close();
});

async function openWorld(databaseUrl?: string): Promise<World<Core>> {
  const world = await openWorldOn(databaseUrl);
  closing.push(() => world.close());
  return world;
}

const nameIn = (url: string) => new URL(url).pathname.slice(1);

/** Copies the database, to which nobody is connected, as a dump and its restore would; answers its URL. */
async function copied(databaseUrl: string): Promise<string> {
  const name = `${nameIn(databaseUrl)}_restored`;
  const url = await createDatabaseFromTemplate(testPostgresUrl(), nameIn(databaseUrl), name);
  closing.push(() => dropDatabase(testPostgresUrl(), name));
  return url;
}

/** Restores it where transaction numbers are smaller: as if its cluster had seen a billion more. */
async function restored(databaseUrl: string): Promise<string> {
  const url = await copied(databaseUrl);
  await withClient(url, async (client) => {
    const later = `xid = (xid::text::bigint + 1000000000)::text::xid8`;
    await client.query(`UPDATE events SET ${later}`);
    await client.query(`UPDATE org_chart_positions SET ${later}`);
  });
  return url;
}

/** Gives whom the next event is about, from the first one on that was written after the move. */
function newLabels(nextEvent: () => Promise<FollowedMessage['event']>): () => Promise<string | undefined> {
  let isNew = false;
  return async () => {
    for (;;) {
      const label = (await nextEvent())?.subject.label;
      isNew ||= label === 'after 0';
      if (isNew) return label;
    }
  };
}

const totalOf = async ({ admin }: Pick<AccountWorld, 'admin'>): Promise<number> =>
  (await admin.query<{ events: { totalCount: number } }>('{ events { totalCount } }')).events.totalCount;

/** The same account, at another world. */
const at = (world: World<Core>, account: AccountWorld): AccountWorld => ({
  ...account,
  admin: world.actor(account.admin.authorization.replace('Bearer ', '')),
  idp: { ...world.actor(account.idp.token), token: account.idp.token },
});

/** People, a team and a chart that has been looked at. */
async function provision({ admin, idp }: AccountWorld): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < 20; n += 1) ids.push((await newUser(idp, { displayName: `before ${n}` })).id);
  await newTeam(admin, { memberIds: ids.slice(1) });
  await admin.query('{ orgChart { personCount } }');
  for (const id of ids.slice(0, 5)) await run(idp, updateUser, { id, title: 'not on the chart yet' });
  return ids;
}

async function epochs(databaseUrl: string): Promise<Record<string, number>> {
  return withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ epoch: number; count: number }>(
      'SELECT epoch, count(*)::int AS count FROM events GROUP BY epoch',
    );
    return Object.fromEntries(rows.map(({ epoch, count }) => [epoch, count]));
  });
}

test('a database that is restored where transaction numbers are smaller keeps its log, its order and its chart', async () => {
  const before = await openWorld();
  const old = await before.account();
  const ids = await provision(old);
  await caughtUp(old);
  const [log, cursor, total] = [await wholeLog(old), await feedCursor(old.admin), await totalOf(old)];
  await before.core.close();

  const after = await openWorld(await restored(before.databaseUrl));
  const account = at(after, old);
  expect(await totalOf(account)).toBe(total);
  expect((await wholeLog(account)).map(({ subject }) => subject)).toEqual(log.map(({ subject }) => subject));
  const live = await account.admin.follow<{ provisioningEvents: FollowedMessage }>(
    'subscription { provisioningEvents { cursor event { subject { label } } gap { reason } } }',
  );
  const chart = await account.admin.follow<{ feed: FollowedMessage }>(orgChartChanges, { after: cursor });
  expect((await nextOf(chart)).feed.gap?.reason).toMatch(/restored from a backup/);
  const resumed = follow(account.admin, cursor);
  const gap = (await nextOf(resumed)).gap;
  // The cursor was given when all numbers were small, so the log of before comes after it.
  const resumedLabels = newLabels(async () => (await nextOf(resumed)).event);
  const chartLabels = newLabels(async () => (await nextOf(chart)).feed.event);

  for (let n = 0; n < 5; n += 1) await newUser(account.idp, { displayName: `after ${n}` });
  await run(account.idp, deprovisionUser, { id: ids[0] });
  await caughtUp(account);
  const labels = ['after 0', 'after 1', 'after 2', 'after 3', 'after 4', 'before 0'];
  for (const label of labels) {
    expect((await nextOf(live)).provisioningEvents.event?.subject.label).toBe(label);
    expect(await resumedLabels()).toBe(label);
    expect(await chartLabels()).toBe(label);
  }
  for (const messages of [live, resumed, chart]) await messages.return();
  const again = follow(account.admin, gap?.resumeAt);
  expect(await newLabels(async () => (await nextOf(again)).event)()).toBe('after 0');
  await again.return();
  expect(await totalOf(account)).toBe(total + labels.length + 1);
  expect(await walkChart(account.admin)).toEqual(await chartInTables(after.databaseUrl, account.id));
});

test('who had not read everything before the move is told of it, and then of all that the log has after their place', async () => {
  const before = await openWorld();
  const old = await before.account();
  const place = await feedCursor(old.admin);
  await provision(old);
  await caughtUp(old);
  const labels = (await wholeLog(old)).map(({ subject }) => subject.label);
  await before.core.close();

  const after = await openWorld(await copied(before.databaseUrl));
  const account = at(after, old);
  await newUser(account.idp, { displayName: 'after' });
  const messages = follow(account.admin, place);
  const { gap, cursor } = await nextOf(messages);
  expect(gap?.resumeAt).toBe(cursor);
  for (const label of [...labels.slice(labels.indexOf('before 0')), 'after'])
    expect((await nextOf(messages)).event?.subject.label).toBe(label);
  await messages.return();
});

test('a cursor of a history that is not in the log goes on at its end', async () => {
  const before = await openWorld();
  const old = await before.account();
  await before.core.close();
  const url = await copied(before.databaseUrl);
  await withClient(before.databaseUrl, (client) => client.query("UPDATE histories SET place = 'elsewhere'"));
  const abandoned = await openWorld(before.databaseUrl);
  const cursor = await feedCursor(at(abandoned, old).admin);
  const after = await openWorld(url);
  const account = at(after, old);
  await newUser(account.idp, { displayName: 'before the follower came' });
  await caughtUp(account);
  const messages = follow(account.admin, cursor);
  expect((await nextOf(messages)).gap).not.toBeNull();
  await newUser(account.idp, { displayName: 'after' });
  expect((await nextOf(messages)).event?.subject.label).toBe('after');
  await messages.return();
});

test('a place in a list of events outlives the move, and so does following from an event of before', async () => {
  const before = await openWorld();
  const old = await before.account();
  await provision(old);
  await caughtUp(old);
  const page = `query ($after: Cursor) { events(first: 7, after: $after) { nodes { id cursor } pageInfo { endCursor } } }`;
  type Page = { events: { nodes: { id: string; cursor: string }[]; pageInfo: { endCursor: string } } };
  const { events: first } = await old.admin.query<Page>(page);
  const { events: second } = await old.admin.query<Page>(page, { after: first.pageInfo.endCursor });
  await before.core.close();

  const after = await openWorld(await copied(before.databaseUrl));
  const { admin } = at(after, old);
  const { events: there } = await admin.query<Page>(page, { after: first.pageInfo.endCursor });
  expect(there.nodes.map(({ id }) => id)).toEqual(second.nodes.map(({ id }) => id));
  const { events: newest } = await admin.query<Page>(page);
  const [newer, older] = [newest.nodes[0], newest.nodes[1]];
  const messages = follow(admin, older?.cursor);
  expect((await nextOf(messages)).event?.id).toBe(newer?.id);
  await messages.return();
  expect(await admin.query('query ($id: ID!) { event(id: $id) { id } }', { id: newer?.id })).toEqual({
    event: { id: newer?.id },
  });
});

test('however many processes find the database moved, one epoch begins, and the next start begins none', async () => {
  const before = await openWorld();
  await before.account();
  await before.core.close();
  const url = await restored(before.databaseUrl);
  const options = { databaseUrl: url, publicUrl: 'http://rollcall.test' };
  const histories = () =>
    withClient(url, async (client) => (await client.query('SELECT epoch FROM histories ORDER BY 1')).rows);
  for (let start = 0; start < 2; start += 1) {
    const cores = await Promise.all(Array.from({ length: 5 }, () => startCore(options)));
    await Promise.all(cores.map((core) => core.close()));
    expect(await histories()).toEqual([{ epoch: 1 }, { epoch: 2 }]);
  }
});

/** Puts a copy in the place of a database that is in use; answers the URL of the one that is set aside. */
async function exchange(databaseUrl: string): Promise<string> {
  const name = nameIn(databaseUrl);
  const aside = `${name}_aside`;
  await withClient(testPostgresUrl(), async (client) => {
    await client.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
    await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
    const rename = () => client.query(`ALTER DATABASE ${name} RENAME TO ${aside}`);
    await expect.poll(() => rename().then(...isDone)).toBe(true);
    closing.push(() => dropDatabase(testPostgresUrl(), aside));
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${aside}`);
    await client.query(`ALTER DATABASE ${aside} ALLOW_CONNECTIONS true`);
  });
  return databaseUrl.replace(name, aside);
}

const isDone = [() => true, () => false] as const;

/** Reads until a message tells of a gap. */
async function gapOf(messages: AsyncIterator<FollowedMessage, void>): Promise<FollowedMessage> {
  for (;;) {
    const message = await nextOf(messages);
    if (message.gap !== null) return message;
  }
}

test('a database that is exchanged beneath running processes: followers are told, and no event is written as of before', async () => {
  const world = await openWorld();
  const account = await world.account();
  const other = await world.anotherCore();
  const after = await feedCursor(account.admin);
  await provision(account);
  const followers = [account.admin, other.actor(account.admin.authorization.replace('Bearer ', ''))].map(
    (actor) => follow(actor, after),
  );
  for (const messages of followers) await nextOf(messages);
  let isWriting = true;
  const writing = (async () => {
    while (isWriting) await newUser(account.idp, { displayName: 'meanwhile' }).catch(() => undefined);
  })();
  const aside = await exchange(world.databaseUrl);
  const gaps = await Promise.all(followers.map(gapOf));
  isWriting = false;
  await writing;
  for (const { gap } of gaps) expect(gap?.reason).toMatch(/restored from a backup/);
  const { id } = await newUser(account.idp, { displayName: 'after the exchange' });
  for (const messages of followers) {
    let event = (await nextOf(messages)).event;
    while (event?.subject.label === 'meanwhile') event = (await nextOf(messages)).event;
    expect(event?.subject.id).toBe(id);
    await messages.return();
  }
  const [then, now] = [await epochs(aside), await epochs(world.databaseUrl)];
  expect(now[1]).toBe(then[1]);
  expect(now[2]).toBeGreaterThan(0);
});

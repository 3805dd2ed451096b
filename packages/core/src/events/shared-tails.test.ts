import type { AccountWorld, Actor } from '@rollcall/testkit';
import { expect, test } from 'vitest';
import { newUser, run, updateUser } from '../testing/directory.ts';
import { plansOf } from '../testing/explaining.ts';
import {
  eventsUntil,
  type FollowedMessage,
  feedCursor,
  follow,
  labelled,
  nextOf,
  orgChartChanges,
} from '../testing/feed.ts';
import { randomFrom } from '../testing/random.ts';
import { withClient } from '../testing/tables.ts';
import { useWorld } from '../testing/world.ts';
import { accountsWithNews, countEvents, eventsAfter, eventsBefore } from './read-events.ts';

const world = useWorld();

const FOLLOWERS = 300;
const POLLS = 4;

/** Followers of the account who have heard of something, and so wait at the end of the log. */
async function waitingFollowers({ admin, idp }: AccountWorld, count: number) {
  const after = await feedCursor(admin);
  const followers = Array.from({ length: count }, () => follow(admin, after));
  const { id } = await newUser(idp, { displayName: 'the first' });
  for (const messages of followers) expect((await nextOf(messages)).event?.subject.id).toBe(id);
  return followers;
}

const leave = (followers: readonly AsyncGenerator<unknown, void>[]) =>
  Promise.all(followers.map((messages) => messages.return()));

test('while nothing is new, 300 followers of three accounts cost one statement a poll', async () => {
  const accounts = [await world.account(), await world.account(), await world.account()];
  const followers = await Promise.all(accounts.map((account) => waitingFollowers(account, FOLLOWERS / 3)));
  const waiting = followers.flat().map((messages) => messages.next());
  // Once all have come to the end of the log, nothing but polls is asked: this many in a row.
  await new Promise<void>((resolve) => {
    let inARow = 0;
    const stop = world.core.database.observe((text) => {
      inARow = isPoll(text) ? inARow + 1 : 0;
      if (inARow < POLLS) return;
      stop();
      resolve();
    });
  });
  for (const { idp } of accounts) await newUser(idp, { displayName: 'the second' });
  for (const next of waiting) expect((await next).value?.event?.subject.label).toBe('the second');
  await leave(followers.flat());
});

const isPoll = (text: string) => text.includes('AS news');
const isPage = (text: string) => /ORDER BY e\.epoch, e\.xid, e\.seq LIMIT \$/.test(text);

test('what is new is read once, however many follow', async () => {
  const account = await world.account();
  const followers = await waitingFollowers(account, FOLLOWERS);
  const waiting = followers.map((messages) => messages.next());
  let pages = 0;
  const stop = world.core.database.observe((text) => {
    if (isPage(text)) pages += 1;
  });
  await newUser(account.idp, { displayName: 'told once' });
  for (const next of waiting) expect((await next).value?.event?.subject.label).toBe('told once');
  stop();
  // Whoever came first waits again; a slower transaction may have held the event back at the first look.
  expect(pages).toBeLessThan(10);
  await leave(followers);
});

test('who comes with the cursor of the last event waits with those who follow from now on', async () => {
  const account = await world.account();
  const { admin, idp } = account;
  // Once somebody has heard of it, it is below the horizon: whoever follows from now on stands after it.
  await leave(await waitingFollowers(account, 1));
  const { events } = await admin.query<{ events: { nodes: [{ cursor: string }] } }>(
    '{ events(first: 1) { nodes { cursor } } }',
  );
  const [fresh, returning] = [follow(admin), follow(admin, events.nodes[0].cursor)];
  const polled = statementsUntil(1, isPoll);
  const freshTold = eventsUntil(fresh, labelled('the last'));
  await polled;
  const read = statementsUntil(1, isPage);
  const returningTold = eventsUntil(returning, labelled('the last'));
  await read;
  expect((await statementsUntil(POLLS, isPoll)).filter(isPage).length).toBeLessThan(10);
  await newUser(idp, { displayName: 'afterwards' });
  await newUser(idp, { displayName: 'the last' });
  for (const told of [await freshTold, await returningTold])
    expect(told.map(({ subject }) => subject.label)).toEqual(['afterwards', 'the last']);
  await leave([fresh, returning]);
});

/** The statements sent from now on, up to so many of a kind. */
const statementsUntil = (count: number, isCounted: (text: string) => boolean) =>
  new Promise<string[]>((resolve) => {
    const sent: string[] = [];
    const stop = world.core.database.observe((text) => {
      sent.push(text);
      if (sent.filter(isCounted).length < count) return;
      stop();
      resolve(sent);
    });
  });

/** Creates people by hundreds, and answers their ids. */
async function createMany(actor: Actor, name: string, count: number): Promise<string[]> {
  const users = Array.from({ length: count }, (_, n) => ({ userName: `${name}-${n}@example.com` }));
  const { createUsers } = await actor.query<{ createUsers: { results: { user: { id: string } }[] } }>(
    'mutation ($input: CreateUsersInput!) { createUsers(input: $input) { results { user { id } } } }',
    { input: { users } },
  );
  return createUsers.results.map(({ user }) => user.id);
}

test('a follower who pauses for more events than are kept waiting loses none, gets none twice, and holds up nobody', async () => {
  const account = await world.account();
  const [paused, lively] = await waitingFollowers(account, 2);
  if (paused === undefined || lively === undefined) throw new Error('There are two.');
  const told = eventsUntil(lively, labelled('the last'));
  const expected = [
    ...(await createMany(account.idp, 'one', 1000)),
    ...(await createMany(account.idp, 'two', 1000)),
  ];
  await newUser(account.idp, { displayName: 'the last' });
  const ids = (events: readonly { subject: { id: string } }[]) => events.map(({ subject }) => subject.id);
  const heard = ids(await told);
  expect(heard.slice(0, -1).sort()).toEqual(expected.sort());
  expect(ids(await eventsUntil(paused, labelled('the last')))).toEqual(heard);
  await leave([paused, lively]);
});

test('ten followers who come and go at any place see the same log, whole and in order', async () => {
  const { admin, idp } = await world.account();
  const start = await feedCursor(admin);
  const { id } = await newUser(idp);
  const writing = (async () => {
    for (let writer = 0; writer < 40; writer += 1)
      await Promise.all(
        Array.from({ length: 4 }, (_, n) => run(idp, updateUser, { id, title: `${writer}-${n}` })),
      );
    await newUser(idp, { displayName: 'the last' });
  })();
  const reading = Array.from({ length: 10 }, async (_, reader) => {
    const random = randomFrom(reader);
    const events: string[] = [];
    let cursor = start;
    for (;;) {
      const messages = follow(admin, cursor);
      for (let stay = 1 + random.below(30); stay > 0; stay -= 1) {
        const message = await nextOf(messages);
        cursor = message.cursor;
        events.push(message.event?.id ?? 'gap');
        if (message.event?.subject.label !== 'the last') continue;
        await messages.return();
        return events;
      }
      await messages.return();
    }
  });
  const [logs] = await Promise.all([Promise.all(reading), writing]);
  const { events } = await admin.query<{ events: { nodes: { id: string }[] } }>(
    '{ events(first: 500) { nodes { id } } }',
  );
  const wholeLog = events.nodes.map((event) => event.id).reverse();
  const expected = wholeLog.slice(wholeLog.indexOf(logs[0]?.[0] ?? ''));
  expect(expected.length).toBeGreaterThan(150);
  for (const log of logs) expect(log).toEqual(expected);
});

test('the org chart is followed at the same end of the log', async () => {
  const account = await world.account();
  const [messages] = await waitingFollowers(account, 1);
  const chart = await account.admin.follow<{ feed: FollowedMessage }>(orgChartChanges);
  const next = chart.next();
  await newUser(account.idp, { displayName: 'on the chart' });
  expect((await next).value?.feed.event?.subject.label).toBe('on the chart');
  await leave([chart, ...(messages === undefined ? [] : [messages])]);
});

test('every way of reading the log begins at its place in an index', async () => {
  const accounts = [await world.account(), await world.account()];
  const [{ id }, other] = accounts.map((account) => account) as [AccountWorld, AccountWorld];
  await withClient(world.databaseUrl, async (client) => {
    await client.query(
      `INSERT INTO events (account_id, type, subject_type, subject_id, subject_label, actor_kind, actor_name, request_id)
       SELECT (ARRAY[$1, $2]::uuid[])[1 + n % 2], 'USER_UPDATED', 'USER', gen_random_uuid(), 'x', 'SYSTEM', 'x', 'x'
       FROM generate_series(1, 50000) n`,
      [id, other.id],
    );
    await client.query('ANALYZE events');
  });
  const place = { epoch: 1, xid: '3', seq: 1 };
  const { sql } = world.core.database;
  const reads: [string, (db: typeof sql) => Promise<unknown>][] = [
    ['events__position', (db) => eventsAfter(db, id, place, 100)],
    ['events__position', (db) => eventsBefore(db, id, {}, place, 51)],
    ['events__position', (db) => accountsWithNews(db, [[id, place]])],
    ['events__subject', (db) => eventsBefore(db, id, { subjectId: id }, place, 51)],
    ['events__subject', (db) => countEvents(db, id, { subjectId: id })],
  ];
  for (const [index, read] of reads) {
    const [plan = ''] = await plansOf(sql, read);
    expect(plan).toContain(`using ${index} `);
    expect(plan).toMatch(/Index Cond: .*ROW\(epoch, xid/);
    expect(plan).not.toMatch(/Seq Scan on events|Sort/);
  }
});

import { type TestDatabase, testDatabase } from '@rollcall/embedded-postgres/test-cluster';
import { type DatabaseProxy, openDatabaseProxy } from '@rollcall/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withClient } from '../testing/tables.ts';
import { type Notifications, openNotifications } from './notifications.ts';

const CHANNEL = 'changes';

let database: TestDatabase;
let proxy: DatabaseProxy;
let line: Notifications;
beforeEach(async () => {
  database = await testDatabase();
  proxy = await openDatabaseProxy(database.url);
  line = await openNotifications(proxy.url, [CHANNEL]);
});
afterEach(async () => {
  await line.close();
  await proxy.close();
  await database.drop();
});

const tell = (notice: string) =>
  withClient(database.url, (client) => client.query('SELECT pg_notify($1, $2)', [CHANNEL, notice]));

/** How many sessions there are in the database. */
const sessions = () =>
  withClient(database.url, async (client) => {
    const { rows } = await client.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    return rows[0]?.count;
  });

test('a line that swallows every packet is not trusted for longer than 5 seconds, and replaced', async () => {
  expect(line.isTrusted).toBe(true);
  const back = new Promise<void>((resolve) => line.onReconnect(resolve));
  const frozenAt = performance.now();
  proxy.freezeListeners();
  await expect.poll(() => line.isTrusted, { interval: 20 }).toBe(false);
  expect(performance.now() - frozenAt).toBeLessThan(6000);
  await back;
  expect(line.isTrusted).toBe(true);
  const heard = new Promise<string>((resolve) => line.on(CHANNEL, resolve));
  await tell('after all');
  expect(await heard).toBe('after all');
});

test('what was told is heard by the time that the line says so', async () => {
  const heard = new Set<string>();
  line.on(CHANNEL, (notice) => heard.add(notice));
  const seen = { heard: 0, missing: 0 };
  await withClient(database.url, async (client) => {
    for (let round = 0; round < 100; round += 1) {
      await client.query('SELECT pg_notify($1, $2)', [CHANNEL, String(round)]);
      // On a machine that is busy it may take too long to say.
      if (await line.caughtUp()) seen[heard.has(String(round)) ? 'heard' : 'missing'] += 1;
    }
  });
  expect(seen).toEqual({ heard: expect.any(Number), missing: 0 });
  expect(seen.heard).toBeGreaterThan(0);
  proxy.freezeListeners();
  expect(await line.caughtUp()).toBe(false);
});

test('a line that is alive stays trusted', async () => {
  const doubts: number[] = [];
  const started = performance.now();
  while (performance.now() - started < 6500) {
    if (!line.isTrusted) doubts.push(performance.now() - started);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(doubts).toEqual([]);
});

test.each(['cut', 'freeze'] as const)(
  'closed while it connects anew (%s), it leaves no connection',
  async (how) => {
    const again = proxy.nextConnection();
    proxy.cut();
    proxy[how]();
    await again;
    await line.close();
    proxy.mend();
    await proxy.close();
    await expect.poll(sessions).toBe(0);
  },
);

test('a database that is away when it opens is an error, at once or after a few seconds', async () => {
  proxy.cut();
  await expect(openNotifications(proxy.url, [CHANNEL])).rejects.toThrow();
  proxy.mend();
  proxy.freeze();
  await expect(openNotifications(proxy.url, [CHANNEL])).rejects.toThrow();
});

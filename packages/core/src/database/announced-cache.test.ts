import { once } from 'node:events';
import { type TestDatabase, testDatabase } from '@rollcall/embedded-postgres/test-cluster';
import { openDatabaseProxy } from '@rollcall/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withClient } from '../testing/tables.ts';
import { openAnnouncedCache } from './announced-cache.ts';
import { type Notifications, openNotifications } from './notifications.ts';

const CHANNEL = 'changes';

let database: TestDatabase;
let notifications: Notifications;
beforeAll(async () => {
  database = await testDatabase();
  notifications = await openNotifications(database.url, [CHANNEL]);
});
afterAll(async () => {
  await notifications.close();
  await database.drop();
});

const openCache = () => openAnnouncedCache<{ readonly n: number }>({ notifications, channel: CHANNEL });

/** Tells of a change, and waits until this process has heard it. */
async function tell(key: string): Promise<void> {
  const heard = new Promise<void>((resolve) => {
    const stop = notifications.on(CHANNEL, () => {
      stop();
      resolve();
    });
  });
  await withClient(database.url, (client) => client.query('SELECT pg_notify($1, $2)', [CHANNEL, key]));
  await heard;
}

test('what was looked up is looked up again when PostgreSQL told of a change, and not before', async () => {
  const cache = openCache();
  let n = 0;
  const get = (key: string) => cache.get(key, async () => ({ n: ++n }));
  expect([await get('a'), await get('a'), await get('b')]).toEqual([{ n: 1 }, { n: 1 }, { n: 2 }]);
  await tell('a');
  expect([await get('a'), await get('b')]).toEqual([{ n: 3 }, { n: 2 }]);
  cache.close();
});

test('of many that a notice names at once each is looked up again, also while it is being looked up', async () => {
  const cache = openAnnouncedCache<{ readonly n: number; readonly group: string }>({
    notifications,
    channel: 'others',
    many: { channel: CHANNEL, of: ({ group }) => group },
  });
  let n = 0;
  const get = (key: string, group: string) => cache.get(key, async () => ({ n: ++n, group }));
  await get('a', 'first');
  await get('b', 'second');
  const read = Promise.withResolvers<{ n: number; group: string }>();
  let looks = 0;
  const underWay = cache.get('c', () =>
    looks++ === 0 ? read.promise : Promise.resolve({ n: 0, group: 'first' }),
  );
  await tell('first');
  read.resolve({ n: -1, group: 'first' });
  expect(await underWay).toEqual({ n: 0, group: 'first' });
  expect([cache.known('a'), cache.known('b')?.n, cache.known('c')?.n]).toEqual([undefined, 2, 0]);
  cache.close();
});

test('a look-up during which a change is told is made again, and what it read first is neither answered nor kept', async () => {
  const cache = openCache();
  const first = Promise.withResolvers<{ n: number }>();
  let looks = 0;
  const find = () => {
    looks += 1;
    return looks === 1 ? first.promise : Promise.resolve({ n: looks });
  };
  const asked = cache.get('a', find);
  await tell('a');
  first.resolve({ n: 1 });
  expect(await asked).toEqual({ n: 2 });
  expect(cache.known('a')).toEqual({ n: 2 });
  cache.close();
});

test('who asks for the same at once waits for one look-up; one that fails is not remembered', async () => {
  const cache = openCache();
  let looks = 0;
  const find = async () => {
    looks += 1;
    await once(process, 'asked');
    return { n: looks };
  };
  const all = Promise.all(Array.from({ length: 100 }, () => cache.get('a', find)));
  process.emit('asked' as never);
  expect(new Set(await all)).toEqual(new Set([{ n: 1 }]));
  expect(looks).toBe(1);
  const failing = Array.from({ length: 2 }, () => cache.get('b', () => Promise.reject(new Error('away'))));
  expect((await Promise.allSettled(failing)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await cache.get('b', async () => ({ n: 1 }))).toEqual({ n: 1 });
  cache.close();
});

test('when it is full, what was not used for longest gives way, and all else stays', async () => {
  const cache = openCache();
  const get = (n: number) => cache.get(String(n), async () => ({ n }));
  for (let n = 0; n < 10_000; n += 1) await get(n);
  expect(cache.known('0')).toBeDefined();
  await get(10_000);
  const known = Array.from({ length: 10_001 }, (_, n) => n).filter(
    (n) => cache.known(String(n)) !== undefined,
  );
  expect(known.length).toBe(10_000);
  expect(known).toContain(0);
  expect(known).not.toContain(1);
  cache.close();
});

test('while the line is dead nothing is remembered, and what was known before is forgotten', async () => {
  const proxy = await openDatabaseProxy(database.url);
  const line = await openNotifications(proxy.url, [CHANNEL]);
  const cache = openAnnouncedCache<{ readonly n: number }>({ notifications: line, channel: CHANNEL });
  let n = 0;
  const get = () => cache.get('a', async () => ({ n: ++n }));
  expect([await get(), await get()]).toEqual([{ n: 1 }, { n: 1 }]);
  const back = new Promise<void>((resolve) => line.onReconnect(resolve));
  proxy.cut();
  await expect.poll(() => line.isTrusted).toBe(false);
  expect([await get(), await get()]).toEqual([{ n: 2 }, { n: 3 }]);
  proxy.mend();
  await back;
  expect([await get(), await get()]).toEqual([{ n: 4 }, { n: 4 }]);
  cache.close();
  await line.close();
  await proxy.close();
});

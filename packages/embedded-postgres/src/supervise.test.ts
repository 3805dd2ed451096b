import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Postmaster } from './postmaster.ts';
import { supervise } from './supervise.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A server that ends when it is told to; the clock says how long it ran. */
function runningServer(pid: number) {
  const { promise: ended, resolve } = Promise.withResolvers<string>();
  const server: Postmaster = { pid, ended, stop: async () => resolve('stopped') };
  const endAfter = (ms: number) => {
    vi.advanceTimersByTime(ms);
    resolve('by SIGKILL');
  };
  return { server, endAfter };
}

test('a server is given up after five starts in a row, however long each takes to fail', async () => {
  const { server, endAfter } = runningServer(1);
  const given = Promise.withResolvers<Error>();
  let starts = 0;
  supervise(server, {
    async start() {
      starts += 1;
      if (starts > 7) given.reject(new Error('It is started for ever.'));
      vi.advanceTimersByTime(20_000);
      throw new Error(`start ${starts} fails`);
    },
    onGivenUp: given.resolve,
  });
  endAfter(0);
  expect(await given.promise).toMatchObject({
    message: expect.stringContaining('started 5 times in a row'),
    cause: { message: 'start 5 fails' },
  });
  expect(starts).toBe(5);
}, 30_000);

test('a server that runs for a minute each time is started as often as it ends', async () => {
  let current = runningServer(1);
  const told: string[] = [];
  const supervised = supervise(current.server, {
    async start() {
      current = runningServer(supervised.pid + 1);
      return current.server;
    },
    onTrouble: (message) => told.push(message),
    onGivenUp: ({ message }) => told.push(message),
  });
  for (let pid = 2; pid <= 9; pid += 1) {
    current.endAfter(61_000);
    await vi.waitUntil(() => told.at(-1) === `PostgreSQL runs again, as process ${pid}.`);
  }
  await supervised.stop();
});

import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { FairShare } from './fair-share.ts';

/** Work that goes on until it is told to end, and notes when it began. */
function work(name: string, began: string[]) {
  const { promise, resolve } = Promise.withResolvers<void>();
  return {
    run: () => {
      began.push(name);
      return promise;
    },
    end: async () => {
      resolve();
      await turnOfTheLoop();
    },
  };
}

const patient = { maxWaitMs: 60_000 };

test('nobody holds more than their share, and what is left serves the others at once', async () => {
  const share = new FairShare({ total: 4, perOwner: 3, perHeavyOwner: 1, ...patient });
  const began: string[] = [];
  const works = ['a1', 'a2', 'a3', 'a4', 'b1'].map((name) => work(name, began));
  const running = works.map(({ run }, index) => share.run(index < 4 ? 'a' : 'b', run));
  expect(began).toEqual(['a1', 'a2', 'a3', 'b1']);
  await works[4]?.end();
  expect(began, 'a has its share already').toEqual(['a1', 'a2', 'a3', 'b1']);
  await works[0]?.end();
  expect(began).toEqual(['a1', 'a2', 'a3', 'b1', 'a4']);
  for (const { end } of works) await end();
  await Promise.all(running);
});

test('those who wait are served account by account, each in the order they came', async () => {
  const share = new FairShare({ total: 1, perOwner: 1, perHeavyOwner: 1, ...patient });
  const began: string[] = [];
  const names = ['x', 'a1', 'a2', 'a3', 'b1', 'b2', 'c1'];
  const works = names.map((name) => work(name, began));
  const running = works.map(({ run }, index) => share.run(names[index]?.[0] ?? '', run));
  const ends = new Map(names.map((name, index) => [name, works[index]?.end]));
  for (let served = 0; served < names.length; served += 1) await ends.get(began[served] ?? '')?.();
  expect(began).toEqual(['x', 'a1', 'b1', 'c1', 'a2', 'b2', 'a3']);
  await Promise.all(running);
});

test('who waits too long is refused and told to try again; who hangs up leaves the queue', async () => {
  const share = new FairShare({ total: 1, perOwner: 1, perHeavyOwner: 1, maxWaitMs: 20 });
  const began: string[] = [];
  const slow = work('slow', began);
  const running = share.run('a', slow.run);
  await expect(share.run('a', async () => began.push('late'))).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    facts: { retryAfter: 1 },
  });
  const client = new AbortController();
  const waiting = share.run('b', async () => began.push('gone'), client.signal);
  client.abort(new Error('hung up'));
  await expect(waiting).rejects.toThrow('hung up');
  await slow.end();
  await running;
  await share.run('a', async () => began.push('next'));
  expect(began).toEqual(['slow', 'next']);
});

test('work that fails gives its place back', async () => {
  const share = new FairShare({ total: 1, perOwner: 1, perHeavyOwner: 1, ...patient });
  await expect(share.run('a', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await share.run('b', async () => 'served')).toBe('served');
});

test('whose work takes long holds fewer while there are others, and as many as before when there are none', async () => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout'] });
  try {
    const share = new FairShare({ total: 4, perOwner: 3, perHeavyOwner: 1, ...patient });
    const takesLong = () => share.run('a', async () => void vi.advanceTimersByTime(1000));
    await takesLong();
    expect(await beginning(share, ['a', 'a', 'a']), 'a is alone').toBe(3);
    await share.run('b', async () => undefined);
    expect(await beginning(share, ['a', 'a', 'a']), 'b was here').toBe(1);
    expect(await beginning(share, ['b', 'b', 'b']), 'the work of b is short').toBe(3);
    const began: string[] = [];
    const works = ['a1', 'a2'].map((name) => work(name, began));
    const running = works.map(({ run }) => share.run('a', run));
    expect(began).toEqual(['a1']);
    vi.advanceTimersByTime(2000);
    await turnOfTheLoop();
    expect(began, 'b is gone').toEqual(['a1', 'a2']);
    for (const { end } of works) await end();
    await Promise.all(running);
  } finally {
    vi.useRealTimers();
  }
});

/** How many of these begin at once; all of them are done in the end. */
async function beginning(share: FairShare, owners: readonly string[]): Promise<number> {
  const began: string[] = [];
  const works = owners.map((owner) => work(owner, began));
  const running = works.map(({ run }, at) => share.run(owners[at] ?? '', run));
  const atOnce = began.length;
  for (const { end } of works) await end();
  await Promise.all(running);
  return atOnce;
}

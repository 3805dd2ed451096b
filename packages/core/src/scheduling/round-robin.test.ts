import { setTimeout as sleep, setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { RoundRobin } from './round-robin.ts';

/** Keeps the event loop busy. */
function work(milliseconds: number): void {
  for (const until = performance.now() + milliseconds; performance.now() < until; );
}

/** Asks for a turn for each of the names, whose owner is the first letter; gives what each did, in the order they began. */
async function turns(roundRobin: RoundRobin, names: readonly string[], act: () => void = () => undefined) {
  const began: string[] = [];
  const all = names.map(async (name) => {
    await roundRobin.turnOf(name[0] ?? '');
    began.push(name);
    act();
  });
  await Promise.all(all);
  return began;
}

test('those who wait are served owner by owner, each in the order they came', async () => {
  const names = ['a1', 'a2', 'a3', 'b1', 'b2', 'c1'];
  expect(await turns(new RoundRobin(), names)).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3']);
});

/** How often the event loop turns meanwhile. */
async function loopsDuring(act: () => Promise<unknown>): Promise<number> {
  let loops = 0;
  let isDone = false;
  const count = async () => {
    for (; !isDone; loops += 1) await turnOfTheLoop();
  };
  const counting = count();
  await act();
  isDone = true;
  await counting;
  return loops;
}

test('what comes over the network is heard after a few milliseconds of work, and after a few small things', async () => {
  const works = () => turns(new RoundRobin(), Array(20).fill('a'), () => work(3));
  expect(await loopsDuring(works)).toBeGreaterThanOrEqual(9);
  const small = () => turns(new RoundRobin(), Array(160).fill('a'));
  expect(await loopsDuring(small)).toBeGreaterThanOrEqual(9);
});

test('whoever comes while others are served is served after one of each', async () => {
  const roundRobin = new RoundRobin();
  const flood = turns(roundRobin, Array(200).fill('a'), () => work(3));
  await sleep(20);
  const began = performance.now();
  await roundRobin.turnOf('b');
  expect(performance.now() - began).toBeLessThan(100);
  await flood;
});

test('an owner whose turn was long rests as long, if there are others', async () => {
  const roundRobin = new RoundRobin();
  await turns(roundRobin, ['b']);
  const began = performance.now();
  await turns(roundRobin, ['a', 'a', 'a', 'a'], () => work(20));
  expect(performance.now() - began).toBeGreaterThanOrEqual(7 * 20);
});

test('an owner who is alone never rests', async () => {
  const roundRobin = new RoundRobin();
  await turns(roundRobin, ['a']);
  await sleep(1100);
  const began = performance.now();
  let worked = 0;
  await turns(roundRobin, ['a', 'a', 'a', 'a'], () => {
    const start = performance.now();
    work(20);
    worked += performance.now() - start;
  });
  expect(performance.now() - began - worked).toBeLessThan(20);
});

test('however many owners wait, each has its turn', async () => {
  const roundRobin = new RoundRobin();
  const owners = Array.from({ length: 140_000 }, (_, n) => `owner ${n}`);
  await Promise.all(owners.map((owner) => roundRobin.turnOf(owner)));
});

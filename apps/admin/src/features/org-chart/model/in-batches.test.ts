import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { inBatches } from './in-batches.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Batches that are handed on to somebody who takes as long as the test says. */
function world() {
  const handed: (readonly number[])[] = [];
  const done: (() => void)[] = [];
  const batches = inBatches<number>(100, (batch) => {
    handed.push(batch);
    return new Promise((resolve) => done.push(resolve));
  });
  return { handed, batches, finish: () => done.shift()?.() };
}

test('what comes within a while goes together, and what comes meanwhile waits for its turn', async () => {
  const { handed, batches, finish } = world();
  batches.add(1);
  await vi.advanceTimersByTimeAsync(60);
  batches.add(2);
  await vi.advanceTimersByTimeAsync(60);
  expect(handed).toEqual([[1, 2]]);
  batches.add(3);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(handed).toEqual([[1, 2]]);
  finish();
  await vi.advanceTimersByTimeAsync(100);
  expect(handed).toEqual([[1, 2], [3]]);
});

test('after a stop nothing is handed on, not even by what was under way', async () => {
  const { handed, batches, finish } = world();
  batches.add(1);
  await vi.advanceTimersByTimeAsync(100);
  batches.add(2);
  batches.stop();
  batches.add(3);
  finish();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(handed).toEqual([[1]]);
  expect(batches.isStopped()).toBe(true);
});

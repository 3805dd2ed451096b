import { expect, it } from 'vitest';
import { Random } from './random.ts';

it('repeats itself for the same seed and not for another', () => {
  const sequence = (seed: string) => {
    const random = new Random(seed);
    return Array.from({ length: 20 }, () => random.below(1000));
  };
  expect(sequence('1')).toEqual(sequence('1'));
  expect(sequence('1')).not.toEqual(sequence('2'));
});

it('spreads evenly enough', () => {
  const random = new Random('spread');
  const counts = [0, 0, 0, 0];
  for (let at = 0; at < 4000; at++) {
    const slot = random.below(4);
    counts[slot] = (counts[slot] ?? 0) + 1;
  }
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
});

it('samples without repetition, and everything when asked for more than there is', () => {
  const random = new Random('sample');
  const items = Array.from({ length: 50 }, (_, at) => at);
  expect(new Set(random.sample(items, 20)).size).toBe(20);
  expect(random.sample(items, 99).sort((one, other) => one - other)).toEqual(items);
  expect(random.sample([], 3)).toEqual([]);
});

it('refuses to choose from nothing', () => {
  expect(() => new Random('none').oneOf([])).toThrow(RangeError);
});

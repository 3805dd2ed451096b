import { expect, test } from 'vitest';
import { timeLeft } from './time-left.ts';

test('an estimate follows from what took how long, once that says something', () => {
  expect(timeLeft({ done: 100, total: 1_000, elapsed: 60_000 })).toBe('about 9 min left');
  expect(timeLeft({ done: 900, total: 1_000, elapsed: 60_000 })).toBe('less than a minute left');
  expect(timeLeft({ done: 10, total: 10_000, elapsed: 60_000 })).toBe('about 17 h left');
  expect(timeLeft({ done: 5, total: 1_000, elapsed: 500 })).toBe('');
});

import { expect, test } from 'vitest';
import { assertShallow } from './input-depth.ts';
import { apiLimits } from './limits.ts';

const levels = (count: number): unknown =>
  Array.from({ length: count }).reduce((inner, _, at) => (at % 2 === 0 ? { not: inner } : [inner]), 'x');

test('as many levels as are published pass, and one more does not', () => {
  assertShallow({ filter: levels(apiLimits.maxInputDepth), n: 1, nothing: null, text: 'x' });
  expect(() => assertShallow({ n: 1, filter: levels(apiLimits.maxInputDepth + 1) })).toThrow(
    expect.objectContaining({ extensions: { code: 'LIMIT_EXCEEDED', limit: apiLimits.maxInputDepth } }),
  );
});

test('no stack overflows, however many levels there are', () => {
  expect(() => assertShallow({ filter: levels(100_000) })).toThrow(/nests deeper/);
});

import { expect, test } from 'vitest';
import { parseDuration } from './duration.ts';

test.each([
  ['90d', 7_776_000],
  ['12h', 43_200],
  ['30m', 1_800],
  ['45s', 45],
  ['0s', 0],
  ['36500d', 3_153_600_000],
])('%s is %i seconds', (text, seconds) => {
  expect(parseDuration(text)).toBe(seconds);
});

test.each([
  '',
  'd',
  '90',
  '90D',
  '1.5h',
  '-1d',
  ' 1d',
  '1d ',
  '1d12h',
  '90 d',
  '1w',
  '36501d',
  '9999999999d',
  '1e3s',
])('"%s" is no duration', (text) => {
  expect(parseDuration(text)).toBeUndefined();
});

import { expect, test } from 'vitest';
import { expiresAt, ownExpiresAt } from './token-expiry.ts';

const now = Date.parse('2026-01-01T00:00:00Z');

test('presets become instants', () => {
  expect(expiresAt('30', now)).toBe('2026-01-31T00:00:00.000Z');
  expect(expiresAt('never', now)).toBeNull();
});

test('a token of one’s own always expires, and within a year by a clock that is a little behind', () => {
  expect(ownExpiresAt('365', now)).toBe('2026-12-31T23:55:00.000Z');
  expect(ownExpiresAt('30', now)).toBe('2026-01-30T23:55:00.000Z');
});

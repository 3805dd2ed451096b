import { expect, test } from 'vitest';
import { expiresAt, expiresSoon } from './token-expiry.ts';

const now = Date.parse('2026-01-01T00:00:00Z');

test('presets become instants', () => {
  expect(expiresAt('30', now)).toBe('2026-01-31T00:00:00.000Z');
  expect(expiresAt('never', now)).toBeNull();
});

test('a token in its last two weeks expires soon, an expired or endless one does not', () => {
  expect(expiresSoon('2026-01-10T00:00:00Z', now)).toBe(true);
  expect(expiresSoon('2026-02-10T00:00:00Z', now)).toBe(false);
  expect(expiresSoon('2025-12-31T00:00:00Z', now)).toBe(false);
  expect(expiresSoon(null, now)).toBe(false);
});

import { expect, test } from 'vitest';
import { expiresAt } from './token-expiry.ts';

const now = Date.parse('2026-01-01T00:00:00Z');

test('presets become instants', () => {
  expect(expiresAt('30', now)).toBe('2026-01-31T00:00:00.000Z');
  expect(expiresAt('never', now)).toBeNull();
});

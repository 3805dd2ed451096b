import { expect, test } from 'vitest';
import { PRESENT_MS, Presence } from './presence.ts';

test('others are there until nobody but one has come for a while', () => {
  const presence = new Presence();
  expect(presence.areOthersThere(0)).toBe(false);
  presence.note('a', 0);
  presence.note('b', 100);
  presence.note('b', PRESENT_MS);
  expect(presence.areOthersThere(PRESENT_MS)).toBe(true);
  expect(presence.areOthersThere(PRESENT_MS + 100)).toBe(false);
  presence.note('a', PRESENT_MS + 100);
  expect(presence.areOthersThere(PRESENT_MS + 100)).toBe(true);
});

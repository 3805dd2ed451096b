import { expect, test } from 'vitest';
import { isUuid, newId } from './uuid.ts';

test('each id is a UUID of version 7 and comes after those before it', () => {
  const ids = Array.from({ length: 20_000 }, newId);
  expect(
    ids.filter((id) => !/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id)),
  ).toEqual([]);
  expect(ids.every((id, index) => index === 0 || id > (ids[index - 1] ?? ''))).toBe(true);
  expect(new Set(ids.map((id) => id.slice(19))).size).toBe(ids.length);
});

test('the time of an id is that of its making', () => {
  const before = Date.now();
  const time = Number.parseInt(newId().replace('-', '').slice(0, 12), 16);
  expect(time).toBeGreaterThanOrEqual(before);
  expect(time).toBeLessThan(before + 1000);
});

test.each(['', 'x', '01a20124-bb96-7f39-adb2-85a1215947e', ' 01a20124-bb96-7f39-adb2-85a1215947ea'])(
  '%j is no UUID',
  (text) => {
    expect(isUuid(text)).toBe(false);
  },
);

import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCursorSeal } from './cursor-seal.ts';

const key = randomBytes(32);
const seal = createCursorSeal(key);

test('a place comes back from its cursor, on every process that has the key', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.uuid(), (place, account) => {
      const cursor = seal.seal(place, account);
      expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
      expect(createCursorSeal(key).open(cursor, account)).toBe(place);
      expect(createCursorSeal(key).seal(place, account)).toBe(cursor);
    }),
  );
});

test('whoever decodes a cursor reads nothing of the place', () => {
  const cursor = seal.seal('["TEAM_DISPLAY_NAME","Mergers"]', 'an account');
  expect(Buffer.from(cursor, 'base64url').toString('latin1')).not.toMatch(/TEAM|Mergers/);
});

test('a cursor of another account, of another key, altered or made up, opens nothing', () => {
  const cursor = seal.seal('a place', 'mine');
  expect(seal.open(cursor, 'yours')).toBeUndefined();
  expect(createCursorSeal(randomBytes(32)).open(cursor, 'mine')).toBeUndefined();
  for (let at = 0; at < cursor.length; at += 1) {
    const altered = `${cursor.slice(0, at)}${cursor[at] === 'A' ? 'B' : 'A'}${cursor.slice(at + 1)}`;
    expect(seal.open(altered, 'mine')).toBeUndefined();
  }
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.base64String()), (text) => {
      expect(seal.open(text, 'mine')).toBeUndefined();
    }),
  );
});

import { describe, expect, test } from 'vitest';
import { type CursorScope, openCursor, sealCursor } from './page-cursor.ts';

const now = Date.parse('2026-03-01T09:30:00Z');
const scope: CursorScope = { credential: 'Bearer a', query: [{ users: { title: { equals: 'x' } } }] };
const place = { direction: 'backwards', list: 1, at: 'a place' } as const;
const cursor = sealCursor({ place, count: 7 }, scope, now);

const open = (text: string, given = scope, seconds = 0) =>
  openCursor(text, given, 3_600, now + seconds * 1000);
const refused = (scimType: string) => expect.objectContaining({ status: 400, scimType });

test('what was sealed is opened', () => {
  expect(open(cursor)).toEqual({ place, count: 7 });
  const beginning = { place: { direction: 'forwards', list: 0, at: null }, count: 500 } as const;
  expect(open(sealCursor(beginning, scope, now))).toEqual(beginning);
});

test('a cursor is of unreserved characters, and shows nothing of where it leads', () => {
  expect(cursor).toMatch(/^[\w-]+$/);
  expect(Buffer.from(cursor, 'base64url').toString('latin1')).not.toContain('a place');
  expect(sealCursor({ place, count: 7 }, scope, now)).not.toBe(cursor);
});

describe('is worth nothing', () => {
  test.each([
    ['to another caller', { ...scope, credential: 'Bearer b' }],
    ['to another query', { ...scope, query: [{ users: { title: { equals: 'y' } } }] }],
    ['to another type', { ...scope, query: [{ groups: { title: { equals: 'x' } } }] }],
  ])('%s', (_, other) => {
    expect(() => open(cursor, other)).toThrow(refused('invalidCursor'));
  });

  test('with any character changed, added or lost', () => {
    for (const [index, character] of [...cursor].entries()) {
      const other = character === 'A' ? 'B' : 'A';
      const changed = cursor.slice(0, index) + other + cursor.slice(index + 1);
      expect(() => open(changed), changed).toThrow(refused('invalidCursor'));
    }
    for (const changed of [`${cursor}A`, `${cursor}=`, cursor.slice(1), cursor.slice(0, -1), ` ${cursor}`]) {
      expect(() => open(changed), changed).toThrow(refused('invalidCursor'));
    }
  });

  test.each(['x', '/', 'A'.repeat(37), 'A'.repeat(38), 'A'.repeat(20_000), '\u0000', 'ä'])(
    'when made up: %j',
    (made) => {
      expect(() => open(made)).toThrow(refused('invalidCursor'));
    },
  );
});

test('a cursor expires, and not before its time', () => {
  expect(open(cursor, scope, 3_600)).toEqual({ place, count: 7 });
  expect(() => open(cursor, scope, 3_601)).toThrow(refused('expiredCursor'));
});

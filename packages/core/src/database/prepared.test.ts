import { expect, test } from 'vitest';
import { markFixed, PreparedNames } from './prepared.ts';

test('a text that depends on the request is prepared when it comes again', () => {
  const names = new PreparedNames();
  expect(names.nameOf('SELECT $1')).toBeUndefined();
  const name = names.nameOf('SELECT $1');
  expect(name).toMatch(/^s_[0-9a-f]{24}$/);
  expect(names.nameOf('SELECT $1')).toBe(name);
});

test('who repeats ever new texts uses up the number for them, and fixed ones are prepared all the same', () => {
  const names = new PreparedNames();
  const texts = Array.from({ length: 1000 }, (_, index) => `SELECT $1 + ${index}`);
  for (const text of texts) names.nameOf(text);
  expect(texts.filter((text) => names.nameOf(text) !== undefined)).toHaveLength(200);
  markFixed('SELECT 2 * $1');
  expect(names.nameOf('SELECT 2 * $1')).toBeDefined();
});

import { expect, test } from 'vitest';
import { permissionsInWords } from './permissions-in-words.ts';

test.each([
  [[], 'Nothing yet'],
  [['See people'], 'See people'],
  [['See people', 'See teams'], 'See people, see teams'],
  [['A', 'B', 'C', 'D', 'E'], 'A, b, c and 2 more'],
])('%j reads as %s', (titles, words) => {
  expect(permissionsInWords(titles.map((title) => ({ title })))).toBe(words);
});

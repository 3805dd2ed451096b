import { expect, test } from 'vitest';
import { safeNextUrl } from './sign-in-redirect.ts';

const ORIGIN = 'https://admin.example';

test.each([
  ['/people?q=ada#top', '/people?q=ada#top'],
  ['people', '/people'],
  [`${ORIGIN}/teams`, '/teams'],
  ['/.//evil.example', '//evil.example'],
])('%j stays on this site', (next, path) => {
  expect(safeNextUrl(next, ORIGIN)).toBe(ORIGIN + path);
});

test.each([
  null,
  '',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '\\\\evil.example',
  ' //evil.example',
  'https://evil.example/people',
  'https:evil.example',
  'http://admin.example/people',
  'https://admin.example.evil.example',
  'https://admin.example@evil.example',
  'javascript:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,x',
  'blob:https://evil.example/1',
  'blob:https://admin.example/1',
  'https://somebody:secret@admin.example/people',
  'https://',
])('%j leads to no other site', (next) => {
  expect(safeNextUrl(next, ORIGIN)).toMatch(/^https:\/\/admin\.example\//);
});

import { expect, test } from 'vitest';
import { peopleVariables } from './people-variables.ts';

const from = (query: string) => peopleVariables(new URLSearchParams(query));

test('an empty URL is the first page by name', () => {
  expect(from('')).toEqual({ filter: {}, orderBy: { field: 'LABEL', direction: 'ASC' }, first: 50 });
});

test('search, status, sort and page come from the URL', () => {
  expect(from('q= ana &status=INACTIVE&sort=-UPDATED_AT&size=25&after=abc')).toEqual({
    filter: { search: 'ana', status: 'INACTIVE' },
    orderBy: { field: 'UPDATED_AT', direction: 'DESC' },
    first: 25,
    after: 'abc',
  });
});

test('a page before a cursor is asked for from its end', () => {
  expect(from('before=xyz')).toMatchObject({ last: 50, before: 'xyz' });
});

test('what the URL makes up is ignored', () => {
  expect(from('status=GONE&sort=PASSWORD&size=9999')).toEqual(from(''));
});

import { expect, test } from 'vitest';
import type { AttributeDefinition } from '../model/custom-attribute.ts';
import { checkValue } from './check-value.ts';

const tags: AttributeDefinition = {
  account_id: '',
  id: '',
  schema: 'urn:example:2.0:User',
  name: 'tags',
  type: 'STRING',
  multi_valued: true,
  required: false,
  case_exact: false,
  canonical_values: [],
  uniqueness: 'NONE',
  indexed: false,
  description: null,
};

test('one of several values is kept once, in the spelling in which it came first', () => {
  expect(checkValue(tags, ['x', 'X', 'y', 'x'])).toEqual(['x', 'y']);
});

test('values that differ by case are two where case counts', () => {
  expect(checkValue({ ...tags, case_exact: true }, ['x', 'X', 'x'])).toEqual(['x', 'X']);
});

test('numbers too are kept once', () => {
  expect(checkValue({ ...tags, type: 'INTEGER' }, [1, 2, 1])).toEqual([1, 2]);
});

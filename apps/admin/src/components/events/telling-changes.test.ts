import { expect, test } from 'vitest';
import { tellingChanges } from './telling-changes.ts';

const changed = (...fields: string[]) =>
  fields.map((field) => ({ field, before: null, after: 'x', named: [] }));
const fields = (changes: readonly { field: string }[]) => changes.map(({ field }) => field);

test('an arrival tells title and department first, and not again the name', () => {
  const changes = changed('userName', 'status', 'externalId', 'name.formatted', 'department', 'title');
  expect(fields(tellingChanges({ type: 'USER_CREATED', changes }))).toEqual([
    'title',
    'department',
    'userName',
    'externalId',
  ]);
});

test('a deactivation does not say twice that the person is inactive', () => {
  const changes = changed('status', 'department');
  expect(fields(tellingChanges({ type: 'USER_DEACTIVATED', changes }))).toEqual(['department']);
});

test('a change keeps the order in which the server tells it', () => {
  const changes = changed('name.familyName', 'displayName', 'title');
  expect(fields(tellingChanges({ type: 'USER_UPDATED', changes }))).toEqual([
    'name.familyName',
    'displayName',
    'title',
  ]);
});

import { expect, test } from 'vitest';
import { fieldName, isSecret, readableChange, readableValue } from './format-change.ts';

test('a changed attribute reads as from and to', () => {
  expect(readableChange({ field: 'department', before: 'Sales', after: 'Marketing' })).toEqual({
    field: 'Department',
    before: 'Sales',
    after: 'Marketing',
  });
});

test('names of the API become words', () => {
  expect(readableChange({ field: 'origin', before: 'ORG_STRUCTURE', after: 'MANUAL' })).toEqual({
    field: 'Origin',
    before: 'Org structure',
    after: 'By hand',
  });
  expect(readableChange({ field: 'title', before: null, after: 'CEO' }).after).toBe('CEO');
});

test('of a password there is nothing to show', () => {
  expect(isSecret({ field: 'password', before: null, after: null })).toBe(true);
  expect(isSecret({ field: 'title', before: null, after: null })).toBe(false);
});

test('fields are named in words', () => {
  expect(fieldName('refusedPassword')).toBe('Password not kept');
  expect(fieldName('costCenter')).toBe('Cost center');
  expect(fieldName('managerId')).toBe('Manager');
  expect(fieldName('name.familyName')).toBe('Name family name');
  expect(fieldName('x509Certificates')).toBe('X509 certificates');
});

test('what is absent or empty has no value', () => {
  expect(readableValue(null)).toBeNull();
  expect(readableValue('')).toBeNull();
  expect(readableValue([])).toBeNull();
  expect(readableValue({})).toBeNull();
});

test('a role that a group gives or takes tells the group', () => {
  const after = { id: '0197e4b2-7c1a-7000-8000-0000000003e8', group: 'Management', teamId: null };
  expect(readableChange({ field: 'mapping', before: null, after })).toEqual({
    field: 'By the group',
    before: null,
    after: 'Management',
  });
});

test('references are called by name, and by a short id only when they have none', () => {
  const id = '0197e4b2-7c1a-7000-8000-0000000003e8';
  expect(readableValue({ id, displayName: 'Ana Silva' })).toBe('Ana Silva');
  expect(readableValue(id)).toBe('0197e4b2…');
});

test('lists, numbers and booleans become words', () => {
  expect(readableValue([{ value: 'a@x.example', type: 'work' }, { value: 'b@x.example' }])).toBe(
    'a@x.example, b@x.example',
  );
  expect(readableValue(false)).toBe('no');
  expect(readableValue(0)).toBe('0');
});

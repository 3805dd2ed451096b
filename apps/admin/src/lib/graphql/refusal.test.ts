import { CombinedGraphQLErrors } from '@apollo/client/errors';
import { expect, test } from 'vitest';
import { losesOwnAccess, refusalAt } from './refusal.ts';

const refused = (message: string, field: string) =>
  new CombinedGraphQLErrors({ errors: [{ message, extensions: { code: 'INVALID_INPUT', field } }] });

test('a refusal is told at its field, without the name of the field', () => {
  const error = refused('name: this account has a role of that name already.', 'name');
  expect(refusalAt(error, ['name', 'permissions'])).toEqual({
    at: { name: 'This account has a role of that name already.' },
    other: undefined,
  });
});

test('what is about no field of the form is told beside it', () => {
  const error = refused('id: you lack users:write yourself.', 'id');
  expect(refusalAt(error, ['name'])).toEqual({ at: {}, other: error });
  expect(refusalAt(undefined, ['name'])).toEqual({ at: {}, other: undefined });
});

test('losing the own access is a question, not a failure', () => {
  expect(losesOwnAccess(refused('evenIfILoseAccess: …', 'evenIfILoseAccess'))).toBe(true);
  expect(losesOwnAccess(refused('roleIds: …', 'roleIds'))).toBe(false);
  expect(losesOwnAccess(undefined)).toBe(false);
});

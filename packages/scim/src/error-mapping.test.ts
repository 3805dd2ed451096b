import { GraphQLRequestError } from '@rollcall/graphql-client';
import { expect, test } from 'vitest';
import { toScimError } from './error-mapping.ts';

function mapped(code: string, facts: Record<string, unknown> = {}) {
  return toScimError(new GraphQLRequestError('as the core says it', { code, facts }));
}

test.each([
  ['UNAUTHENTICATED', 401, undefined],
  ['FORBIDDEN', 403, undefined],
  ['NOT_FOUND', 404, undefined],
  ['INVALID_INPUT', 400, 'invalidValue'],
  ['UNKNOWN_MEMBER', 400, 'invalidValue'],
  ['LIMIT_EXCEEDED', 400, 'tooMany'],
  ['LAST_ADMIN', 400, 'mutability'],
  ['VERSION_MISMATCH', 412, undefined],
  ['RATE_LIMITED', 429, undefined],
])('%s is %i %s with the message of the core', (code, status, scimType) => {
  expect(mapped(code)).toMatchObject({ status, scimType, detail: 'as the core says it' });
});

test('ALREADY_EXISTS names the attribute as SCIM calls it', () => {
  expect(mapped('ALREADY_EXISTS', { field: 'displayName' })).toMatchObject({
    status: 409,
    scimType: 'uniqueness',
  });
  expect(mapped('ALREADY_EXISTS', { field: 'displayName' })?.detail).toContain('displayName');
  expect(mapped('ALREADY_EXISTS')?.detail).toBe('as the core says it');
});

test('UNAVAILABLE tells nothing of the inside', () => {
  expect(mapped('UNAVAILABLE')).toMatchObject({ status: 503, detail: expect.not.stringContaining('core') });
});

test.each(['INTERNAL', 'ON_FIRE', 'toString'])('%s is left to be masked', (code) => {
  expect(mapped(code)).toBeUndefined();
});

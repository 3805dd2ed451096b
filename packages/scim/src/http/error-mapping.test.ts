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

test.each([
  ['memberIds', 'members: a Group can not be a member of itself.'],
  ['addMemberIds', 'members: a Group can not be a member of itself.'],
  ['directoryRoles.value', 'roles.value: a team can not be a member of itself.'],
  ['users[3].name.givenName', 'name.givenName: a team can not be a member of itself.'],
  [
    'urn:example:acme:2.0:User:badge',
    'urn:example:acme:2.0:User:badge: a team can not be a member of itself.',
  ],
])('what is said of %s is said of the attribute that SCIM knows', (field, detail) => {
  const failure = new GraphQLRequestError(`${field}: a team can not be a member of itself.`, {
    code: 'INVALID_INPUT',
    facts: { field },
  });
  expect(toScimError(failure)?.detail).toBe(detail);
});

test('who or what is not found, and a version that is past, are told in the words of SCIM', () => {
  const notFound = (message: string) =>
    toScimError(new GraphQLRequestError(message, { code: 'NOT_FOUND', facts: { field: 'id' } }))?.detail;
  expect(notFound('There is no team with the id 7 in this account.')).toMatch(/^Group 7 was not found/);
  expect(notFound('There is no user with the id 7 in this account.')).toMatch(/^User 7 was not found/);
  const cursor = new GraphQLRequestError('after: is not a cursor of this list.', { code: 'INVALID_CURSOR' });
  expect(toScimError(cursor)).toMatchObject({
    scimType: 'invalidCursor',
    detail: expect.not.stringContaining('after'),
  });
  expect(mapped('VERSION_MISMATCH')).toMatchObject({
    status: 412,
    detail: expect.stringContaining('If-Match'),
  });
});

test('UNAVAILABLE tells nothing of the inside', () => {
  expect(mapped('UNAVAILABLE')).toMatchObject({ status: 503, detail: expect.not.stringContaining('core') });
});

test.each(['INTERNAL', 'ON_FIRE', 'toString'])('%s is left to be masked', (code) => {
  expect(mapped(code)).toBeUndefined();
});

import type { IDToken } from 'openid-client';
import { describe, expect, test } from 'vitest';
import { identityOf } from './identity-of-claims.ts';

const connection = { preset: 'GENERIC', groups_claim: null } as Parameters<typeof identityOf>[1];
const identity = (claims: object) =>
  identityOf({ iss: 'https://login.example.com', sub: 'ada', ...claims } as IDToken, connection);

describe('an address that Google calls verified', () => {
  const google = { iss: 'https://accounts.google.com', email: 'Ada@example.com', email_verified: true };

  test.each([{}, { hd: 'another.example' }, { hd: '' }, { hd: ['example.com'] }, { hd: 'x@example.com' }])(
    'is not of the Workspace with %j',
    (more) => {
      expect(identity({ ...google, ...more }).verifiedEmail).toBeUndefined();
    },
  );

  test('is of the Workspace whose domain it has', () => {
    expect(identity({ ...google, hd: 'Example.com' }).verifiedEmail).toBe('Ada@example.com');
  });

  test('needs no Workspace at other issuers', () => {
    expect(identity({ email: 'ada@example.com', email_verified: true }).verifiedEmail).toBe(
      'ada@example.com',
    );
  });
});

test('a subject is at most 255 ASCII characters', () => {
  expect(identity({ sub: 'a'.repeat(255) }).subject).toHaveLength(255);
  for (const sub of ['a'.repeat(256), 'adä', ''])
    expect(() => identity({ sub })).toThrow('The claim sub is not as the standard has it.');
});

test('names that nobody can see are none', () => {
  expect(identity({ name: ' ', given_name: '\u200b', family_name: 'Lovelace' }).names).toEqual({
    displayName: null,
    givenName: null,
    familyName: 'Lovelace',
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newId } from '../text/uuid.ts';
import { newSecret, parseSecret, sameDigest, secretKinds } from './secret.ts';

const id = newId();

test.each(secretKinds)('a secret of kind %s says what it is and whose', (kind) => {
  const { secret, digest, lastFour } = newSecret(kind, id);
  expect(secret).toMatch(new RegExp(`^rc_${kind}_[0-9a-f]{32}_[A-Za-z0-9_-]{51}$`));
  expect(parseSecret(secret)).toEqual({ kind, id, digest });
  expect(secret.endsWith(lastFour)).toBe(true);
  expect(digest).not.toContain(secret.slice(-51));
});

test('no two secrets are the same', () => {
  const secrets = Array.from({ length: 100 }, () => newSecret('api', id).secret);
  expect(new Set(secrets).size).toBe(100);
});

test('one character changed anywhere is noticed without asking the database', () => {
  const { secret } = newSecret('scim', id);
  fc.assert(
    fc.property(fc.nat(secret.length - 1), fc.constantFrom(...'abcXYZ019_-'), (place, letter) => {
      const changed = secret.slice(0, place) + letter + secret.slice(place + 1);
      expect(parseSecret(changed) === undefined).toBe(changed !== secret);
    }),
  );
});

test('text that is no secret is none', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(parseSecret(text)).toBeUndefined();
    }),
  );
  const { secret } = newSecret('api', id);
  for (const text of [`${secret} `, ` ${secret}`, secret.slice(0, -1), secret + secret, secret.toUpperCase()])
    expect(parseSecret(text)).toBeUndefined();
});

test('digests are the same only when they are', () => {
  const [one, other] = [newSecret('api', id).digest, newSecret('api', id).digest];
  expect(sameDigest(one, one)).toBe(true);
  expect(sameDigest(one, other)).toBe(false);
  expect(sameDigest(one, one.slice(1))).toBe(false);
});

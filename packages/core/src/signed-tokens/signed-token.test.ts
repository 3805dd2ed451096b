import { UnsecuredJWT } from 'jose';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readToken, type TokenRules } from './signed-token.ts';

const NOW = 1_800_000_000;
beforeEach(() => {
  vi.useFakeTimers({ now: NOW * 1000, toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const rules: TokenRules = {
  algorithms: ['none'],
  types: ['jwt'],
  mayHaveNoType: true,
  issuer: 'them',
  audiences: ['us'],
  maxAge: 300,
  maxLifetime: 300,
  mayHaveNoIssueTime: true,
};
const read = (times: { iat?: number; exp?: number }) =>
  readToken(new UnsecuredJWT({ iss: 'them', aud: 'us', jti: 'once', ...times }).encode(), rules);

test.each([
  ['that was just issued', { iat: NOW, exp: NOW + 300 }],
  ['that is about to expire', { iat: NOW - 300, exp: NOW }],
  ['that says only when it expires', { exp: NOW + 300 }],
  ['from a clock that is ahead', { iat: NOW + 60, exp: NOW + 360 }],
])('a token %s is remembered for as long as it could come again', (_, times) => {
  const { refusedFrom } = read(times);
  vi.setSystemTime(refusedFrom.getTime() - 1000);
  expect(read(times).id).toBe('once');
  vi.setSystemTime(refusedFrom.getTime() + 1000);
  expect(() => read(times)).toThrow(/was issued more than|has expired/);
});

test('a token has a time by which it is over', () => {
  expect(() => read({})).toThrow('exp is not a number of seconds.');
  expect(() => read({ exp: NOW + 361 })).toThrow('exp is more than 300 seconds ahead.');
});

import { expect, test } from 'vitest';
import { DomainError } from '../errors.ts';
import { generatePassword } from './password.ts';
import { checkPassword } from './password-rules.ts';

const KNOWN = ['Ada.Lovelace@example.com', 'ada.byron@mail.example', 'Ada Lovelace'];

const refusalOf = (password: string): string | undefined => {
  try {
    checkPassword(password, 'password', KNOWN);
    return undefined;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    expect(error).toMatchObject({ code: 'INVALID_INPUT', facts: { field: 'password' } });
    return error.message;
  }
};

test.each([
  'correct horse battery',
  'Kv7J2LEa!x9#',
  'the first one',
  'aller guten Dinge',
  'ключ от квартиры',
  '😀😃😄😁😆😅🤣😂🙂🙃😉😊',
  'not ada.lovelace@example.com',
  generatePassword(),
])('%j is taken, whatever signs it is made of', (password) => {
  expect(refusalOf(password)).toBeUndefined();
});

test.each([
  ['', /blank/],
  [' '.repeat(12), /blank/],
  ['\u200b'.repeat(16), /blank/],
  ['\t \u00a0\u2003\u3000\n\r '.repeat(2), /blank/],
  ['Kv7J2LEa!x9', /at least 12 characters/],
  ['😀😃😄😁😆😅', /at least 12 characters/],
  ['aaaaaaaaaaaaaaaa', /repeats/],
  ['abcabcabcabcabc', /repeats/],
  ['Kv7J2LEaKv7J2LEa', /repeats/],
  ['password1234', /guessed first/],
  ['PassWord2026!', /guessed first/],
  ['P@ssw0rd2026', /guessed first/],
  ['123456789012', /guessed first/],
  ['1q2w3e4r5t6y', /guessed first/],
  ['!!liverpool!!', /guessed first/],
  ['ada.lovelace@example.com', /name or e-mail/],
  ['ADA.LOVELACE', /name or e-mail/],
  ['ada.lovelace1815', /name or e-mail/],
  ['ada lovelace', /name or e-mail/],
  ['ada.byron@mail.example!', /name or e-mail/],
])('%j is refused with the rule', (password, rule) => {
  expect(refusalOf(password)).toMatch(rule);
});

test('long addresses of the person cost no more than they are long', () => {
  const long = `a${'1'.repeat(60_000)}a`;
  const known = Array.from({ length: 50 }, (_, n) => `${long}${n}@example.com`);
  expect(() => checkPassword('correct horse battery', 'password', known)).not.toThrow();
});

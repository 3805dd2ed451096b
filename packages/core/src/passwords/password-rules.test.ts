import { expect, test } from 'vitest';
import { DomainError } from '../errors/domain-error.ts';
import { generatePassword } from './password.ts';
import { checkPassword } from './password-rules.ts';

const KNOWN = [
  'Ada.Lovelace@example.com',
  'ada.byron@mail.example',
  'Ada Lovelace',
  'Rene\u0301e Dupr\u00e9',
];

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
  ['adalovelace1815', /name or e-mail/],
  ['ada_lovelace_1815', /name or e-mail/],
  ['lovelaceada1815', /name or e-mail/],
  ['Lovelace, Ada!', /name or e-mail/],
  ['adabyronmailexample', /name or e-mail/],
  ['A-d-a-L-o-v-e-l-a-c-e', /name or e-mail/],
  ['!!!!! ada !!!!! lovelace !!!!!', /name or e-mail/],
  ['renée dupré 1234', /name or e-mail/],
  ['rene\u0301e.dupre\u0301.1234', /name or e-mail/],
  ['l-i-v-e-r-pool-1', /guessed first/],
  ['e\u0301f\u0300g\u0301hijkl', /at least 12 characters/],
])('%j is refused with the rule', (password, rule) => {
  expect(refusalOf(password)).toMatch(rule);
});

test('characters are counted in the form that is hashed', () => {
  const eleven = 'e\u0301'.concat('abcdfghijk');
  expect(refusalOf(eleven)).toMatch(/at least 12 characters/);
  expect(refusalOf(`${eleven}l`)).toBeUndefined();
});

test.each(['ada and lovelace', 'lovelace ada king', 'adalovelacelong9'])(
  '%j says more than the name',
  (password) => {
    expect(refusalOf(password)).toBeUndefined();
  },
);

test('long addresses of the person cost no more than they are long', () => {
  const long = `a${'1'.repeat(60_000)}a`;
  const known = Array.from({ length: 50 }, (_, n) => `${long}${n}@example.com`);
  const began = performance.now();
  known.push(...Array.from({ length: 50 }, () => `a${'\u0301\u0327'.repeat(16_000)}`));
  for (const password of ['correct horse battery', '1a'.repeat(511), `${'a'.repeat(1023)}b`])
    expect(() => checkPassword(password, 'password', known)).not.toThrow('name');
  expect(performance.now() - began).toBeLessThan(2000);
});

test('names of signs that each stand for a sentence cost no more than others', () => {
  const known = Array.from({ length: 50_000 }, (_, n) => `${'\ufdfa'.repeat(14)}${n}`);
  const began = performance.now();
  expect(() => checkPassword('correct horse battery', 'password', known)).not.toThrow();
  expect(performance.now() - began).toBeLessThan(1000);
});

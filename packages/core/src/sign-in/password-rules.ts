import { dictionary } from '@zxcvbn-ts/language-common';
import { invalidInput } from '../errors.ts';
import { signInLimits } from './sign-in-limits.ts';

const { minPasswordLength } = signInLimits;

/** What people and programs put around a word to make a password of it, at most. */
const MAX_PADDING = 8;
const MIN_WORD = 4;

const commonPasswords: ReadonlySet<string> = new Set(dictionary['passwords-common']);

/**
 * Refuses a password that whoever guesses tries early (NIST SP 800-63B-4 §3.1.1.2): a short one, a common one, or what
 * everybody knows of the person, such as their userName and e-mail addresses. Every door that sets a password asks here.
 *
 * @throws DomainError INVALID_INPUT
 */
export function checkPassword(password: string, field: string, known: readonly string[] = []): void {
  const problem = problemOf(password, known);
  if (problem !== undefined) throw invalidInput(field, problem);
}

function problemOf(password: string, known: readonly string[]): string | undefined {
  if (!VISIBLE.test(password)) return `is blank. Choose at least ${minPasswordLength} characters.`;
  const length = charactersOf(password);
  if (length < minPasswordLength) return `needs at least ${minPasswordLength} characters.`;
  if (charactersOf(repeatedPart(password)) < minPasswordLength)
    return 'repeats a few characters. Choose a longer text, such as four words.';
  const words = [fold(password), wordIn(password)];
  if (words.some((word) => commonPasswords.has(word)))
    return 'is one of those that are guessed first. Choose a longer text, such as four words.';
  if (namesIn(known).some((name) => words.includes(name)))
    return 'is the name or e-mail address of the person. Choose something that nobody knows.';
  return undefined;
}

/** Neither white space nor a character that shows nothing. */
const VISIBLE = /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Control}]/u;

const charactersOf = (text: string): number => [...text].length;

const fold = (text: string): string => text.normalize('NFKC').toLowerCase();

/** The shortest text of whose repetition the whole consists; the whole when it repeats nothing. */
const repeatedPart = (text: string): string => text.slice(0, (text + text).indexOf(text, 1));

/** The word that the password is made of, without the digits and signs around it; the whole when those are many. */
function wordIn(password: string): string {
  const folded = fold(password);
  const word = folded.replace(/^\P{L}+|\P{L}+$/gu, '');
  return word.length >= MIN_WORD && folded.length - word.length <= MAX_PADDING ? word : folded;
}

/** Names as they are, and what stands before the @ of an address. */
const namesIn = (known: readonly string[]): string[] =>
  known.flatMap((name) => [fold(name), wordIn(name), wordIn(name.split('@')[0] ?? '')]);

import { dictionary } from '@zxcvbn-ts/language-common';
import { invalidInput } from '../errors/domain-error.ts';
import { normalForm } from './password.ts';
import { signInLimits } from './sign-in-limits.ts';

const { minPasswordLength } = signInLimits;

/** What people and programs put around a word to make a password of it, at most. */
const MAX_PADDING = 8;
const MIN_WORD = 4;
/** Nobody types a longer name or address as a password (RFC 5321 §4.5.3.1.3 has 256); a body full of them would take seconds. */
const MAX_KNOWN = 256;
/** The most characters that NFKC makes of one of a name; of some signs it makes 18. */
const MAX_EXPANSION = 3;

const commonPasswords: ReadonlySet<string> = new Set(dictionary['passwords-common']);

/**
 * Refuses a password that whoever guesses tries early (NIST SP 800-63B-4 §3.1.1.2): a short one, a common one, or what
 * everybody knows of the person, such as their userName and e-mail addresses. Every door that sets a password asks here.
 *
 * @throws DomainError INVALID_INPUT
 */
export function checkPassword(password: string, field: string, known: readonly string[] = []): void {
  // What is hashed is what is looked at.
  const problem = problemOf(normalForm(password), known);
  if (problem !== undefined) throw invalidInput(field, problem);
}

function problemOf(password: string, known: readonly string[]): string | undefined {
  if (!VISIBLE.test(password)) return `is blank. Choose at least ${minPasswordLength} characters.`;
  const length = charactersOf(password);
  if (length < minPasswordLength) return `needs at least ${minPasswordLength} characters.`;
  if (charactersOf(repeatedPart(password)) < minPasswordLength)
    return 'repeats a few characters. Choose a longer text, such as four words.';
  const whole = likeTheList(password);
  const bare = whole.replace(SIGNS, '');
  if ([whole, wordIn(whole), bare, wordIn(bare)].some((word) => commonPasswords.has(word)))
    return 'is one of those that are guessed first. Choose a longer text, such as four words.';
  const names = namesIn(known);
  if (names.has(bare) || names.has(wordIn(bare)))
    return 'is the name or e-mail address of the person. Choose something that nobody knows.';
  return undefined;
}

/** Neither white space nor a character that shows nothing. */
const VISIBLE = /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Control}]/u;

const charactersOf = (text: string): number => [...text].length;

/** As the list of common passwords has them. */
const likeTheList = (text: string): string => text.normalize('NFKC').toLowerCase();

/** What is neither letter nor digit: whatever stands between the parts of a name, it is that name. */
const SIGNS = /[^\p{L}\p{M}\p{N}]+/gu;

/** The shortest text of whose repetition the whole consists; the whole when it repeats nothing. */
const repeatedPart = (text: string): string => text.slice(0, (text + text).indexOf(text, 1));

/** The word that a text is made of, without the digits and signs around it; the whole when those are many. */
function wordIn(text: string): string {
  // A regular expression would begin anew at each of many signs; what surrounds the word is looked at once.
  const characters = [...text];
  const word = characters
    .slice(characters.findIndex(isLetter), characters.findLastIndex(isLetter) + 1)
    .join('');
  return word.length >= MIN_WORD && text.length - word.length <= MAX_PADDING ? word : text;
}

const isLetter = (character: string): boolean => /\p{L}/u.test(character);

/** What the names are when they are typed as a password: as they are said, and what stands before the @ of an address. */
const namesIn = (known: readonly string[]): ReadonlySet<string> =>
  new Set(
    saidBy(known)
      .flatMap(ordersOf)
      .flatMap((name) => [name, wordIn(name)]),
  );

/** Each name and the part before its @, once, as the list has them; without signs of which NFKC makes a sentence each. */
function saidBy(known: readonly string[]): string[] {
  const short = known.filter(({ length }) => length <= MAX_KNOWN);
  const names = new Set(short.flatMap((name) => [name, name.split('@', 1)[0] ?? '']));
  return [...names].flatMap((name) => {
    const said = likeTheList(name);
    return said.length > MAX_EXPANSION * name.length ? [] : [said];
  });
}

/** A name in the order in which it stands, and with its last or first part moved, as Lovelace Ada is Ada Lovelace. */
function ordersOf(name: string): string[] {
  const parts = name.split(SIGNS).filter((part) => part !== '');
  const orders = [
    parts,
    [...parts.slice(-1), ...parts.slice(0, -1)],
    [...parts.slice(1), ...parts.slice(0, 1)],
  ];
  return parts.length === 0 ? [] : orders.map((order) => order.join(''));
}

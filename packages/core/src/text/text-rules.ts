import { invalidInput } from '../errors/domain-error.ts';
import { fold } from './fold.ts';

/** Longest text of one attribute, in characters; certificates and pictures given as data may be longer. */
export const MAX_TEXT_LENGTH = 1024;
export const MAX_VALUE_LENGTH = 65_536;
/** Most values of one multi-valued attribute. */
export const MAX_VALUES = 200;
/** Most bytes of a text that something is found by: PostgreSQL indexes no more. */
const MAX_NAME_BYTES = 2048;

/** Characters, as people count them: one for each code point, whatever UTF-16 makes of it. */
function isLongerThan(text: string, characters: number): boolean {
  if (text.length <= characters) return false;
  return text.length > 2 * characters || [...text].length > characters;
}

/** Refuses what nobody means (a book in a field) and what no text has. */
export function checkSize(text: string | null | undefined, field: string, maxLength: number): void {
  if (text == null) return;
  if (isLongerThan(text, maxLength))
    throw invalidInput(field, `is longer than ${maxLength} characters. Shorten it.`);
  checkCharacters(text, field);
}

/** Refuses what PostgreSQL can't keep, and so nothing can be found by. */
export function checkCharacters(text: string, field: string): void {
  if (text.includes('\0')) throw invalidInput(field, 'contains the character NUL. Remove it.');
  if (!text.isWellFormed())
    throw invalidInput(field, 'contains half of a surrogate pair. Send well-formed Unicode.');
}

/**
 * The rules of a text that is kept. Nothing at all is no text either, but may be what is meant: whoever takes one makes
 * null of an empty text first (`orNone`).
 */
export function checkText(text: string | null | undefined, field: string, maxLength: number): void {
  checkSize(text, field, maxLength);
  if (text != null && isBlank(text))
    throw invalidInput(field, 'has white space alone. Send a text that can be seen, or null for none.');
}

/** An empty text says that there is none (as in SCIM, RFC 7643 §2.5). */
export const orNone = <Text extends string | null | undefined>(text: Text): Text | null =>
  text === '' ? null : text;

/** The description that keeps the rules; null when there is none. */
export function checkDescription(given: string | null | undefined): string | null {
  const description = orNone(given) ?? null;
  checkText(description, 'description', MAX_TEXT_LENGTH);
  return description;
}

/** The rules of a text that something is found by. */
export function checkKey(text: string | null | undefined, field: string): void {
  checkText(text, field, MAX_TEXT_LENGTH);
  if (text != null && Buffer.byteLength(fold(text)) > MAX_NAME_BYTES)
    throw invalidInput(field, `is longer than ${MAX_NAME_BYTES} bytes of UTF-8. Shorten it.`);
}

/** The name that somebody has to have, and is found by, when it keeps the rules. */
export function checkName(text: string | null | undefined, field: string): string {
  if (text == null || isBlank(text))
    throw invalidInput(field, 'is required and can not be empty. Send a name that can be seen.');
  checkKey(text, field);
  return text;
}

/** Is there nothing to be seen: white space, controls, and what has no width? */
export const isBlank = (text: string): boolean => !VISIBLE.test(text);

// Braille's blank and the fillers of Hangul count as letters and symbols, and show nothing.
const VISIBLE = /[^\p{White_Space}\p{C}\p{Default_Ignorable_Code_Point}\p{M}\u2800]/u;

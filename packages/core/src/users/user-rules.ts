import { type DomainError, invalidInput } from '../errors.ts';
import { checkPassword } from '../sign-in/password-rules.ts';
import { listAttributes, nameParts, textAttributes } from './user-attributes.ts';
import type { UserChanges } from './user-properties.ts';

/** Longest text of one attribute; certificates and pictures given as data may be longer. */
export const MAX_TEXT_LENGTH = 1024;
export const MAX_VALUE_LENGTH = 65_536;
/** Most values of one multi-valued attribute. */
export const MAX_VALUES = 200;

/** The refusal of an external id from somebody who speaks for no connection. */
export const externalIdWithoutConnection = (): DomainError =>
  invalidInput('externalId', "belongs to a connection: set it with that connection's SCIM token.");

/** Throws INVALID_INPUT at the first value that breaks a rule; `prefix` says where in the input it stands. */
export function checkUserProperties(user: UserChanges, prefix = ''): void {
  if (user.userName !== undefined) checkUserName(user.userName, `${prefix}userName`);
  for (const { field } of textAttributes) checkText(user[field], `${prefix}${field}`, MAX_TEXT_LENGTH);
  for (const { field } of nameParts) checkText(user.name?.[field], `${prefix}name.${field}`, MAX_TEXT_LENGTH);
  checkText(user.externalId, `${prefix}externalId`, MAX_TEXT_LENGTH);
  checkText(user.manager, `${prefix}manager`, MAX_TEXT_LENGTH);
  for (const { field } of listAttributes) checkValues(user[field], `${prefix}${field}`);
  checkText(user.password, `${prefix}password`, MAX_TEXT_LENGTH);
  if (user.password != null) checkPassword(user.password, `${prefix}password`, knownOf(user));
}

/** What everybody knows of a person, so that none of it is a password. */
export const knownOf = ({ userName, displayName, emails }: KnownPerson): string[] =>
  [userName, displayName, ...(emails ?? []).map(({ value }) => value)].filter((name) => name != null);

interface KnownPerson {
  readonly userName?: string | null;
  readonly displayName?: string | null;
  readonly emails?: readonly { readonly value?: string | null }[] | null;
}

function checkUserName(userName: string | null, field: string): void {
  if (userName === null || userName.trim() === '')
    throw invalidInput(field, 'is required and can not be empty.');
  checkText(userName, field, MAX_TEXT_LENGTH);
}

/** Refuses what PostgreSQL can't keep (NUL) and what nobody means (a book in a field). */
export function checkText(text: string | null | undefined, field: string, maxLength: number): void {
  if (text == null) return;
  if (text.length > maxLength)
    throw invalidInput(field, `is longer than ${maxLength} characters. Shorten it.`);
  if (text.includes('\0')) throw invalidInput(field, 'contains the character NUL. Remove it.');
  if (!text.isWellFormed())
    throw invalidInput(field, 'contains half of a surrogate pair. Send well-formed Unicode.');
}

function checkValues(values: readonly object[] | null | undefined, field: string): void {
  if (values == null) return;
  if (values.length > MAX_VALUES) throw invalidInput(field, `has more than ${MAX_VALUES} values.`);
  const primaries = values.filter((value) => 'primary' in value && value.primary === true);
  if (primaries.length > 1) throw invalidInput(field, 'has more than one primary value (RFC 7643 §2.4).');
  for (const value of values) {
    for (const [part, text] of Object.entries(value)) {
      if (typeof text === 'string') checkText(text, `${field}.${part}`, MAX_VALUE_LENGTH);
    }
  }
}

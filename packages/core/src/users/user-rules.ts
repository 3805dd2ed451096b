import { type DomainError, invalidInput } from '../errors.ts';
import { checkPassword } from '../sign-in/password-rules.ts';
import {
  checkKey,
  checkName,
  checkText,
  checkVisible,
  MAX_TEXT_LENGTH,
  MAX_VALUE_LENGTH,
} from '../text/text-rules.ts';
import { listAttributes, nameParts, textAttributes } from './user-attributes.ts';
import type { UserChanges } from './user-properties.ts';

/** Most values of one multi-valued attribute. */
export const MAX_VALUES = 200;

/** The refusal of an external id from somebody who speaks for no connection. */
export const externalIdWithoutConnection = (): DomainError =>
  invalidInput('externalId', "belongs to a connection: set it with that connection's SCIM token.");

/** Throws INVALID_INPUT at the first value that breaks a rule; `prefix` says where in the input it stands. */
export function checkUserProperties(user: UserChanges, prefix = ''): void {
  if (user.userName !== undefined) checkName(user.userName, `${prefix}userName`);
  for (const { field } of textAttributes) checkText(user[field], `${prefix}${field}`, MAX_TEXT_LENGTH);
  for (const field of shownAsNames) checkVisible(user[field], `${prefix}${field}`);
  for (const { field } of nameParts) {
    checkText(user.name?.[field], `${prefix}name.${field}`, MAX_TEXT_LENGTH);
    checkVisible(user.name?.[field], `${prefix}name.${field}`);
  }
  checkKey(user.externalId, `${prefix}externalId`);
  checkKey(user.manager, `${prefix}manager`);
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

/** The single values that name the person or what they belong to. */
const shownAsNames = ['displayName', 'nickName', 'organization', 'division', 'department'] as const;

/** The changes with empty texts as none: an empty text says that there is no value (as in SCIM, RFC 7643 §2.5). */
export function withoutEmptyTexts<Changes extends UserChanges>(changes: Changes): Changes {
  const cleared: UserChanges = {};
  for (const field of singleTexts) if (changes[field] === '') cleared[field] = null;
  const name = changes.name == null ? changes.name : withoutEmptyParts(changes.name);
  return name == null ? { ...changes, ...cleared } : { ...changes, ...cleared, name };
}

const singleTexts = [...textAttributes.map(({ field }) => field), 'externalId', 'manager'] as const;

function withoutEmptyParts(name: NonNullable<UserChanges['name']>): NonNullable<UserChanges['name']> {
  const parts = { ...name };
  for (const { field } of nameParts) if (parts[field] === '') parts[field] = null;
  return parts;
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

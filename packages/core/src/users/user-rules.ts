import { invalidInput } from '../errors/domain-error.ts';
import { listAttributes, nameParts, textAttributes } from '../model/user-attributes.ts';
import { checkPassword } from '../passwords/password-rules.ts';
import {
  checkKey,
  checkName,
  checkSize,
  checkText,
  MAX_TEXT_LENGTH,
  MAX_VALUE_LENGTH,
  MAX_VALUES,
  orNone,
} from '../text/text-rules.ts';
import type { PersonNameProperties, UserChanges } from './user-properties.ts';

/** Throws INVALID_INPUT at the first value that breaks a rule; `prefix` says where in the input it stands. */
export function checkUserProperties(user: UserChanges, prefix = ''): void {
  if (user.userName !== undefined) checkName(user.userName, `${prefix}userName`);
  for (const { field } of textAttributes) checkText(user[field], `${prefix}${field}`, MAX_TEXT_LENGTH);
  for (const { field } of nameParts) checkText(user.name?.[field], `${prefix}name.${field}`, MAX_TEXT_LENGTH);
  checkKey(user.externalId, `${prefix}externalId`);
  checkKey(user.manager, `${prefix}manager`);
  for (const { field } of listAttributes) checkValues(user[field], `${prefix}${field}`);
  checkSize(user.password, `${prefix}password`, MAX_TEXT_LENGTH);
  if (user.password != null) checkPassword(user.password, `${prefix}password`, knownOf(user));
}

/** What everybody knows of a person, so that none of it is a password. */
export const knownOf = ({ userName, displayName, name, emails }: KnownPerson): string[] =>
  [
    userName,
    displayName,
    name?.formatted,
    `${name?.givenName ?? ''} ${name?.familyName ?? ''}`,
    ...(emails ?? []).map(({ value }) => value),
  ].filter((known) => known != null);

interface KnownPerson {
  readonly userName?: string | null;
  readonly displayName?: string | null;
  readonly name?: Pick<PersonNameProperties, 'formatted' | 'givenName' | 'familyName'> | null;
  readonly emails?: readonly { readonly value?: string | null }[] | null;
}

/**
 * The changes with empty texts as none, in lists too. An element of which labels alone are left says nothing, and is
 * dropped as SCIM does.
 */
export function withoutEmptyUserTexts<Changes extends UserChanges>(changes: Changes): Changes {
  const cleared: Record<string, unknown> = {};
  for (const field of singleTexts) if (changes[field] === '') cleared[field] = null;
  if (changes.name != null) cleared.name = withoutEmptyParts(changes.name);
  for (const { field } of listAttributes) {
    const elements = changes[field];
    if (elements != null) cleared[field] = elements.map(saidIn).filter(saysMoreThanLabels);
  }
  return { ...changes, ...cleared };
}

const singleTexts = [...textAttributes.map(({ field }) => field), 'externalId', 'manager'] as const;

function withoutEmptyParts(name: NonNullable<UserChanges['name']>): NonNullable<UserChanges['name']> {
  const parts = { ...name };
  for (const { field } of nameParts) parts[field] = orNone(parts[field]);
  return parts;
}

/** The parts of an element that have a value. */
const saidIn = (element: object): object =>
  Object.fromEntries(Object.entries(element).filter(([, value]) => value != null && value !== ''));

const labels: ReadonlySet<string> = new Set(['type', 'primary', 'display']);

const saysMoreThanLabels = (element: object): boolean =>
  Object.keys(element).some((part) => !labels.has(part));

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

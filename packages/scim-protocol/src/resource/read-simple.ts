import { isLongerThan, lengthInCharacters } from '../characters.ts';
import { NOT_A_DATE_TIME, parseDateTime } from '../date-time.ts';
import { invalidValue } from '../errors.ts';
import type { JsonValue } from '../json.ts';
import type { AttributeDefinition } from '../schema/attribute.ts';
import { booleanFromString } from '../tolerances/boolean-as-string.ts';
import { numberFromString, textFromNumber } from '../tolerances/number-as-string.ts';

/** Caps on what a client may store in one value; they keep a resource within reason, not within a byte count. */
export const valueLimits = {
  /** Characters of a string. */
  string: 4096,
  /** Characters of a reference or binary value; photos may be data: URIs. */
  large: 131_072,
  /** Values of a multi-valued attribute; the members of a group are not counted. */
  elements: 1000,
  /** Values of a multi-valued attribute that have no `value` to be told apart by, such as addresses. */
  elementsWithoutValue: 100,
} as const;

/** Reads a value of a simple type (RFC 7643 §2.3). Throws invalidValue naming `where`. */
export function readSimple(attribute: AttributeDefinition, raw: JsonValue, where: string): JsonValue {
  switch (attribute.type) {
    case 'boolean':
      return readBoolean(raw, where);
    case 'integer':
    case 'decimal':
      return readNumber(attribute.type, raw, where);
    case 'dateTime':
      return readDateTime(raw, where);
    case 'binary':
      return readBinary(raw, where);
    case 'reference':
      return readText(raw, where, valueLimits.large);
    default:
      return readText(textFromNumber(attribute, raw), where, valueLimits.string);
  }
}

function readBoolean(raw: JsonValue, where: string): boolean {
  const value = booleanFromString(raw);
  if (typeof value === 'boolean') return value;
  throw invalidValue(where, 'must be true or false.');
}

function readNumber(type: 'integer' | 'decimal', raw: JsonValue, where: string): number {
  const value = numberFromString(raw);
  if (typeof value === 'number' && (type === 'decimal' || Number.isSafeInteger(value))) return value;
  throw invalidValue(where, type === 'integer' ? 'must be a whole number.' : 'must be a number.');
}

function readDateTime(raw: JsonValue, where: string): string {
  if (typeof raw === 'string' && parseDateTime(raw) !== undefined) return raw;
  throw invalidValue(where, NOT_A_DATE_TIME);
}

function readBinary(raw: JsonValue, where: string): string {
  const text = readText(raw, where, valueLimits.large);
  if (/^[\w+/=\s-]*$/.test(text)) return text;
  throw invalidValue(where, 'must be binary data in base64.');
}

/** NUL and lone surrogates are legal in JSON and can't be stored as text, so they are refused by name. */
function readText(raw: JsonValue, where: string, maxLength: number): string {
  if (typeof raw !== 'string') throw invalidValue(where, 'must be a string.');
  if (isLongerThan(raw, maxLength)) {
    const length = lengthInCharacters(raw);
    throw invalidValue(where, `has ${length} characters; at most ${maxLength} are allowed. Shorten it.`);
  }
  if (raw.includes('\u0000') || !raw.isWellFormed()) {
    throw invalidValue(
      where,
      'contains a character that is not text (NUL or half a surrogate pair). Remove it.',
    );
  }
  return raw;
}

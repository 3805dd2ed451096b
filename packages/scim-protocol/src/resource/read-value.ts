import { invalidValue } from '../errors.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import type { AttributeDefinition } from '../schema/attribute.ts';
import { arrayFromSingleValue, singleValueFromArray } from '../tolerances/array-or-single.ts';
import { bareValueFromObject, objectFromBareValue } from '../tolerances/bare-value.ts';
import { findSubAttribute } from '../tolerances/display-name-of-role.ts';
import { isUnassigned, isUnassignedFor } from '../tolerances/empty-string.ts';
import { assertElementCount, isHollow, isReference } from './element.ts';
import { mergeElements } from './merge-elements.ts';
import { readSimple } from './read-simple.ts';
import { withReferencedId } from './referenced-id.ts';
import { assertSaysSomething } from './something-known.ts';

/**
 * Reads a value as its attribute defines it: canonical names, coerced types, nothing that is read-only. Undefined
 * means unassigned: null, an empty string, array or object (RFC 7643 §2.5). As elements of a list they are refused. Throws
 * invalidValue naming `where`.
 */
export function readValue(
  attribute: AttributeDefinition,
  raw: JsonValue,
  where: string = attribute.name,
): JsonValue | undefined {
  if (isUnassignedFor(attribute, raw)) return undefined;
  return attribute.multiValued ? readElements(attribute, raw, where) : readSingle(attribute, raw, where);
}

/** Reads one value of an attribute: the whole of a single-valued one, an element of a multi-valued one. */
function readSingle(attribute: AttributeDefinition, raw: JsonValue, where: string): JsonValue | undefined {
  const value = singleValueFromArray(raw);
  if (attribute.type === 'complex') {
    return isUnassigned(value) ? undefined : readComplex(attribute, value, where);
  }
  const bare = bareValueFromObject(value);
  return isUnassignedFor(attribute, bare) ? undefined : readSimple(attribute, bare, where);
}

/** Reads the sub-attributes of a complex value; those cleared with null or "" are listed as null. */
export function readSubAttributes(
  attribute: AttributeDefinition,
  raw: JsonValue,
  where: string,
): ReadonlyMap<AttributeDefinition, JsonValue> {
  const object = objectFromBareValue(attribute, raw);
  if (!isJsonObject(object)) throw invalidValue(where, 'must be an object.');
  const given = new Map<AttributeDefinition, JsonValue>();
  for (const [name, value] of Object.entries(object)) {
    const definition = findSubAttribute(attribute, name);
    if (definition !== undefined && definition.mutability !== 'readOnly') given.set(definition, value);
  }
  const read = new Map<AttributeDefinition, JsonValue>();
  for (const definition of attribute.subAttributes ?? []) {
    const value = given.get(definition);
    if (value === undefined) continue;
    read.set(definition, readValue(definition, value, `${where}.${definition.name}`) ?? null);
  }
  return read;
}

function readComplex(attribute: AttributeDefinition, raw: JsonValue, where: string): JsonObject | undefined {
  const object = objectFromBareValue(attribute, raw);
  if (!isJsonObject(object)) throw invalidValue(where, 'must be an object.');
  let value: JsonObject | undefined;
  for (const name of Object.keys(object)) {
    const definition = findSubAttribute(attribute, name);
    if (definition === undefined || definition.mutability === 'readOnly') continue;
    const read = readValue(definition, object[name] ?? null, `${where}.${definition.name}`);
    if (read === undefined) continue;
    value ??= {};
    value[definition.name] = read;
  }
  return value;
}

/**
 * An element that has nothing but labels is none: templates come so. One that is nothing at all, or nothing that is known, is
 * refused, since what was meant is lost, and a list of such would clear all that there is.
 */
function readElement(attribute: AttributeDefinition, raw: JsonValue, where: string): JsonValue | undefined {
  const element = readSingle(attribute, raw, where);
  if (isReference(attribute)) return withReferencedId(attribute, element, where);
  const given = singleValueFromArray(raw);
  if (isUnassigned(given)) {
    throw invalidValue(where, 'is no value. Leave it out; null or [] for all of the attribute clears it.');
  }
  assertSaysSomething(attribute, given, where);
  return isJsonObject(element) && isHollow(attribute, element) ? undefined : element;
}

function readElements(
  attribute: AttributeDefinition,
  raw: JsonValue,
  where: string,
): JsonValue[] | undefined {
  const given = arrayFromSingleValue(raw);
  assertElementCount(attribute, given.length, where);
  const elements: JsonValue[] = [];
  for (const [index, item] of given.entries()) {
    const element = readElement(attribute, item, `${where}[${index}]`);
    if (element !== undefined) elements.push(element);
  }
  if (elements.filter((element) => isJsonObject(element) && element.primary === true).length > 1) {
    throw invalidValue(
      where,
      'has more than one value with primary true. Mark one value only (RFC 7643 §2.4).',
    );
  }
  return elements.length === 0 ? undefined : [...mergeElements(attribute, [], elements)];
}

import { invalidValue } from '../errors.ts';
import { foldCase } from '../filter/match.ts';
import { isJsonObject, isSameJson, type JsonObject, type JsonValue } from '../json.ts';
import { type AttributeDefinition, findAttribute, valueSubAttribute } from '../schema/attribute.ts';
import { valueLimits } from './read-simple.ts';

const labels: ReadonlySet<string> = new Set(['type', 'primary', 'display']);

/** Tells whether an element has labels only: a type or primary mark of nothing is not worth keeping. */
export function isHollow(attribute: AttributeDefinition, element: JsonObject): boolean {
  const known = attribute.subAttributes ?? [];
  return !known.some(({ name }) => !labels.has(name) && element[name] !== undefined);
}

/**
 * Tells whether two elements of a multi-valued attribute are the same one. RFC 7643 §2.4 keeps (type, value) pairs
 * apart; a type that one side leaves out is no difference, since Okta sends members without. Elements without
 * `value`, such as addresses, are the same when all that `given` says is said by `existing`.
 */
export function isSameElement(
  attribute: AttributeDefinition,
  existing: JsonValue,
  given: JsonValue,
): boolean {
  if (!isJsonObject(existing) || !isJsonObject(given)) {
    return foldCase(attribute, existing) === foldCase(attribute, given);
  }
  const value = valueSubAttribute(attribute);
  if (value === undefined) return includesElement(attribute, existing, given);
  const isSame = (name: string) => isSameText(attribute, name, existing[name], given[name]);
  if (existing.value === undefined || given.value === undefined) return isSameJson(existing, given);
  const typed = existing.type !== undefined && given.type !== undefined;
  return isSame('value') && (!typed || isSame('type'));
}

/** Throws invalidValue when a multi-valued attribute would have more values than `valueLimits` allow. */
export function assertElementCount(attribute: AttributeDefinition, count: number, where: string): void {
  const most = maxElements(attribute);
  if (count <= most) return;
  throw invalidValue(
    where,
    `would have ${count} values; at most ${most} are allowed. Keep those that matter.`,
  );
}

/** References to other resources, such as members, are rows of their own, and as many as there are. */
function maxElements(attribute: AttributeDefinition): number {
  if (isReference(attribute)) return Number.POSITIVE_INFINITY;
  return isKeyed(attribute) ? valueLimits.elements : valueLimits.elementsWithoutValue;
}

/** Tells whether the attribute refers to other resources, as members do. */
export function isReference(attribute: AttributeDefinition): boolean {
  return findAttribute(attribute.subAttributes, '$ref') !== undefined;
}

/** Tells whether equal elements of the attribute can be told by a key; addresses are compared each with each. */
export function isKeyed(attribute: AttributeDefinition): boolean {
  return attribute.type !== 'complex' || valueSubAttribute(attribute) !== undefined;
}

/** The key by which equal elements of a list can be told in one pass; undefined unless the attribute is keyed. */
export function elementKey(attribute: AttributeDefinition, element: JsonValue): JsonValue | undefined {
  if (!isJsonObject(element)) return foldCase(attribute, element);
  const value = valueSubAttribute(attribute);
  if (value === undefined) return undefined;
  if (element.value !== undefined) return foldCase(value, element.value);
  // Such elements are equal when all of them is; no value contains a NUL.
  return `\u0000${JSON.stringify(Object.entries(element).sort())}`;
}

function includesElement(attribute: AttributeDefinition, existing: JsonObject, given: JsonObject): boolean {
  return Object.keys(given).every(
    (name) => name === 'primary' || isSameText(attribute, name, existing[name], given[name]),
  );
}

function isSameText(
  attribute: AttributeDefinition,
  name: string,
  left: JsonValue | undefined,
  right: JsonValue | undefined,
): boolean {
  if (left === right) return true;
  const definition = findAttribute(attribute.subAttributes, name);
  return isSameJson(foldCase(definition, left) ?? null, foldCase(definition, right) ?? null);
}

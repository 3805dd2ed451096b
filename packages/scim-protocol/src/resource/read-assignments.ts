import { invalidValue } from '../errors.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import { type AttributeDefinition, findAttribute } from '../schema/attribute.ts';
import {
  type AttributeTarget,
  attributeTarget,
  findExtension,
  type PathTolerance,
  resolveAttribute,
} from '../schema/resolve-attribute.ts';
import type { ResourceTypeDefinition } from '../schema/resource-type.ts';
import { isIgnoredInsideValue } from '../tolerances/ignored-members.ts';

/** One attribute that an object gives, with the value as it came. */
export interface Assignment {
  readonly target: AttributeTarget;
  readonly raw: JsonValue;
}

/**
 * Lists what a resource body, or the value of a PATCH operation without path, assigns. Members may be names in any
 * case, dotted names and URN-prefixed names (Microsoft Entra ID sends both), or the container of an extension.
 * What no schema knows and what clients can't write is left out.
 */
export function readAssignments(
  object: JsonObject,
  resourceType: ResourceTypeDefinition,
  tolerances: readonly PathTolerance[] = [],
): readonly Assignment[] {
  const assignments: Assignment[] = [];
  for (const name of Object.keys(object)) {
    const given = { name, raw: object[name] ?? null };
    for (const assignment of readMember(given, resourceType, tolerances)) assignments.push(assignment);
  }
  return assignments;
}

/** Lists what one member of such an object assigns. */
export function readMember(
  { name, raw }: { readonly name: string; readonly raw: JsonValue },
  resourceType: ResourceTypeDefinition,
  tolerances: readonly PathTolerance[] = [],
): readonly Assignment[] {
  const extension = findExtension(resourceType, name);
  if (extension !== undefined) {
    return readContainer(extension.id, raw, resourceType).filter(
      ({ target }) => !isIgnoredInsideValue(target),
    );
  }
  const target = resolveAttribute(resourceType, name, tolerances);
  return target === undefined || isIgnoredInsideValue(target) ? none : [{ target, raw }];
}

const none: readonly Assignment[] = [];

/** Lists what the container of an extension assigns; null assigns nothing to everything in it. */
export function readContainer(
  urn: string,
  raw: JsonValue,
  resourceType: ResourceTypeDefinition,
): readonly Assignment[] {
  const attributes = findExtension(resourceType, urn)?.attributes ?? [];
  if (raw === null) {
    return attributes.map((attribute) => ({ target: attributeTarget(attribute, urn), raw: null }));
  }
  if (!isJsonObject(raw)) throw invalidValue(urn, 'must be an object with the attributes of the extension.');
  const assignments: Assignment[] = [];
  for (const name of Object.keys(raw)) {
    const target = targetInContainer(name, urn, attributes);
    if (target !== undefined) assignments.push({ target, raw: raw[name] ?? null });
  }
  return assignments;
}

function targetInContainer(
  name: string,
  urn: string,
  attributes: readonly AttributeDefinition[],
): AttributeTarget | undefined {
  const dot = name.indexOf('.');
  const attribute = findAttribute(attributes, dot === -1 ? name : name.slice(0, dot));
  if (attribute === undefined || dot === -1) return attribute && attributeTarget(attribute, urn);
  const subAttribute = findAttribute(attribute.subAttributes, name.slice(dot + 1));
  return subAttribute && attributeTarget(attribute, urn, subAttribute);
}

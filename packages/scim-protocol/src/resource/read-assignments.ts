import { invalidValue } from '../errors.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import { findAttribute } from '../schema/attribute.ts';
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
  return Object.entries(object)
    .flatMap(([name, raw]) => {
      const extension = findExtension(resourceType, name);
      if (extension !== undefined) return readContainer(extension.id, raw, resourceType);
      const target = resolveAttribute(resourceType, name, tolerances);
      return target === undefined ? [] : [{ target, raw }];
    })
    .filter(({ target }) => !isIgnoredInsideValue(target));
}

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
  return Object.entries(raw).flatMap(([name, value]) => {
    const [first = '', ...rest] = name.split('.');
    const attribute = findAttribute(attributes, first);
    if (attribute === undefined) return [];
    if (rest.length === 0) return [{ target: attributeTarget(attribute, urn), raw: value }];
    const subAttribute = findAttribute(attribute.subAttributes, rest.join('.'));
    return subAttribute ? [{ target: attributeTarget(attribute, urn, subAttribute), raw: value }] : [];
  });
}

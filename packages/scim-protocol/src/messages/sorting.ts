import { invalidValue, type ScimError } from '../errors.ts';
import type { JsonValue } from '../json.ts';
import { valueSubAttribute } from '../schema/attribute.ts';
import {
  type AttributeTarget,
  attributeTarget,
  type PathTolerance,
  resolveAttribute,
} from '../schema/resolve-attribute.ts';
import type { ResourceTypeDefinition } from '../schema/resource-type.ts';
import { isUnassigned } from '../tolerances/empty-string.ts';

/** The order of a list (RFC 7644 §3.4.2.3); of a multi-valued attribute the primary or first value counts. */
export interface SortRequest {
  readonly target: AttributeTarget;
  readonly isDescending: boolean;
}

/** Reads sortBy and sortOrder; undefined when no order is asked for. Throws invalidValue. */
export function parseSorting(
  parameters: { readonly sortBy?: JsonValue | undefined; readonly sortOrder?: JsonValue | undefined },
  resourceType: ResourceTypeDefinition,
  tolerances: readonly PathTolerance[] = [],
): SortRequest | undefined {
  const { sortBy } = parameters;
  const isDescending = readOrder(parameters.sortOrder);
  if (isUnassigned(sortBy)) return undefined;
  const target =
    typeof sortBy === 'string' ? resolveAttribute(resourceType, sortBy.trim(), tolerances) : undefined;
  if (target === undefined || target.attribute.returned === 'never') {
    throw unknownSortBy([resourceType.name]);
  }
  return { target: sortedPart(target), isDescending };
}

/** 400: what a list of these types is to be sorted by is none of their attributes. */
export const unknownSortBy = (types: readonly string[]): ScimError =>
  invalidValue(
    'sortBy',
    `must name an attribute of ${types.join(' or ')} that can be read; /Schemas lists them.`,
  );

function readOrder(sortOrder: JsonValue | undefined): boolean {
  if (isUnassigned(sortOrder)) return false;
  const order = typeof sortOrder === 'string' ? sortOrder.toLowerCase() : undefined;
  if (order === 'ascending' || order === 'descending') return order === 'descending';
  throw invalidValue('sortOrder', 'must be "ascending" or "descending".');
}

/** A complex attribute is sorted by its `value`; one without (name, addresses) needs a part to be named. */
function sortedPart(target: AttributeTarget): AttributeTarget {
  const { attribute, extension, subAttribute } = target;
  if (subAttribute !== undefined || attribute.type !== 'complex') return target;
  const value = valueSubAttribute(attribute);
  if (value !== undefined) return attributeTarget(attribute, extension, value);
  throw invalidValue(
    'sortBy',
    `${attribute.name} is complex; name a part, such as ${attribute.name}.${attribute.subAttributes?.[0]?.name ?? 'value'}.`,
  );
}

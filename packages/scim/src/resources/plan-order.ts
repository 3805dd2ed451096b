import type { SchemaType } from '@rollcall/graphql-client';
import { invalidValue, type SortRequest } from '@rollcall/scim-protocol';

/** What resources of every type are sorted by. What is the same for all of them, such as meta.resourceType, leaves it to the id. */
export const commonOrderFields = [
  ['schemas', 'ID'],
  ['id', 'ID'],
  ['externalId', 'EXTERNAL_ID'],
  ['meta.resourceType', 'ID'],
  ['meta.created', 'CREATED_AT'],
  ['meta.lastModified', 'UPDATED_AT'],
  ['meta.location', 'ID'],
  ['meta.version', 'VERSION'],
  ['displayName', 'DISPLAY_NAME'],
] as const;

/**
 * Plans the order of a list by a field (RFC 7644 §3.4.2.3).
 * @throws ScimError invalidValue for an attribute that has none
 */
export function planOrder<Field>(fields: ReadonlyMap<string, Field>, { target, isDescending }: SortRequest) {
  const field = fields.get(target.path);
  if (field === undefined) throw invalidValue('sortBy', `can not be ${target.path}.`);
  return { field, direction: orderDirection(isDescending) };
}

/** Which way a list is ordered (RFC 7644 §3.4.2.3). */
export const orderDirection = (isDescending: boolean): SchemaType<'OrderDirection'> =>
  isDescending ? 'DESC' : 'ASC';

import type { SchemaType } from '@rollcall/graphql-client';
import { invalidValue, type SortRequest } from '@rollcall/scim-protocol';
import { orderDirection } from '../search/order-direction.ts';

type OrderField = SchemaType<'TeamOrderField'>;

/** What is the same for every group, such as meta.resourceType, leaves the order to the id. */
const fields: ReadonlyMap<string, OrderField> = new Map<string, OrderField>([
  ['schemas', 'ID'],
  ['id', 'ID'],
  ['externalId', 'EXTERNAL_ID'],
  ['meta.resourceType', 'ID'],
  ['meta.created', 'CREATED_AT'],
  ['meta.lastModified', 'UPDATED_AT'],
  ['meta.location', 'ID'],
  ['meta.version', 'VERSION'],
  ['displayName', 'DISPLAY_NAME'],
  ['members.value', 'MEMBER_ID'],
  ['members.$ref', 'MEMBER_ID'],
  ['members.type', 'MEMBER_TYPE'],
  ['members.display', 'MEMBER_DISPLAY_NAME'],
]);

/**
 * Plans the order of a list of groups (RFC 7644 §3.4.2.3); undefined leaves it to GraphQL.
 * @throws ScimError invalidValue for an attribute that groups can't be sorted by
 */
export function planGroupOrder(sort: SortRequest | undefined): SchemaType<'TeamOrder'> | undefined {
  if (sort === undefined) return undefined;
  const field = fields.get(sort.target.path);
  if (field === undefined) throw invalidValue('sortBy', `can not be ${sort.target.path}.`);
  return { field, direction: orderDirection(sort) };
}

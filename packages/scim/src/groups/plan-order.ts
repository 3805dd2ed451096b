import type { SchemaType } from '@rollcall/graphql-client';
import type { SortRequest } from '@rollcall/scim-protocol';
import { commonOrderFields, planOrder } from '../resources/plan-order.ts';

type OrderField = SchemaType<'TeamOrderField'>;

/** By the path of an attribute, what groups are sorted by. */
const fields: ReadonlyMap<string, OrderField> = new Map<string, OrderField>([
  ...commonOrderFields,
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
  return sort && planOrder(fields, sort);
}

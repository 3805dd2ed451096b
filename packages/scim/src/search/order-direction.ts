import type { SchemaType } from '@rollcall/graphql-client';
import type { SortRequest } from '@rollcall/scim-protocol';

/** Which way a list is ordered (RFC 7644 §3.4.2.3). */
export function orderDirection({ isDescending }: SortRequest): SchemaType<'OrderDirection'> {
  return isDescending ? 'DESC' : 'ASC';
}

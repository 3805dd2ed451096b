import {
  type BoundFilter,
  bindFilter,
  listResponse,
  type Projection,
  parseFilter,
  parsePagination,
  parseProjection,
  type ResourceTypeDefinition,
  type SearchRequest,
} from '@rollcall/scim-protocol';
import type { ScimLimits } from './limits.ts';
import { pathTolerances } from './path-tolerances.ts';

/** What a list request asks for, whatever the kind of resource. */
export interface ListPlan {
  filter: BoundFilter | undefined;
  projection: Projection;
  /** 1-based (RFC 7644 §3.4.2.4). */
  startIndex: number;
  /** Most resources to return; 0 asks for the total alone. */
  count: number;
}

/**
 * Reads the parameters of a list or search.
 * @throws ScimError invalidFilter or invalidValue
 */
export function planList(
  search: SearchRequest,
  resourceType: ResourceTypeDefinition,
  limits: ScimLimits,
): ListPlan {
  // Cursors are not offered (RFC 9865 §2.4), so a client that sends one is answered by index.
  const page = parsePagination(
    { startIndex: search.startIndex, count: search.count },
    { defaultCount: limits.defaultPageSize, maxCount: limits.maxPageSize },
  );
  return {
    filter:
      search.filter === undefined
        ? undefined
        : bindFilter(parseFilter(search.filter), resourceType, pathTolerances),
    projection: parseProjection(search, resourceType, pathTolerances),
    startIndex: page.kind === 'index' ? page.startIndex : 1,
    count: page.count,
  };
}

/** The answer when it is known without asking that nothing matches. */
export function emptyList({ startIndex }: ListPlan) {
  return listResponse({ resources: [], totalResults: 0, startIndex });
}

const largestInt = 2_147_483_647;

/** The page as GraphQL counts it; a start that is beyond its numbers is beyond every list. */
export function pageOf({ startIndex, count }: ListPlan): { first: number; offset: number } {
  return { first: count, offset: Math.min(startIndex - 1, largestInt) };
}

import {
  invalidCount,
  type JsonObject,
  listResponse,
  type PageRequest,
  parsePagination,
  parseProjection,
  type ResourcePage,
  type SearchRequest,
} from '@rollcall/scim-protocol';
import type { ScimLimits } from '../adapter/limits.ts';
import type { RequestScope } from '../adapter/request-scope.ts';
import { pathTolerances } from '../resources/path-tolerances.ts';
import type { ReadablePort } from '../resources/resource-port.ts';
import { firstPage, readCursorPage } from './cursor-page.ts';
import { filterByType } from './filter-by-type.ts';
import { readIndexPage } from './index-page.ts';
import { type CursorScope, type OpenedCursor, openCursor, sealCursor } from './page-cursor.ts';
import { listOfType, type ResourceList } from './resource-list.ts';
import { inOneOrder, type SortedList, sortingByType } from './sort-by-type.ts';

/**
 * Answers a list or search of one or more types (RFC 7644 §3.4.2, §3.4.3).
 *
 * @throws ScimError for a parameter that is not understood, or a cursor that does not belong to the query
 */
export async function search(
  scope: RequestScope,
  types: readonly ReadablePort[],
  request: SearchRequest,
): Promise<JsonObject> {
  const { limits } = scope.adapter;
  const page = parsePagination(request, {
    defaultCount: limits.defaultPageSize,
    maxCount: limits.maxPageSize,
  });
  return listResponse(await readPage(await listsOf(scope, types, request), page, scope));
}

async function listsOf(
  scope: RequestScope,
  types: readonly ReadablePort[],
  request: SearchRequest,
): Promise<ResourceList[]> {
  const resourceTypes = await Promise.all(types.map((type) => type.resourceTypeFor(scope)));
  const filters = filterByType(request.filter, resourceTypes);
  const sorts = sortingByType(request, resourceTypes);
  const lists = types.map((type, index): SortedList => {
    const resourceType = resourceTypes[index] ?? type.resourceType;
    const sort = sorts[index];
    const projection = parseProjection(request, resourceType, pathTolerances);
    const query = { filter: filters[index] ?? false, sort, projection, resourceType };
    return { list: listOfType(type, scope, query), sort, typeName: type.name };
  });
  return inOneOrder(lists);
}

async function readPage(
  lists: readonly ResourceList[],
  request: PageRequest,
  { caller, adapter: { limits } }: RequestScope,
): Promise<ResourcePage> {
  if (request.kind === 'index') return readIndexPage(lists, request);
  const cursors: CursorScope = {
    credential: caller.authorization ?? '',
    query: lists.map(({ identity }) => identity),
  };
  const { place, count } = cursorOf(request, cursors, limits);
  const { page, next, previous } = await readCursorPage(lists, place, count);
  // There is no next page of a page of none.
  if (count === 0) return page;
  return {
    ...page,
    ...(next === undefined ? {} : { nextCursor: sealCursor({ place: next, count }, cursors) }),
    ...(previous === undefined ? {} : { previousCursor: sealCursor({ place: previous, count }, cursors) }),
  };
}

/** The count can't change on the way: pages that were given out would not fit the next ones (RFC 9865 §2.1). */
function cursorOf(
  { cursor, count }: Extract<PageRequest, { kind: 'cursor' }>,
  scope: CursorScope,
  limits: ScimLimits,
): OpenedCursor {
  if (cursor === '') return { place: firstPage, count: count ?? limits.defaultPageSize };
  const opened = openCursor(cursor, scope, limits.cursorTimeoutSeconds);
  if (count !== undefined && count !== opened.count) {
    throw invalidCount(`is not the ${opened.count} of the first request. Send the same with every page.`);
  }
  return opened;
}

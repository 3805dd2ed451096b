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
import type { Adapter } from '../adapter.ts';
import type { ScimLimits } from '../limits.ts';
import { pathTolerances } from '../path-tolerances.ts';
import { firstPage, readCursorPage } from './cursor-page.ts';
import { filterByType } from './filter-by-type.ts';
import { readIndexPage } from './index-page.ts';
import { type CursorScope, type OpenedCursor, openCursor, sealCursor } from './page-cursor.ts';
import { type Asker, emptyList, type ListedType, type ResourceList } from './resource-list.ts';
import { inOneOrder, type SortedList, sortingByType } from './sort-by-type.ts';

/**
 * Answers a list or search of one or more types (RFC 7644 §3.4.2, §3.4.3).
 *
 * @throws ScimError for a parameter that is not understood, or a cursor that does not belong to the query
 */
export async function search(
  adapter: Adapter,
  { types, request, asker }: { types: readonly ListedType[]; request: SearchRequest; asker: Asker },
): Promise<JsonObject> {
  const { limits } = adapter;
  const page = parsePagination(request, {
    defaultCount: limits.defaultPageSize,
    maxCount: limits.maxPageSize,
  });
  const lists = await listsOf(adapter, types, request, asker);
  return listResponse(await readPage(lists, page, asker, limits));
}

async function listsOf(
  adapter: Adapter,
  types: readonly ListedType[],
  request: SearchRequest,
  asker: Asker,
): Promise<ResourceList[]> {
  const resourceTypes = await Promise.all(types.map((type) => type.resourceTypeFor(adapter, asker)));
  const filters = filterByType(request.filter, resourceTypes);
  const sorts = sortingByType(request, resourceTypes);
  const lists = resourceTypes.map((resourceType, index): SortedList => {
    const sort = sorts[index];
    const query = {
      resourceType,
      filter: filters[index] ?? false,
      sort,
      projection: parseProjection(request, resourceType, pathTolerances),
    };
    const list = types[index]?.list(adapter, query, asker) ?? emptyList;
    return { list, sort, typeName: resourceType.name };
  });
  return inOneOrder(lists);
}

async function readPage(
  lists: readonly ResourceList[],
  request: PageRequest,
  { caller }: Asker,
  limits: ScimLimits,
): Promise<ResourcePage> {
  if (request.kind === 'index') return readIndexPage(lists, request);
  const scope: CursorScope = {
    credential: caller.authorization ?? '',
    query: lists.map(({ identity }) => identity),
  };
  const { place, count } = cursorOf(request, scope, limits);
  const { page, next, previous } = await readCursorPage(lists, place, count);
  // There is no next page of a page of none.
  if (count === 0) return page;
  return {
    ...page,
    ...(next === undefined ? {} : { nextCursor: sealCursor({ place: next, count }, scope) }),
    ...(previous === undefined ? {} : { previousCursor: sealCursor({ place: previous, count }, scope) }),
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

import type { JsonObject } from '@rollcall/scim-protocol';
import type { RequestScope } from '../adapter/request-scope.ts';
import { shownPart, showsMemberships, type View } from '../resources/represent.ts';
import type { ReadablePort } from '../resources/resource-port.ts';
import type { ListPart, ListQuery } from '../resources/stored-list.ts';
import { type SortKey, sortKeyOf } from './sort-keys.ts';

/** A part of a list, and where it stands there. */
export interface ListedPart {
  resources: JsonObject[];
  /** For each of the resources, what lists of several types are merged by. */
  keys: SortKey[];
  totalCount: number;
  hasNext: boolean;
  hasPrevious: boolean;
  /** Cursors of the first and the last resource; null without any, and where the part is read by number. */
  start: string | null;
  end: string | null;
}

/** The resources of one type that a request asks for, in their order. */
export interface ResourceList {
  /** Tells lists apart by what is in them and in which order; the same for the same query. */
  identity: unknown;
  count(): Promise<number>;
  read(part: ListPart): Promise<ListedPart>;
}

/** Nothing, without asking. */
export const emptyList: ResourceList = {
  identity: false,
  count: async () => 0,
  read: async () => ({
    resources: [],
    keys: [],
    totalCount: 0,
    hasNext: false,
    hasPrevious: false,
    start: null,
    end: null,
  }),
};

/**
 * The resources of one type, as they are shown.
 * @throws ScimError invalidFilter or invalidValue for what can't be searched or sorted by
 */
export function listOfType(
  port: ReadablePort,
  scope: RequestScope,
  { filter, sort, ...view }: View & Pick<ListQuery, 'filter' | 'sort'>,
): ResourceList {
  const { resourceType } = view;
  const withMemberships = showsMemberships(port, view);
  const stored = port.list(scope, { filter, sort, resourceType, withMemberships });
  if (stored === undefined) return emptyList;
  return {
    identity: stored.identity,
    count: () => stored.count(),
    async read(part) {
      const { totalCount, nodes, pageInfo } = await stored.read(part);
      return {
        resources: nodes.map((node) => shownPart(port.render(node, scope.urls), view)),
        keys: nodes.map((node) => sortKeyOf(node, sort)),
        totalCount,
        hasNext: pageInfo.hasNextPage,
        hasPrevious: pageInfo.hasPreviousPage,
        start: pageInfo.startCursor ?? null,
        end: pageInfo.endCursor ?? null,
      };
    },
  };
}

import type { GraphQLCaller } from '@rollcall/graphql-client';
import type {
  BoundFilter,
  JsonObject,
  Projection,
  ResourceTypeDefinition,
  SortRequest,
} from '@rollcall/scim-protocol';
import type { Adapter } from '../adapter.ts';
import type { Planned } from '../filter/planned-filter.ts';
import type { ResourceUrls } from '../resource-urls.ts';

/** What is wanted of the resources of one type. */
export interface ResourceQuery {
  /** Which; true for all, false for none. */
  filter: Planned<BoundFilter>;
  sort: SortRequest | undefined;
  projection: Projection;
  /** What such a resource is in the account of who asks. */
  resourceType: ResourceTypeDefinition;
}

/** Who asks, and how resources are told to them. */
export interface Asker {
  caller: GraphQLCaller;
  urls: ResourceUrls;
}

/** A type of resource that can be listed. */
export interface ListedType {
  resourceTypeFor(adapter: Adapter, asker: Asker): ResourceTypeDefinition | Promise<ResourceTypeDefinition>;
  /**
   * Plans a list; nothing is read yet.
   * @throws ScimError invalidFilter or invalidValue for what can't be searched or sorted by
   */
  list(adapter: Adapter, query: ResourceQuery, asker: Asker): ResourceList;
}

/** Which part of a list is read, in the words of GraphQL. */
export type ListPart =
  | { first: number; offset: number }
  | { first: number; after: string | null }
  | { last: number; before: string | null };

/** What a resource is sorted by in its list; null for one without a value. */
export type SortKey = string | number | null;

/** A part of a list, and where it stands there. */
export interface ListedPart {
  resources: JsonObject[];
  /** For each of the resources, what lists of several types are merged by. */
  keys: SortKey[];
  totalCount: number;
  hasNext: boolean;
  hasPrevious: boolean;
  /** Cursors of the first and the last resource; null without any. */
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

interface ConnectionResult<Node> {
  readonly totalCount: number;
  readonly nodes: readonly Node[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/** The part that a GraphQL connection shows. */
export function listedPart<Node>(
  { totalCount, nodes, pageInfo }: ConnectionResult<Node>,
  { toResource, keyOf }: { toResource(node: Node): JsonObject; keyOf(node: Node): SortKey },
): ListedPart {
  return {
    resources: nodes.map(toResource),
    keys: nodes.map(keyOf),
    totalCount,
    hasNext: pageInfo.hasNextPage,
    hasPrevious: pageInfo.hasPreviousPage,
    start: pageInfo.startCursor,
    end: pageInfo.endCursor,
  };
}

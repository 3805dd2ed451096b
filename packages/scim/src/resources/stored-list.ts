import type { BoundFilter, ResourceTypeDefinition, SortRequest } from '@rollcall/scim-protocol';
import type { Planned } from '../filter/planned-filter.ts';

/** What is wanted of the resources of one type. */
export interface ListQuery {
  /** Which; true for all, false for none. */
  readonly filter: Planned<BoundFilter>;
  readonly sort: SortRequest | undefined;
  /** What such a resource is in the account of who asks. */
  readonly resourceType: ResourceTypeDefinition;
  readonly withMemberships: boolean;
}

/** The resources of one type that a request asks for, in their order. */
export interface StoredList<Stored> {
  /** Tells lists apart by what is in them and in which order; the same for the same query. */
  readonly identity: unknown;
  count(): Promise<number>;
  read(part: ListPart): Promise<StoredPage<Stored>>;
}

/** Which part of a list is read, in the words of GraphQL. */
export type ListPart =
  | { first: number; offset: number }
  | { first: number; after: string | null }
  | { last: number; before: string | null };

/** The variables that ask for a part. Its cursors cost a seal each, and who turns pages by number gets none. */
export const partVariables = (part: ListPart) => ({ ...part, withCursors: !('offset' in part) });

/** A part of a list as a GraphQL connection shows it. */
export interface StoredPage<Stored> {
  readonly totalCount: number;
  readonly nodes: readonly Stored[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor?: string | null | undefined;
    readonly endCursor?: string | null | undefined;
  };
}

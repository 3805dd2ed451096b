import { fold, type JsonValue, type SortRequest } from '@rollcall/scim-protocol';
import type { ListPart, StoredList, StoredPage } from '../resources/stored-list.ts';

/** A list that is short and the same for all, so that it is read as a whole. */
export interface Few<Stored> {
  readonly identity: unknown;
  read(): Promise<readonly Stored[]>;
  /** What it is sorted by. */
  propertyOf(stored: Stored, path: string): JsonValue | undefined;
  readonly sort: SortRequest | undefined;
}

/** A few resources as a list that can be paged like any other; a cursor is how many come before it. */
export function listOfFew<Stored>(few: Few<Stored>): StoredList<Stored> {
  return {
    identity: few.identity,
    count: async () => (await few.read()).length,
    read: async (part) => pageOf(sorted(await few.read(), few), part),
  };
}

function sorted<Stored>(all: readonly Stored[], { sort, propertyOf }: Few<Stored>): readonly Stored[] {
  if (sort === undefined) return all;
  const keyOf = (each: Stored) => fold(String(propertyOf(each, sort.target.path) ?? ''));
  const ascending = all.toSorted((one, other) => keyOf(one).localeCompare(keyOf(other), 'en'));
  return sort.isDescending ? ascending.reverse() : ascending;
}

function pageOf<Stored>(all: readonly Stored[], part: ListPart): StoredPage<Stored> {
  const [from, to] = boundsOf(all.length, part);
  return {
    totalCount: all.length,
    nodes: all.slice(from, to),
    pageInfo: {
      hasNextPage: to < all.length,
      hasPreviousPage: from > 0,
      startCursor: String(from),
      endCursor: String(to),
    },
  };
}

function boundsOf(length: number, part: ListPart): [from: number, to: number] {
  if ('offset' in part) return [part.offset, part.offset + part.first];
  if ('last' in part) {
    const to = part.before === null ? length : Number(part.before);
    return [Math.max(to - part.last, 0), to];
  }
  const from = part.after === null ? 0 : Number(part.after);
  return [from, from + part.first];
}

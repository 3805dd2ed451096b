import type { ResourcePage } from '@rollcall/scim-protocol';
import type { ListedPart, ResourceList } from './resource-list.ts';

/** Where a page begins, and which way it is read. */
export interface PagePlace {
  direction: 'forwards' | 'backwards';
  /** Which of the lists. */
  list: number;
  /** The cursor in that list; null is its beginning, or its end when reading backwards. */
  at: string | null;
}

/** A page of resources and the places of those around it. */
export interface CursorPage {
  page: ResourcePage;
  next: PagePlace | undefined;
  previous: PagePlace | undefined;
}

export const firstPage: PagePlace = { direction: 'forwards', list: 0, at: null };

/** A list as far as a page has met it: how many it has, and the part that is on the page. */
interface MetList {
  total: number;
  part?: ListedPart;
}

/** Reads the page at a place across lists, as if they were one after the other (RFC 9865 §2). */
export async function readCursorPage(
  lists: readonly ResourceList[],
  place: PagePlace,
  count: number,
): Promise<CursorPage> {
  const met = await meet(lists, place, count);
  return {
    page: {
      resources: met.flatMap(({ part }) => part?.resources ?? []),
      totalResults: met.reduce((sum, { total }) => sum + total, 0),
    },
    next: placeAfter(met),
    previous: placeBefore(met),
  };
}

async function meet(
  lists: readonly ResourceList[],
  { direction, list: from, at }: PagePlace,
  count: number,
): Promise<MetList[]> {
  const met: MetList[] = lists.map(() => ({ total: 0 }));
  const backwards = direction === 'backwards';
  let wanted = count;
  for (const index of backwards ? [...lists.keys()].reverse() : lists.keys()) {
    const list = lists[index];
    if (list === undefined) continue;
    const isPassed = backwards ? index > from : index < from;
    if (isPassed || wanted === 0) {
      met[index] = { total: await list.count() };
      continue;
    }
    const cursor = index === from ? at : null;
    const part = await list.read(
      backwards ? { last: wanted, before: cursor } : { first: wanted, after: cursor },
    );
    wanted -= part.resources.length;
    met[index] = { total: part.totalCount, part };
  }
  return met;
}

/** What was next when a page was read may be gone by now: then the list is read from its beginning. */
function placeAfter(met: readonly MetList[]): PagePlace | undefined {
  const last = met.findLastIndex(({ part }) => part !== undefined);
  const part = met[last]?.part;
  if (part?.hasNext === true) return { direction: 'forwards', list: last, at: part.end };
  const list = met.findIndex(({ total }, index) => index > last && total > 0);
  return list === -1 ? undefined : { direction: 'forwards', list, at: null };
}

function placeBefore(met: readonly MetList[]): PagePlace | undefined {
  const first = met.findIndex(({ part }) => part !== undefined);
  const part = met[first]?.part;
  if (part?.hasPrevious === true) {
    return part.start === null ? undefined : { direction: 'backwards', list: first, at: part.start };
  }
  const list = met.findLastIndex(({ total }, index) => index < first && total > 0);
  return list === -1 ? undefined : { direction: 'backwards', list, at: null };
}

import { describe, expect, test } from 'vitest';
import { firstPage, type PagePlace, readCursorPage } from './cursor-page.ts';
import { readIndexPage } from './index-page.ts';
import { emptyList, type ResourceList } from './resource-list.ts';
import { partOf } from './testing/listed-part.ts';

/** A list of resources with ids in order; the cursor of one is its id. */
function listOf(prefix: string, size: number): ResourceList & { ids: string[] } {
  const ids = Array.from({ length: size }, (_, index) => `${prefix}${String(index).padStart(2, '0')}`);
  return {
    ids,
    identity: prefix,
    count: async () => ids.length,
    read: async (part) => partOf(ids, part),
  };
}

const idsOf = (resources: readonly object[]) => resources.map((resource) => Object.values(resource)[0]);

/** Turns pages until there are no more; each page is what is expected of it by itself. */
async function walk(lists: readonly ResourceList[], from: PagePlace, count: number) {
  const pages = [];
  const total = (await Promise.all(lists.map((list) => list.count()))).reduce((sum, size) => sum + size, 0);
  let place: PagePlace | undefined = from;
  for (let turns = 0; place !== undefined; turns += 1) {
    const found = await readCursorPage(lists, place, count);
    expect(found.page.totalResults).toBe(total);
    expect(found.page).not.toHaveProperty('startIndex');
    expect(turns).toBeLessThanOrEqual(total);
    pages.push(found);
    place = from.direction === 'forwards' ? found.next : found.previous;
  }
  return pages;
}

const sizes = [
  [0, 0],
  [0, 3],
  [3, 0],
  [5, 5],
  [4, 7],
  [7, 1],
  [1, 1],
] as const;
const counts = [1, 2, 3, 4, 5, 8, 20];
const cases = sizes.flatMap((size) => counts.map((count) => [...size, count] as const));

describe.each(cases)('lists of %i and %i, %i at a time', (left, right, count) => {
  const [a, b] = [listOf('a', left), listOf('b', right)];
  const all = [...a.ids, ...b.ids];

  test('a walk by cursor meets everything once, and the way back too', async () => {
    const there = await walk([a, b], firstPage, count);
    expect(there.flatMap(({ page }) => idsOf(page.resources))).toEqual(all);
    expect(there[0]?.previous).toBeUndefined();
    expect(there.slice(0, -1).every(({ page }) => page.resources.length === count)).toBe(true);

    const last = there.at(-1);
    const before = last?.previous;
    if (before === undefined) return expect(there).toHaveLength(1);
    const back = [...(await walk([a, b], before, count))].reverse();
    const met = back.flatMap(({ page }) => idsOf(page.resources));
    expect([...met, ...idsOf(last?.page.resources ?? [])]).toEqual(all);
    expect(back[0]?.previous).toBeUndefined();
    // From the first page of the way back, the way there is the same again.
    const next = back[0]?.next;
    if (next === undefined) throw new Error('the last page is lost');
    const again = await walk([a, b], next, count);
    expect(
      idsOf(back[0]?.page.resources ?? []).concat(again.flatMap(({ page }) => idsOf(page.resources))),
    ).toEqual(all);
  });

  test('pages by index are the parts of the whole', async () => {
    for (let startIndex = 1; startIndex <= all.length + 2; startIndex += 1) {
      const { resources, ...told } = await readIndexPage([a, b], { startIndex, count });
      expect(idsOf(resources)).toEqual(all.slice(startIndex - 1, startIndex - 1 + count));
      expect(told).toEqual({ totalResults: all.length, startIndex });
    }
  });
});

test('of none the total is told, without reading', async () => {
  const unread = { ...listOf('a', 3), read: () => Promise.reject(new Error('it was read')) };
  expect(await readIndexPage([unread, emptyList], { startIndex: 1, count: 0 })).toEqual({
    resources: [],
    totalResults: 3,
    startIndex: 1,
  });
});

test('when everything before a page is gone, its cursor back leads to the beginning', async () => {
  const list = listOf('a', 6);
  const { next } = await readCursorPage([list], firstPage, 3);
  const { previous } = await readCursorPage([list], next ?? firstPage, 3);
  list.ids.splice(0, 3);
  const gone = await readCursorPage([list], previous ?? firstPage, 3);
  expect(gone.page.resources).toEqual([]);
  expect(gone.previous).toBeUndefined();
  const again = await readCursorPage([list], gone.next ?? firstPage, 3);
  expect(idsOf(again.page.resources)).toEqual(list.ids);
});

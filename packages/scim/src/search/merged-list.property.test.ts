import { groupResourceType, parseSorting } from '@rollcall/scim-protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { firstPage, type PagePlace, readCursorPage } from './cursor-page.ts';
import { readIndexPage } from './index-page.ts';
import { mergedList } from './merged-list.ts';
import type { ResourceList } from './resource-list.ts';
import type { SortKey } from './sort-keys.ts';
import { compareKeys } from './sort-keys.ts';
import { partOf } from './testing/listed-part.ts';

const RUNS = { seed: 20_261_128, numRuns: 300 };

const key = fc.option(fc.constantFrom('a', 'B', 'b', 'É', 'e', 'f', 'Zed', 'ø', '', '10', '9'), { freq: 6 });
const keys = fc.array(key, { maxLength: 12 });

interface World {
  list: ResourceList;
  /** How many resources were read. */
  read(): number;
  /** The ids in the order in which they have to come. */
  order: string[];
}

/** Two lists of resources with these keys, sorted, and what they are together. */
function worldOf(
  left: readonly (string | null)[],
  right: readonly (string | null)[],
  sortOrder: string,
): World {
  const sort = parseSorting({ sortBy: 'displayName', sortOrder }, groupResourceType);
  if (sort === undefined) throw new Error('There is no order.');
  const compare = compareKeys(sort);
  const byId = new Map<string, SortKey>();
  let count = 0;
  const listOf = (prefix: string, of: readonly (string | null)[]): ResourceList => {
    const ids = of.map((one, at) => {
      const id = `${prefix}${String(at).padStart(2, '0')}`;
      byId.set(id, one);
      return id;
    });
    const keyOf = (id: string) => byId.get(id) ?? null;
    ids.sort((one, other) => compare(keyOf(one), keyOf(other)));
    return {
      identity: prefix,
      count: async () => ids.length,
      async read(part) {
        const found = partOf(ids, part, keyOf);
        count += found.resources.length;
        return found;
      },
    };
  };
  const list = mergedList([listOf('u', left), listOf('g', right)], compare);
  const order = [...byId.keys()].sort(
    (one, other) =>
      compare(byId.get(one) ?? null, byId.get(other) ?? null) ||
      // Of equals the left list comes first, each in its own order.
      Number(one.startsWith('g')) - Number(other.startsWith('g')) ||
      (one < other ? -1 : 1),
  );
  return { list, order, read: () => count };
}

const idsOf = (resources: readonly object[]): string[] => resources.map((one) => String(Object(one).id));

const worlds = fc
  .tuple(keys, keys, fc.constantFrom('ascending', 'descending'))
  .map(([left, right, sortOrder]) => worldOf(left, right, sortOrder));

describe('two sorted lists are one', () => {
  test('wherever a page by index begins', async () => {
    await fc.assert(
      fc.asyncProperty(
        worlds,
        fc.integer({ min: 1, max: 27 }),
        fc.integer({ min: 1, max: 30 }),
        async (world, startIndex, count) => {
          const { resources, totalResults } = await readIndexPage([world.list], { startIndex, count });
          expect(idsOf(resources)).toEqual(world.order.slice(startIndex - 1, startIndex - 1 + count));
          expect(totalResults).toBe(world.order.length);
        },
      ),
      RUNS,
    );
  });

  test('page by page to the end, and from anywhere back to the beginning', async () => {
    await fc.assert(
      fc.asyncProperty(
        worlds,
        fc.integer({ min: 1, max: 9 }),
        fc.nat(),
        async ({ list, order }, count, turn) => {
          const seen: string[] = [];
          const places: PagePlace[] = [];
          for (let place: PagePlace | undefined = firstPage; place !== undefined; ) {
            const page = await readCursorPage([list], place, count);
            seen.push(...idsOf(page.page.resources));
            if (page.previous !== undefined) places.push(page.previous);
            place = page.next;
          }
          expect(seen).toEqual(order);
          if (places.length === 0) return;
          const at = turn % places.length;
          const back: string[] = [];
          for (let place = places[at]; place !== undefined; ) {
            const page = await readCursorPage([list], place, count);
            back.unshift(...idsOf(page.page.resources));
            place = page.previous;
          }
          expect(back).toEqual(order.slice(0, (at + 1) * count));
        },
      ),
      RUNS,
    );
  });

  test('and there and back again', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, fc.integer({ min: 1, max: 5 }), async ({ list, order }, count) => {
        const first = await readCursorPage([list], firstPage, count);
        if (first.next === undefined) return;
        const second = await readCursorPage([list], first.next, count);
        expect(second.previous).toBeDefined();
        if (second.previous === undefined) return;
        const again = await readCursorPage([list], second.previous, count);
        expect(idsOf(again.page.resources)).toEqual(order.slice(0, count));
        expect(again.next).toBeDefined();
        if (again.next === undefined) return;
        const onwards = await readCursorPage([list], again.next, count);
        expect(idsOf(onwards.page.resources)).toEqual(idsOf(second.page.resources));
      }),
      RUNS,
    );
  });

  test('at a cost that follows the page, however far inside it begins', async () => {
    const crowd = (from: number) => Array.from({ length: 2000 }, (_, at) => String(100_000 + 2 * at + from));
    const { list, read, order } = worldOf(crowd(0), crowd(1), 'ascending');
    const { resources } = await readIndexPage([list], { startIndex: 2001, count: 10 });
    expect(idsOf(resources)).toEqual(order.slice(2000, 2010));
    expect(read()).toBeLessThan(50);
  });
});

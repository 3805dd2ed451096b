import type { ChartSource, LevelPage } from './chart-source.ts';
import { branchLoaded, type ChartState, emptyChart, top } from './chart-state.ts';
import { inTurns } from './in-turns.ts';

export const pageSize = 50;
const topPageSize = 200;
const largestPage = 500;

interface Reading {
  source: ChartSource;
  /** Now when undefined. */
  moment: string | undefined;
  /** What was loaded and open until now, as it is at the moment of asking. */
  before(): ChartState;
  /** Whether the answer is still wanted. */
  isWanted(): boolean;
}

/** Reads a level on, as far as it was loaded before. */
async function readOn(
  { source, moment, before }: Reading,
  parent: string,
  { read, after }: { read: number; after: string | undefined },
  take: (page: LevelPage) => void,
): Promise<void> {
  const least = parent === top ? topPageSize : pageSize;
  const wanted = Math.max(least, before().branches.get(parent)?.ids.length ?? 0);
  let next = after;
  for (let left = wanted - read; left > 0; left -= largestPage) {
    const first = Math.min(largestPage, left);
    const page = await source.level(parent === top ? undefined : parent, { first, after: next, moment });
    take(page);
    if (!page.after) return;
    next = page.after;
  }
}

/**
 * Reads the top and what is open below, from the top downwards: only what hangs on the tree at the moment, and one
 * question for all that is open at a height.
 */
export async function readOpenChart(reading: Reading): Promise<ChartState> {
  const { source, moment } = reading;
  let next: ChartState = emptyChart;
  const take = (parent: string) => (page: LevelPage) => {
    next = branchLoaded(next, parent, page);
    if (parent === top) next = { ...next, topTotal: page.total };
  };
  await readOn(reading, top, { read: 0, after: undefined }, take(top));
  const reached = new Set<string>();
  const openBelow = () => {
    const { open } = reading.before();
    return [...next.items.values()]
      .filter(({ id, childCount }) => childCount > 0 && open.has(id) && !reached.has(id))
      .map(({ id }) => id);
  };
  for (let parents = openBelow(); parents.length > 0 && reading.isWanted(); parents = openBelow()) {
    for (const id of parents) reached.add(id);
    const pages = await source.levels(parents, { first: pageSize, moment });
    for (const [id, page] of pages) take(id)(page);
    await inTurns([...pages], ([id, { after }]) =>
      after ? readOn(reading, id, { read: pageSize, after }, take(id)) : Promise.resolve(),
    );
  }
  return { ...next, open: reading.before().open };
}

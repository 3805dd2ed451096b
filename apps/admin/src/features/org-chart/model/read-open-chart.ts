import type { ChartPage, ChartSource } from './chart-source.ts';
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

/** As much of a level as was loaded before. */
async function readLevel(reading: Reading, parent: string, take: (page: ChartPage) => void): Promise<void> {
  const { source, moment, before } = reading;
  const least = parent === top ? topPageSize : pageSize;
  let left = Math.max(least, before().branches.get(parent)?.ids.length ?? 0);
  let after: string | undefined;
  do {
    const first = Math.min(largestPage, left);
    const page = await source.level(parent === top ? undefined : parent, { first, after, moment });
    take(page);
    left -= first;
    after = page.after;
  } while (after && left > 0);
}

/** Reads the top and what is open below, from the top downwards: only what hangs on the tree at the moment. */
export async function readOpenChart(reading: Reading): Promise<ChartState> {
  let next: ChartState = emptyChart;
  const take = (parent: string) => (page: ChartPage) => {
    next = branchLoaded(next, parent, page);
    if (parent === top) next = { ...next, topTotal: page.total };
  };
  await readLevel(reading, top, take(top));
  const reached = new Set<string>();
  const openBelow = () => {
    const { open } = reading.before();
    return [...next.items.values()].filter(
      ({ id, childCount }) => childCount > 0 && open.has(id) && !reached.has(id),
    );
  };
  for (let level = openBelow(); level.length > 0 && reading.isWanted(); level = openBelow()) {
    for (const { id } of level) reached.add(id);
    await inTurns(level, ({ id }) => readLevel(reading, id, take(id)));
  }
  return { ...next, open: reading.before().open };
}

import type { ChartItem } from './chart-item.ts';
import type { Marks } from './chart-marks.ts';
import type { ChartSource } from './chart-source.ts';
import { type ChartState, type Refreshed, top } from './chart-state.ts';

/** From so many changes on it is cheaper to read what is open. */
const flood = 100;

interface Changed {
  /** What happened to whom, as a mark tells it. */
  marks: Marks;
  /** Whose cards are touched too: parents, past or present, and what somebody leads. */
  others: readonly string[];
  moment: string | undefined;
}

const isOnCycle = (item: ChartItem | undefined): boolean => item?.kind === 'person' && item.onCycle;

/** Whether a change moves more cards than its own, as cycles do, and those who come or go with people below them. */
function movesOthers(state: ChartState, { marks }: Changed, found: readonly ChartItem[]): boolean {
  const present = new Map(found.map((item) => [item.id, item]));
  const someOnCycle = [...state.items.values()].some(isOnCycle);
  return [...marks].some(([id, mark]) => {
    const before = state.items.get(id);
    const after = present.get(id);
    // A cycle may also have ended with somebody whose card is not loaded.
    if (isOnCycle(before) || isOnCycle(after) || (!before && someOnCycle)) return true;
    // Of a leaver whose card is not loaded nobody knows whether somebody stood below.
    if (!after) return before ? before.childCount > 0 : mark === 'left';
    return !before && mark === 'arrived' && after.childCount > 0;
  });
}

/** What changed, with the parents whose counts change with it; undefined when all that is open must be read anew. */
export async function readChanges(
  source: ChartSource,
  state: ChartState,
  changed: Changed,
): Promise<Refreshed | undefined> {
  const { marks, others, moment } = changed;
  const ids = [...marks.keys()];
  if (ids.length >= flood) return undefined;
  const some = async (wanted: readonly string[]) => (wanted.length > 0 ? source.some(wanted, moment) : []);
  const found = await some(ids);
  if (movesOthers(state, changed, found)) return undefined;
  const here = new Set(found.map(({ id }) => id));
  const above = [...found.map(({ parentId }) => parentId), ...ids.map((id) => state.items.get(id)?.parentId)];
  const touched = new Set([...others, ...above].filter((id) => typeof id === 'string'));
  const counted = await some([...touched].filter((id) => state.items.has(id) && !marks.has(id)));
  // Who is not loaded may have stood at the top, on a page that is not loaded.
  const isUncertain = state.branches.get(top)?.after !== undefined && ids.some((id) => !state.items.has(id));
  const total = isUncertain ? (await source.level(undefined, { first: 1, moment })).total : undefined;
  return { present: [...found, ...counted], gone: ids.filter((id) => !here.has(id)), total };
}

import type { ChartItem } from './chart-item.ts';
import type { ChartSource } from './chart-source.ts';
import type { ChartState } from './chart-state.ts';

/** From so many changes on it is cheaper to read what is open. */
const flood = 100;

/** Whether a change moves more cards than its own, as circles do, and those who come or go with people below them. */
function movesOthers(state: ChartState, ids: readonly string[], found: readonly ChartItem[]): boolean {
  const present = new Map(found.map((item) => [item.id, item]));
  return ids.some((id) => {
    const before = state.items.get(id);
    const after = present.get(id);
    const turnsRound = [before, after].some((item) => item?.kind === 'person' && item.onCycle);
    if (turnsRound) return true;
    if (!before || !after) return ((before ?? after)?.childCount ?? 0) > 0;
    return false;
  });
}

interface Changed {
  ids: readonly string[];
  /** Parents, past or present, that are known to be touched. */
  parents: readonly string[];
  moment: string | undefined;
}

/** What changed, with the parents whose counts change with it; undefined when all that is open must be read anew. */
export async function readChanges(
  source: ChartSource,
  state: ChartState,
  { ids, parents, moment }: Changed,
): Promise<{ present: ChartItem[]; gone: string[] } | undefined> {
  if (ids.length >= flood) return undefined;
  const some = async (wanted: readonly string[]) => (wanted.length > 0 ? source.some(wanted, moment) : []);
  const found = await some(ids);
  if (movesOthers(state, ids, found)) return undefined;
  const here = new Set(found.map(({ id }) => id));
  const above = [...found.map(({ parentId }) => parentId), ...ids.map((id) => state.items.get(id)?.parentId)];
  const touched = new Set([...parents, ...above].filter((id) => typeof id === 'string'));
  const counted = await some([...touched].filter((id) => state.items.has(id) && !ids.includes(id)));
  return { present: [...found, ...counted], gone: ids.filter((id) => !here.has(id)) };
}

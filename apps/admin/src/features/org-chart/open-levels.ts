import type { PlacedChart } from './model/chart-layout.ts';
import { lineAbove, top } from './model/chart-state.ts';
import type { ChartStore } from './model/chart-store.ts';

/** So many branches are opened at most by one request, the highest first. */
const atMost = 60;

/** Opens what is folded on the canvas, one level deeper. */
export async function openNextLevel(store: ChartStore, { cards }: PlacedChart): Promise<void> {
  const folded = cards
    .filter(({ card }) => card.kind === 'item' && card.item.childCount > 0 && !card.open)
    .sort((one, other) => one.y - other.y)
    .slice(0, atMost)
    .map(({ card }) => card.id);
  await store.openAll(folded);
}

/** Folds everything down to the heads, or to the head of the branch that is drawn. */
export function closeLevels(store: ChartStore, branch: string | undefined): void {
  const state = store.state();
  const heads = state.branches.get(top)?.ids ?? [];
  const kept = branch === undefined ? heads : [branch, ...lineAbove(state, branch)];
  store.closeAll(heads.length > 3 && branch === undefined ? [] : kept);
}

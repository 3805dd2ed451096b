import type { ChartItem } from './chart-item.ts';

/** Stands for "nobody above" where the id of a parent is expected. */
export const top = 'top';

/** The id of the card that folds the people without manager and without reports. */
export const foldId = 'without-manager';

/** What stands under a card, as far as it is loaded. */
export interface Branch {
  ids: readonly string[];
  /** Where the next page goes on; undefined when all are here. */
  after: string | undefined;
}

/** What of one view of the organization is known and what of it is open. */
export interface ChartState {
  items: ReadonlyMap<string, ChartItem>;
  /** By the parent's id, or {@link top}. */
  branches: ReadonlyMap<string, Branch>;
  open: ReadonlySet<string>;
  /** How many stand at the top, loaded or not. */
  topTotal: number;
  /** Those who are gone and still fade out. */
  leaving: ReadonlySet<string>;
}

export const emptyChart: ChartState = {
  items: new Map(),
  branches: new Map(),
  open: new Set(),
  topTotal: 0,
  leaving: new Set(),
};

const parentOf = (item: ChartItem): string => item.parentId ?? top;

const withItems = (state: ChartState, items: readonly ChartItem[]): ChartState => ({
  ...state,
  items: new Map([...state.items, ...items.map((item) => [item.id, item] as const)]),
});

/** Adds a page of what stands under a card. */
export function branchLoaded(
  state: ChartState,
  parent: string,
  page: { items: readonly ChartItem[]; after: string | undefined },
): ChartState {
  const known = state.branches.get(parent)?.ids ?? [];
  const ids = [...new Set([...known, ...page.items.map(({ id }) => id)])];
  const branches = new Map(state.branches).set(parent, { ids, after: page.after });
  return { ...withItems(state, page.items), branches };
}

/** Opens or folds the branch under a card. */
export function branchToggled(state: ChartState, id: string, open: boolean): ChartState {
  const opened = new Set(state.open);
  if (open) opened.add(id);
  else opened.delete(id);
  return { ...state, open: opened };
}

/** Where somebody new belongs among the loaded: by name, as the server sorts; after a page's end only when all are loaded. */
function joined(state: ChartState, branch: Branch, item: ChartItem): Branch {
  if (branch.ids.includes(item.id)) return branch;
  const isLater = (id: string) => (state.items.get(id)?.name ?? '').localeCompare(item.name, 'en') > 0;
  const place = branch.ids.findIndex(isLater);
  if (place !== -1) return { ...branch, ids: branch.ids.toSpliced(place, 0, item.id) };
  return branch.after ? branch : { ...branch, ids: [...branch.ids, item.id] };
}

const without = (branch: Branch, id: string): Branch => ({
  ...branch,
  ids: branch.ids.filter((each) => each !== id),
});

function withoutPlace(branches: Map<string, Branch>, parent: string, id: string) {
  const branch = branches.get(parent);
  if (branch) branches.set(parent, without(branch, id));
}

/** What some items are now, and which are not there any more. */
export interface Refreshed {
  present: readonly ChartItem[];
  gone: readonly string[];
  /** How many stand at the top, where it has been asked. */
  total?: number | undefined;
}

/**
 * Takes in items as they are now: who has another parent moves there when that branch is loaded, who arrived appears
 * under a loaded parent, and those who are gone stay a moment as leaving.
 */
export function itemsRefreshed(state: ChartState, { present, gone, total }: Refreshed): ChartState {
  const branches = new Map(state.branches);
  const leaving = new Set(state.leaving);
  let { topTotal } = state;
  for (const item of present) {
    const known = state.items.get(item.id);
    const from = known && parentOf(known);
    const to = parentOf(item);
    // Who comes back while still fading out has been counted as gone.
    const wasLeaving = leaving.delete(item.id);
    topTotal += Number(to === top) - Number(from === top && !wasLeaving);
    if (from === to) continue;
    if (from !== undefined) withoutPlace(branches, from, item.id);
    const branch = branches.get(to);
    if (branch) branches.set(to, joined(state, branch, item));
  }
  for (const id of gone) {
    const before = state.items.get(id);
    if (!before || leaving.has(id)) continue;
    leaving.add(id);
    topTotal -= Number(parentOf(before) === top);
  }
  return { ...withItems(state, present), branches, topTotal: total ?? topTotal, leaving };
}

const noBranch: Branch = { ids: [], after: undefined };

/** Lets those who were there before and are not any more stay in their places as leaving. */
export function withLeavers(before: ChartState, after: ChartState, gone: readonly string[]): ChartState {
  const items = new Map(after.items);
  const branches = new Map(after.branches);
  const leaving = new Set(after.leaving);
  for (const id of gone) {
    const item = before.items.get(id);
    const parent = item ? parentOf(item) : top;
    // Whoever has lost the last below them has no branch any more.
    const branch = branches.get(parent) ?? (items.get(parent)?.childCount === 0 ? noBranch : undefined);
    const place = before.branches.get(parent)?.ids.indexOf(id) ?? -1;
    if (!item || !branch || place === -1 || items.has(id)) continue;
    items.set(id, { ...item, childCount: 0 });
    branches.set(parent, { ...branch, ids: branch.ids.toSpliced(place, 0, id) });
    leaving.add(id);
  }
  return { ...after, items, branches, leaving };
}

/** Forgets those who were leaving: these, or all. */
export function leaversForgotten(state: ChartState, ids: Iterable<string> = state.leaving): ChartState {
  const gone = [...ids].filter((id) => state.leaving.has(id));
  if (gone.length === 0) return state;
  const items = new Map(state.items);
  const branches = new Map(state.branches);
  const leaving = new Set(state.leaving);
  for (const id of gone) {
    const item = items.get(id);
    if (item) withoutPlace(branches, parentOf(item), id);
    items.delete(id);
    branches.delete(id);
    leaving.delete(id);
  }
  return { ...state, items, branches, leaving };
}

/** Those above a card, nearest first, as far as they are known. Cycles end the line. */
export function lineAbove(state: ChartState, id: string): string[] {
  const line: string[] = [];
  let parent = state.items.get(id)?.parentId;
  while (parent && parent !== id && !line.includes(parent)) {
    line.push(parent);
    parent = state.items.get(parent)?.parentId;
  }
  return line;
}

/** Adds an item, and those above it, to the loaded pages of wide branches that they are beyond. */
export function lineRevealed(state: ChartState, id: string): ChartState {
  let next = state;
  for (const each of [...lineAbove(state, id).reverse(), id]) {
    const item = next.items.get(each);
    const branch = item && next.branches.get(parentOf(item));
    if (item && branch && !branch.ids.includes(each)) {
      next = branchLoaded(next, parentOf(item), { items: [item], after: branch.after });
    }
  }
  const item = next.items.get(id);
  return item && belongsInFold(item) ? branchToggled(next, foldId, true) : next;
}

/** Whether somebody stands under the card of those whom nobody leads and who lead nobody. */
const belongsInFold = ({ kind, parentId, childCount }: ChartItem): boolean =>
  kind === 'person' && parentId === null && childCount === 0;

/** Whether an item's card is on the canvas: everything above it is open. */
export function isShown(state: ChartState, id: string): boolean {
  const item = state.items.get(id);
  if (!item || (belongsInFold(item) && !state.open.has(foldId))) return false;
  const line = lineAbove(state, id);
  const isPlaced = state.branches.get(parentOf(item))?.ids.includes(id) ?? false;
  return isPlaced && line.every((above) => state.open.has(above));
}

/** Where those who were shown have moved to, out of sight: parents that are shown and folded. */
export function foldedGoals(before: ChartState, after: ChartState, ids: readonly string[]): string[] {
  const goals = ids
    .filter((id) => isShown(before, id))
    .map((id) => after.items.get(id)?.parentId)
    .filter((parent) => typeof parent === 'string')
    .filter((parent) => isShown(after, parent) && !(after.open.has(parent) && after.branches.has(parent)));
  return [...new Set(goals)];
}

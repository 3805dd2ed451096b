import type { Person } from '@/lib/live/entity-fragments.ts';
import {
  branchLoaded,
  branchToggled,
  type ChartState,
  emptyChart,
  foldId,
  managersAbove,
  peopleRefreshed,
  top,
} from './chart-state.ts';

export interface ChartPage {
  people: Person[];
  after: string | undefined;
  total?: number | undefined;
}

export interface ChartApi {
  roots(after?: string): Promise<ChartPage>;
  reports(managerId: string, after?: string): Promise<ChartPage>;
  people(ids: readonly string[]): Promise<Person[]>;
  /** A person and the managers above, nearest first, as far as one question reaches. */
  withManagers(id: string): Promise<Person[]>;
}

export interface ChartStore {
  state(): ChartState;
  subscribe(listener: () => void): () => void;
  /** Reads the top anew and opens it where there is one obvious head. */
  loadTop(): Promise<void>;
  open(id: string): Promise<void>;
  /** Shows the people without manager, who came with the top. */
  openFold(): void;
  close(id: string): void;
  loadMore(id: string): Promise<void>;
  /** Opens every manager above a person, so that their card is on the canvas. False when there is no such person. */
  reveal(id: string): Promise<boolean>;
  /** Reads people again, and the managers whom their change touches. */
  refresh(ids: readonly string[]): Promise<void>;
}

/** At most this many heads are opened by themselves. */
const obviousHeads = 3;

/** Keeps what of the organization is open, and loads only that. */
export function createChartStore(api: ChartApi): ChartStore {
  let state = emptyChart;
  const listeners = new Set<() => void>();
  const set = (next: ChartState) => {
    state = next;
    for (const listener of listeners) listener();
  };

  async function loadBranch(id: string): Promise<void> {
    const after = state.branches.get(id)?.after;
    const page = id === top ? await api.roots(after) : await api.reports(id, after);
    set(branchLoaded(state, id, page));
  }

  async function open(id: string): Promise<void> {
    if (!state.branches.has(id)) await loadBranch(id);
    set(branchToggled(state, id, true));
  }

  /** Reads upwards until someone without a manager, three levels a question. */
  async function loadManagers(id: string): Promise<boolean> {
    const seen = new Set<string>();
    let next: string | undefined = id;
    while (next && !seen.has(next)) {
      const chain: Person[] = await api.withManagers(next);
      if (chain.length === 0) return false;
      set(peopleRefreshed(state, chain));
      for (const person of chain.slice(0, -1)) seen.add(person.id);
      const highest: Person | undefined = chain.at(-1);
      next = highest?.manager?.id;
    }
    return true;
  }

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async loadTop() {
      const page = await api.roots();
      const fresh = branchLoaded({ ...emptyChart, topTotal: page.total ?? page.people.length }, top, page);
      set(fresh);
      const heads = page.people.filter(({ reportCount }) => reportCount > 0);
      if (heads.length === 0) set(branchToggled(state, foldId, true));
      if (heads.length <= obviousHeads) await Promise.all(heads.map(({ id }) => open(id)));
    },
    open,
    openFold: () => set(branchToggled(state, foldId, true)),
    close: (id) => set(branchToggled(state, id, false)),
    loadMore: loadBranch,
    async reveal(id) {
      if (!(await loadManagers(id))) return false;
      const chain = managersAbove(state, id).reverse();
      for (const manager of chain) await open(manager);
      // Someone beyond the loaded page of a wide branch is added to it by name.
      for (const person of [...chain, id]) {
        const manager = state.people.get(person)?.manager?.id ?? top;
        const branch = state.branches.get(manager);
        const known = state.people.get(person);
        if (branch && known && !branch.ids.includes(person)) {
          set(branchLoaded(state, manager, { people: [known], after: branch.after }));
        }
      }
      return true;
    },
    async refresh(ids) {
      const before = ids.map((id) => state.people.get(id)?.manager?.id);
      const people = await api.people(ids);
      const managers = new Set([...before, ...people.map(({ manager }) => manager?.id)]);
      const touched = [...managers]
        .filter((id) => id !== undefined)
        .filter((id) => state.people.has(id) && !ids.includes(id));
      const counted = touched.length > 0 ? await api.people(touched) : [];
      set(peopleRefreshed(state, [...people, ...counted]));
    },
  };
}

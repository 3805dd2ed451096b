import type { Marks } from './chart-marks.ts';
import type { ChartSource } from './chart-source.ts';
import {
  branchLoaded,
  branchToggled,
  type ChartState,
  emptyChart,
  foldedGoals,
  foldId,
  itemsRefreshed,
  leaversForgotten,
  lineAbove,
  lineRevealed,
  top,
  withLeavers,
} from './chart-state.ts';
import { readChanges } from './read-changes.ts';
import { pageSize, readOpenChart } from './read-open-chart.ts';

/** At most this many heads are opened by themselves. */
const obviousHeads = 3;
/** So many branches are opened at most because somebody moves there. */
const mostOpened = 3;

/** Keeps what of one view of the organization is open, and loads only that. */
export class ChartStore {
  readonly #source: ChartSource;
  readonly #listeners = new Set<() => void>();
  #state = emptyChart;
  #moment: string | undefined;
  #isLoaded = false;
  /** Counts the loads: an answer to an earlier moment's question is dropped. */
  #run = 0;
  /** What is being read: it may be older than a change that is told meanwhile. */
  readonly #reading = new Set<Promise<unknown>>();
  /** Whether a change has been told that could not be read. */
  #isStale = false;

  constructor(source: ChartSource) {
    this.#source = source;
  }

  readonly state = (): ChartState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Whether anything has been loaded yet. */
  isLoaded(): boolean {
    return this.#isLoaded;
  }

  #set(next: ChartState): void {
    this.#state = next;
    for (const listener of this.#listeners) listener();
  }

  async #whileReading<T>(work: Promise<T>): Promise<T> {
    this.#reading.add(work);
    try {
      return await work;
    } finally {
      this.#reading.delete(work);
    }
  }

  /** Reads the top and every open branch as of a moment, now when left out; at first opens the obvious heads. */
  load(moment?: string): Promise<void> {
    this.#moment = moment;
    this.#isStale = true;
    return this.#whileReading(this.#load(++this.#run));
  }

  async #load(run: number): Promise<void> {
    const isWanted = () => run === this.#run;
    const next = await readOpenChart({
      source: this.#source,
      moment: this.#moment,
      before: this.state,
      isWanted,
    });
    if (!isWanted()) return;
    this.#isStale = false;
    this.#set(next);
    if (!this.#isLoaded) await this.#openHeads();
    this.#isLoaded = true;
    this.#set({ ...this.#state });
  }

  async #openHeads(): Promise<void> {
    const { branches, items } = this.#state;
    const heads = branches.get(top)?.ids.filter((id) => (items.get(id)?.childCount ?? 0) > 0) ?? [];
    if (heads.length === 0) this.openFold();
    if (heads.length <= obviousHeads) await this.openAll(heads);
  }

  /** Loads the next page of what stands under an item. */
  loadMore(parent: string): Promise<void> {
    return this.#whileReading(this.#loadMore(parent));
  }

  async #loadMore(parent: string): Promise<void> {
    const run = this.#run;
    const after = this.#state.branches.get(parent)?.after;
    const under = parent === top ? undefined : parent;
    const page = await this.#source.level(under, { first: pageSize, after, moment: this.#moment });
    if (run === this.#run) this.#set(branchLoaded(this.#state, parent, page));
  }

  /** Opens branches; those that are not loaded yet are loaded first, with one question. */
  async openAll(ids: readonly string[]): Promise<void> {
    const unknown = () => ids.filter((id) => !this.#state.branches.has(id));
    let isRead = false;
    // A chart that is read anew meanwhile may not have these branches.
    while (!isRead && unknown().length > 0)
      isRead = await this.#whileReading(this.#loadFirstPages(unknown()));
    this.#set({ ...this.#state, open: new Set([...this.#state.open, ...ids]) });
  }

  /** False when the chart has been read anew meanwhile: the answer may be of another moment, and is dropped. */
  async #loadFirstPages(parents: readonly string[]): Promise<boolean> {
    const run = this.#run;
    const pages = await this.#source.levels(parents, { first: pageSize, moment: this.#moment });
    if (run !== this.#run) return false;
    this.#set([...pages].reduce((state, [parent, page]) => branchLoaded(state, parent, page), this.#state));
    return true;
  }

  /** Shows the people without manager, who came with the top. */
  openFold(): void {
    this.#set(branchToggled(this.#state, foldId, true));
  }

  close(id: string): void {
    this.#set(branchToggled(this.#state, id, false));
  }

  /** Folds everything but these. */
  closeAll(but: readonly string[]): void {
    this.#set({ ...this.#state, open: new Set([...this.#state.open].filter((id) => but.includes(id))) });
  }

  /** Opens everything above an item, so that its card is on the canvas. False when there is no such item. */
  reveal(id: string): Promise<boolean> {
    return this.#whileReading(this.#reveal(id));
  }

  async #reveal(id: string): Promise<boolean> {
    const run = this.#run;
    const line = await this.#source.line(id, this.#moment);
    if (line.length === 0 || run !== this.#run) return false;
    const unknown = line.filter((item) => !this.#state.items.has(item.id));
    const items = new Map([...this.#state.items, ...unknown.map((item) => [item.id, item] as const)]);
    this.#set({ ...this.#state, items });
    await this.openAll(lineAbove(this.#state, id).reverse());
    this.#set(lineRevealed(this.#state, id));
    return true;
  }

  /**
   * Reads the marked again, and others whose cards their change touches; a flood reads anew what is open. Answers who of
   * the marked is on the chart, or was; undefined where nobody looked.
   */
  async refresh(marks: Marks, others: readonly string[]): Promise<ReadonlySet<string> | undefined> {
    await Promise.allSettled(this.#reading);
    const run = this.#run;
    const before = this.#state;
    const changed = { marks, others, moment: this.#moment };
    const wasStale = this.#isStale;
    this.#isStale = true;
    const changes = wasStale ? undefined : await readChanges(this.#source, before, changed);
    if (run !== this.#run) return undefined;
    if (!changes) {
      await this.#loadWithLeavers(before, [...marks.keys()]);
      return undefined;
    }
    this.#isStale = false;
    this.#set(itemsRefreshed(this.#state, changes));
    // Whoever moves in sight stays in sight.
    const goals = foldedGoals(before, this.#state, [...marks.keys()]);
    if (goals.length <= mostOpened) await this.openAll(goals);
    return new Set([...marks.keys()].filter((id) => before.items.has(id) || this.#state.items.has(id)));
  }

  /** Reads anew what is open; those of `ids` who are gone stay a moment as leaving. */
  async #loadWithLeavers(before: ChartState, ids: readonly string[]): Promise<void> {
    const loading = this.load(this.#moment);
    const run = this.#run;
    await loading;
    if (run !== this.#run) return;
    const gone = ids.filter((id) => before.items.has(id) && !this.#state.items.has(id));
    this.#set(withLeavers(before, this.#state, gone));
  }

  /** Lets those who left disappear: these, or all. */
  forgetLeavers(ids?: readonly string[]): void {
    this.#set(leaversForgotten(this.#state, ids));
  }
}

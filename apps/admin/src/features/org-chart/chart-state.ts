import type { Person } from '@/lib/live/entity-fragments.ts';

/** Stands for "no manager" where a manager's id is expected. */
export const top = 'top';

/** The id of the card that folds the people without manager and without reports. */
export const foldId = 'without-manager';

/** The people under a manager, as far as they are loaded. */
export interface Branch {
  ids: readonly string[];
  /** Where the next page goes on; undefined when all are here. */
  after: string | undefined;
}

/** What of the organization is known and what of it is open. */
export interface ChartState {
  people: ReadonlyMap<string, Person>;
  /** By the manager's id, or {@link top}. */
  branches: ReadonlyMap<string, Branch>;
  open: ReadonlySet<string>;
  /** How many people have no manager, loaded or not. */
  topTotal: number;
}

export const emptyChart: ChartState = {
  people: new Map(),
  branches: new Map(),
  open: new Set(),
  topTotal: 0,
};

const managerOf = (person: Person): string => person.manager?.id ?? top;

function withPeople(state: ChartState, people: readonly Person[]): ChartState {
  return {
    ...state,
    people: new Map([...state.people, ...people.map((person) => [person.id, person] as const)]),
  };
}

/** Adds a page of the people under a manager. */
export function branchLoaded(
  state: ChartState,
  manager: string,
  page: { people: readonly Person[]; after: string | undefined },
): ChartState {
  const known = state.branches.get(manager)?.ids ?? [];
  const ids = [...new Set([...known, ...page.people.map(({ id }) => id)])];
  const branches = new Map(state.branches).set(manager, { ids, after: page.after });
  return { ...withPeople(state, page.people), branches };
}

/** Opens or folds the branch under a person. */
export function branchToggled(state: ChartState, id: string, open: boolean): ChartState {
  const opened = new Set(state.open);
  if (open) opened.add(id);
  else opened.delete(id);
  return { ...state, open: opened };
}

function moved(branches: Map<string, Branch>, id: string, from: string | undefined, to: string | undefined) {
  const left = from === undefined ? undefined : branches.get(from);
  if (from !== undefined && left)
    branches.set(from, { ...left, ids: left.ids.filter((each) => each !== id) });
  const joined = to === undefined ? undefined : branches.get(to);
  if (to !== undefined && joined && !joined.ids.includes(id)) {
    branches.set(to, { ...joined, ids: [...joined.ids, id] });
  }
}

/**
 * Takes in people as they are now: who has another manager moves there when that branch is loaded, who left
 * disappears, who arrived appears under a loaded manager.
 */
export function peopleRefreshed(state: ChartState, people: readonly Person[]): ChartState {
  const branches = new Map(state.branches);
  let { topTotal } = state;
  for (const person of people) {
    const before = state.people.get(person.id);
    const from = before && before.status !== 'DEPROVISIONED' ? managerOf(before) : undefined;
    const to = person.status === 'DEPROVISIONED' ? undefined : managerOf(person);
    if (from === to) continue;
    moved(branches, person.id, from, to);
    if (from === top) topTotal -= 1;
    if (to === top) topTotal += 1;
  }
  return { ...withPeople(state, people), branches, topTotal };
}

/** The managers above a person, nearest first, as far as they are known. Cycles end the chain. */
export function managersAbove(state: ChartState, id: string): string[] {
  const chain: string[] = [];
  let manager = state.people.get(id)?.manager?.id;
  while (manager && manager !== id && !chain.includes(manager)) {
    chain.push(manager);
    manager = state.people.get(manager)?.manager?.id;
  }
  return chain;
}

/** Where to mark changes: on the person's card, else on the nearest manager's that is drawn. */
export function cardsToMark(
  state: ChartState,
  changed: ReadonlySet<string>,
  drawn: ReadonlySet<string>,
): Set<string> {
  const marks = new Set<string>();
  for (const id of changed) {
    const card = [id, ...managersAbove(state, id)].find((each) => drawn.has(each));
    if (card) marks.add(card);
  }
  return marks;
}

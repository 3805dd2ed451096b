import { expect, test } from 'vitest';
import type { Person } from '@/lib/live/entity-fragments.ts';
import { cardHeight, cardWidth, layoutChart } from './chart-layout.ts';
import {
  branchLoaded,
  branchToggled,
  type ChartState,
  cardsToMark,
  emptyChart,
  foldId,
  managersAbove,
  peopleRefreshed,
  top,
} from './chart-state.ts';
import { neighbour } from './chart-steps.ts';
import { type ChartApi, createChartStore } from './chart-store.ts';

function person(id: string, manager: string | null, reportCount = 0, changes: Partial<Person> = {}): Person {
  return {
    __typename: 'User',
    id,
    userName: `${id}@x.example`,
    displayName: id,
    name: null,
    title: null,
    department: null,
    status: 'ACTIVE',
    updatedAt: '2026-01-01T00:00:00Z',
    reportCount,
    manager: manager ? { __typename: 'User', id: manager, displayName: manager, userName: manager } : null,
    ...changes,
  };
}

/** ceo → a, b; a → a1…a(n); one person alone. */
function company(reportsOfA = 3): ChartState {
  const reports = Array.from({ length: reportsOfA }, (_, index) => person(`a${index + 1}`, 'a'));
  let state: ChartState = { ...emptyChart, topTotal: 2 };
  state = branchLoaded(state, top, {
    people: [person('ceo', null, 2), person('alone', null)],
    after: undefined,
  });
  state = branchLoaded(state, 'ceo', {
    people: [person('a', 'ceo', reportsOfA), person('b', 'ceo', 1)],
    after: undefined,
  });
  state = branchLoaded(state, 'a', { people: reports, after: undefined });
  return branchToggled(branchToggled(state, 'ceo', true), 'a', true);
}

const ids = (state: ChartState) =>
  layoutChart(state)
    .cards.map(({ card }) => card.id)
    .sort();

test('only what is open is drawn, and people without manager and reports are folded with their count', () => {
  expect(ids(company())).toEqual(['a', 'a1', 'a2', 'a3', 'b', 'ceo', foldId]);
  expect(ids(branchToggled(company(), 'ceo', false))).toEqual(['ceo', foldId]);
  const fold = layoutChart(company()).cards.find(({ card }) => card.id === foldId);
  expect(fold?.card).toMatchObject({ kind: 'fold', count: 1, open: false });
});

test('cards never overlap, however wide a branch is', () => {
  const { cards } = layoutChart(branchToggled(company(37), foldId, true));
  for (const one of cards) {
    for (const other of cards) {
      if (one === other) continue;
      const apart = Math.abs(one.x - other.x) >= cardWidth || Math.abs(one.y - other.y) >= cardHeight;
      expect(apart, `${one.card.id} and ${other.card.id}`).toBe(true);
    }
  }
});

test('every card but the heads hangs on its manager', () => {
  const { links } = layoutChart(company());
  expect(links.map(({ id }) => id).sort()).toEqual(['a a1', 'a a2', 'a a3', 'ceo a', 'ceo b']);
});

test('a new manager moves a card to their branch, and back', () => {
  const moved = peopleRefreshed(company(), [person('a1', 'ceo')]);
  expect(moved.branches.get('a')?.ids).toEqual(['a2', 'a3']);
  expect(moved.branches.get('ceo')?.ids).toEqual(['a', 'b', 'a1']);
  const back = peopleRefreshed(moved, [person('a1', 'a')]);
  expect(back.branches.get('ceo')?.ids).toEqual(['a', 'b']);
});

test('who leaves disappears, who comes back appears, and the count without manager follows', () => {
  const left = peopleRefreshed(company(), [person('alone', null, 0, { status: 'DEPROVISIONED' })]);
  expect(ids(left)).not.toContain(foldId);
  expect(left.topTotal).toBe(1);
  const returned = peopleRefreshed(left, [person('alone', null)]);
  expect(ids(returned)).toContain(foldId);
  expect(returned.topTotal).toBe(2);
});

test('a circle of managers is drawn once and ends', () => {
  const state = peopleRefreshed(company(), [person('ceo', 'a', 2)]);
  expect(managersAbove(state, 'a1')).toEqual(['a', 'ceo']);
  expect(() => layoutChart(state)).not.toThrow();
});

test('a change under a folded branch is marked on the nearest manager who is drawn', () => {
  const drawn = new Set(['ceo', 'a']);
  expect(cardsToMark(company(), new Set(['a1', 'ceo', 'stranger']), drawn)).toEqual(new Set(['a', 'ceo']));
});

test('arrow keys lead to the manager, the first report and the colleagues', () => {
  const placed = layoutChart(company());
  expect(neighbour(placed, 'a2', 'up')).toBe('a');
  expect(neighbour(placed, 'a', 'down')).toBe('a1');
  expect(neighbour(placed, 'a1', 'right')).toBe('a2');
  expect(neighbour(placed, 'a1', 'left')).toBeUndefined();
  expect(neighbour(placed, 'ceo', 'right')).toBe(foldId);
});

function apiOf(people: readonly Person[]): ChartApi & { asked: string[] } {
  const asked: string[] = [];
  const under = (manager: string | null) => people.filter((each) => (each.manager?.id ?? null) === manager);
  return {
    asked,
    async roots() {
      return { people: under(null), after: undefined, total: under(null).length };
    },
    async reports(id) {
      asked.push(id);
      return { people: under(id), after: undefined };
    },
    people: async (ids) => people.filter(({ id }) => ids.includes(id)),
    async withManagers(id) {
      const one = people.find((each) => each.id === id);
      const manager = people.find((each) => each.id === one?.manager?.id);
      return [one, manager].filter((each) => each !== undefined);
    },
  };
}

test('revealing someone deep opens the chain of managers and loads nothing else', async () => {
  const api = apiOf([
    person('ceo', null, 2),
    person('a', 'ceo', 1),
    person('b', 'ceo', 1),
    person('c', 'a', 1),
    person('d', 'c', 0),
    person('e', 'b', 0),
  ]);
  const store = createChartStore(api);
  await store.loadTop();
  expect(await store.reveal('d')).toBe(true);
  expect(ids(store.state())).toEqual(['a', 'b', 'c', 'ceo', 'd']);
  expect(api.asked).toEqual(['ceo', 'a', 'c']);
  expect(await store.reveal('nobody')).toBe(false);
});

test('a refresh reads the old and the new manager too, so that their counts are right', async () => {
  const people = [person('ceo', null, 2), person('a', 'ceo', 1), person('b', 'ceo', 0), person('x', 'a')];
  const store = createChartStore(apiOf(people));
  await store.loadTop();
  await store.open('a');
  people.splice(1, 3, person('a', 'ceo', 0), person('b', 'ceo', 1), person('x', 'b'));
  await store.refresh(['x']);
  expect(store.state().people.get('a')?.reportCount).toBe(0);
  expect(store.state().people.get('b')?.reportCount).toBe(1);
  expect(store.state().branches.get('a')?.ids).toEqual([]);
});

import { expect, test } from 'vitest';
import { company, person, team } from './chart.fixtures.ts';
import { cardHeight, cardWidth, layoutChart } from './chart-layout.ts';
import {
  branchLoaded,
  branchToggled,
  type ChartState,
  emptyChart,
  foldId,
  itemsRefreshed,
  lineAbove,
  top,
} from './chart-state.ts';
import { neighbour } from './chart-steps.ts';

const ids = (state: ChartState, root?: string) =>
  layoutChart(state, root)
    .cards.map(({ card }) => card.id)
    .sort();

test('only what is open is drawn, and people without manager and reports are folded with their count', () => {
  expect(ids(company())).toEqual(['a', 'a1', 'a2', 'a3', 'b', 'ceo', foldId]);
  expect(ids(branchToggled(company(), 'ceo', false))).toEqual(['ceo', foldId]);
  const fold = layoutChart(company()).cards.find(({ card }) => card.id === foldId);
  expect(fold?.card).toMatchObject({ kind: 'fold', count: 1, open: false });
});

test('a branch alone is drawn from its head downwards', () => {
  expect(ids(company(), 'a')).toEqual(['a', 'a1', 'a2', 'a3']);
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

test('every card but the heads hangs on the one above', () => {
  const { links } = layoutChart(company());
  expect(links.map(({ id }) => id).sort()).toEqual(['a a1', 'a a2', 'a a3', 'ceo a', 'ceo b']);
});

test('teams without sub-teams stand at the top themselves, and what is not loaded has a card', () => {
  const state = branchLoaded(emptyChart, top, {
    items: [team('sales', null, 2), team('board', null)],
    after: 'next',
  });
  expect(ids(state)).toEqual(['board', `more ${top}`, 'sales']);
  expect(layoutChart(state).links).toEqual([]);
});

test('the last report of a manager stays drawn while leaving', () => {
  const state = itemsRefreshed(branchLoaded(company(1), 'b', { items: [], after: undefined }), {
    present: [person('a', 'ceo', 0)],
    gone: ['a1'],
  });
  expect(ids(state)).toContain('a1');
});

test('a cycle of managers is drawn once and ends', () => {
  const state = itemsRefreshed(company(), { present: [person('ceo', 'a', 2)], gone: [] });
  expect(lineAbove(state, 'a1')).toEqual(['a', 'ceo']);
  expect(() => layoutChart(state)).not.toThrow();
});

test('a layout of three thousand open cards takes a moment only', () => {
  let state = branchLoaded(emptyChart, top, { items: [person('m0', null, 60)], after: undefined });
  const managers = Array.from({ length: 60 }, (_, index) => person(`m${index + 1}`, 'm0', 50));
  state = branchToggled(branchLoaded(state, 'm0', { items: managers, after: undefined }), 'm0', true);
  for (const { id } of managers) {
    const items = Array.from({ length: 50 }, (_, index) => person(`${id}-${index}`, id));
    state = branchToggled(branchLoaded(state, id, { items, after: undefined }), id, true);
  }
  const began = performance.now();
  expect(layoutChart(state).cards).toHaveLength(3_061);
  expect(performance.now() - began).toBeLessThan(1_000);
});

test('arrow keys lead to the one above, the first below and those beside', () => {
  const placed = layoutChart(company());
  expect(neighbour(placed, 'a2', 'up')).toBe('a');
  expect(neighbour(placed, 'a', 'down')).toBe('a1');
  expect(neighbour(placed, 'a1', 'right')).toBe('a2');
  expect(neighbour(placed, 'a1', 'left')).toBeUndefined();
  expect(neighbour(placed, 'ceo', 'right')).toBe(foldId);
});

import { expect, test } from 'vitest';
import { company, person } from '../model/chart.fixtures.ts';
import { layoutChart } from '../model/chart-layout.ts';
import { keptNodes } from './kept-nodes.ts';
import { toNodes } from './to-flow.ts';

const look = { focus: undefined, bright: new Set<string>(), marks: new Map() };

test('only the cards that something happened to are drawn again', () => {
  const state = company();
  const drawn = toNodes(layoutChart(state).cards, look);
  const next = { ...state, items: new Map(state.items).set('a2', person('a2', 'a', 0, { title: 'New' })) };
  const kept = keptNodes(drawn, toNodes(layoutChart(next).cards, look));
  expect(kept.filter((node) => !drawn.includes(node)).map(({ id }) => id)).toEqual(['a2']);
});

test('focusing draws the dimmed and the focused again, and nothing when nothing changed', () => {
  const state = company();
  const drawn = toNodes(layoutChart(state).cards, look);
  expect(keptNodes(drawn, toNodes(layoutChart(state).cards, look))).toEqual(drawn);
  const focused = toNodes(layoutChart(state).cards, { ...look, focus: 'a', bright: new Set(['a', 'ceo']) });
  const kept = keptNodes(drawn, focused);
  expect(kept.filter((node) => drawn.includes(node)).map(({ id }) => id)).toEqual(['ceo']);
});

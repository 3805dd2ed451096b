import { expect, test } from 'vitest';
import { company, person } from './chart.fixtures.ts';
import {
  branchLoaded,
  branchToggled,
  foldId,
  isShown,
  itemsRefreshed,
  leaversForgotten,
  top,
  withLeavers,
} from './chart-state.ts';

const arrives = (...present: ReturnType<typeof person>[]) => ({ present, gone: [] });

test('a new manager moves a card to their branch, by name, and back', () => {
  const moved = itemsRefreshed(company(), arrives(person('a1', 'ceo')));
  expect(moved.branches.get('a')?.ids).toEqual(['a2', 'a3']);
  expect(moved.branches.get('ceo')?.ids).toEqual(['a', 'a1', 'b']);
  const back = itemsRefreshed(moved, arrives(person('a1', 'a')));
  expect(back.branches.get('ceo')?.ids).toEqual(['a', 'b']);
  expect(back.branches.get('a')?.ids).toEqual(['a1', 'a2', 'a3']);
});

test('who leaves stays a moment as leaving, then is forgotten; who comes back meanwhile stays', () => {
  const left = itemsRefreshed(company(), { present: [], gone: ['alone', 'a2'] });
  expect([...left.leaving]).toEqual(['alone', 'a2']);
  expect(left.topTotal).toBe(1);
  expect(left.branches.get('a')?.ids).toContain('a2');
  const returned = itemsRefreshed(left, arrives(person('alone', null)));
  expect(returned.topTotal).toBe(2);
  const after = leaversForgotten(returned);
  expect(after.branches.get('a')?.ids).toEqual(['a1', 'a3']);
  expect([after.items.has('a2'), after.items.has('alone')]).toEqual([false, true]);
});

test('who comes back elsewhere while still fading out stands in one place', () => {
  const left = itemsRefreshed(company(), { present: [], gone: ['a2', 'alone'] });
  const returned = itemsRefreshed(left, arrives(person('a2', null), person('alone', 'a')));
  expect(returned.branches.get('a')?.ids).toEqual(['a1', 'a3', 'alone']);
  expect(returned.branches.get(top)?.ids).toEqual(['a2', 'ceo']);
  expect(returned.topTotal).toBe(2);
  expect([...returned.leaving]).toEqual([]);
});

test('leavers can be forgotten some at a time', () => {
  const left = itemsRefreshed(company(), { present: [], gone: ['a1', 'a2'] });
  const after = leaversForgotten(left, ['a1', 'a3']);
  expect([...after.leaving]).toEqual(['a2']);
  expect(after.branches.get('a')?.ids).toEqual(['a2', 'a3']);
});

test('a card is shown once everything above it is open, the fold of those without manager too', () => {
  const state = company();
  expect(['ceo', 'a1', 'alone', 'stranger'].map((id) => isShown(state, id))).toEqual([
    true,
    true,
    false,
    false,
  ]);
  const opened = branchToggled(branchToggled(state, foldId, true), 'a', false);
  expect(['ceo', 'a1', 'alone'].map((id) => isShown(opened, id))).toEqual([true, false, true]);
});

test('a newcomer whose place is on a page that is not loaded waits there', () => {
  const state = branchLoaded(company(), 'a', { items: [], after: 'next' });
  const later = itemsRefreshed(state, arrives(person('z', 'a')));
  expect(later.branches.get('a')?.ids).toEqual(['a1', 'a2', 'a3']);
  const between = itemsRefreshed(state, arrives(person('a25', 'a')));
  expect(between.branches.get('a')?.ids).toEqual(['a1', 'a2', 'a25', 'a3']);
});

test('those who are missing from a new reading keep their places while they leave', () => {
  const before = company();
  const after = leaversForgotten(itemsRefreshed(before, { present: [], gone: ['a2'] }));
  const leaving = withLeavers(before, after, ['a2', 'stranger']);
  expect(leaving.branches.get('a')?.ids).toEqual(['a1', 'a2', 'a3']);
  expect([...leaving.leaving]).toEqual(['a2']);
});

test('the last below somebody keeps the place while leaving, and nobody whose branch is only folded', () => {
  const before = company();
  const readAnew = (childCount: number) => {
    const { items, branches } = leaversForgotten(
      itemsRefreshed(before, { present: [], gone: ['a1', 'a2', 'a3'] }),
    );
    const a = { ...person('a', 'ceo'), childCount };
    return {
      ...before,
      items: new Map(items).set('a', a),
      branches: new Map([...branches].filter(([id]) => id !== 'a')),
    };
  };
  expect(withLeavers(before, readAnew(0), ['a3']).branches.get('a')?.ids).toEqual(['a3']);
  expect(withLeavers(before, readAnew(1), ['a3']).branches.has('a')).toBe(false);
});

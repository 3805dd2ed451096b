import { expect, test } from 'vitest';
import { readPlace } from './use-chart-place.ts';

test('the URL says the view, the focus, the branch, the moment and the panel', () => {
  const params = new URLSearchParams('view=teams&focus=1&branch=2&at=2026-03-01T10:00Z&panel=problems');
  expect(readPlace(params)).toEqual({
    view: 'teams',
    focus: '1',
    branch: '2',
    moment: '2026-03-01T10:00:00.000Z',
    panel: 'problems',
  });
});

test('what the URL says wrongly is left out', () => {
  expect(readPlace(new URLSearchParams('view=x&at=yesterday&panel=y'))).toEqual({
    view: 'people',
    focus: undefined,
    branch: undefined,
    moment: undefined,
    panel: undefined,
  });
});

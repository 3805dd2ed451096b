import { expect, test } from 'vitest';
import type { FeedEvent } from '@/lib/live/event-fragment.ts';
import { company, team } from './chart.fixtures.ts';
import { type Mark, marksOf, marksOnCards, parentsNamedBy, teamsLedBy, unmarkedBy } from './chart-marks.ts';
import { branchLoaded, emptyChart, top } from './chart-state.ts';

type Told = Omit<FeedEvent['changes'][number], 'named'>;

function event(type: FeedEvent['type'], id: string, changes: readonly Told[] = []): FeedEvent {
  return {
    __typename: 'Event',
    id: `${type} ${id}`,
    cursor: 'c',
    type,
    occurredAt: '2026-01-01T00:00:00Z',
    requestId: 'r',
    subject: { type: type.startsWith('USER') ? 'USER' : 'TEAM', id, label: id },
    related: null,
    changes: changes.map((change) => ({ ...change, named: [] })),
    actor: { kind: 'SYSTEM', id: null, name: 'Rollcall' },
    connection: null,
  };
}

test('each view marks its own events: arrived, changed, left', () => {
  const events = [
    event('USER_CREATED', 'new'),
    event('USER_UPDATED', 'new'),
    event('USER_UPDATED', 'moved'),
    event('USER_DEPROVISIONED', 'gone'),
    event('TEAM_CREATED', 'team'),
    event('TEAM_MEMBER_ADDED', 'other'),
  ];
  expect(Object.fromEntries(marksOf('people', events))).toEqual({
    new: 'arrived',
    moved: 'changed',
    gone: 'left',
  });
  expect(Object.fromEntries(marksOf('teams', events))).toEqual({ team: 'arrived', other: 'changed' });
});

test('a change under a folded branch is marked on the nearest card above that is drawn', () => {
  const drawn = new Set(['ceo', 'a']);
  const marks = new Map<string, Mark>([
    ['a1', 'arrived'],
    ['ceo', 'changed'],
    ['stranger', 'arrived'],
  ]);
  const shown = marksOnCards(company(), marks, (id) => drawn.has(id));
  expect(Object.fromEntries(shown)).toEqual({ a: 'changed', ceo: 'changed' });
});

test('events name the parents whose counts change', () => {
  const moved = event('USER_UPDATED', 'x', [
    { field: 'manager', before: { id: 'a', label: 'A' }, after: { id: 'b' } },
    { field: 'title', before: 'c', after: 'd' },
  ]);
  const lost = event('TEAM_UPDATED', 'y', [{ field: 'parentId', before: 'p', after: null }]);
  expect(parentsNamedBy([moved, lost])).toEqual(['a', 'b', 'p']);
});

test('a card shows the name of its lead, so what happens to the lead concerns it', () => {
  const led = { ...team('sales', null), lead: { id: 'bo', name: 'Bo', photo: null } };
  const state = branchLoaded(emptyChart, top, { items: [led, team('it', null)], after: undefined });
  expect(teamsLedBy(state, [event('USER_UPDATED', 'bo'), event('USER_UPDATED', 'cy')])).toEqual(['sales']);
  expect(teamsLedBy(state, [event('TEAM_UPDATED', 'bo')])).toEqual([]);
});

test('whoever is marked again meanwhile does not fade with the first mark', () => {
  const first = new Map<string, Mark>([
    ['team', 'changed'],
    ['person', 'changed'],
  ]);
  const second = new Map<string, Mark>([['team', 'left']]);
  expect(unmarkedBy([second], first)).toEqual(['person']);
  expect(unmarkedBy([], second)).toEqual(['team']);
});

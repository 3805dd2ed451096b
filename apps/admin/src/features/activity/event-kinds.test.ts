import { expect, test } from 'vitest';
import { eventLooks } from '@/components/events/event-looks.ts';
import { eventKinds, kindsFrom, typesOf } from './event-kinds.ts';

test('every type of event belongs to exactly one chip', () => {
  const types = eventKinds.flatMap((kind) => kind.types);
  expect([...types].sort()).toEqual(Object.keys(eventLooks).sort());
});

test('no chip means all types', () => {
  expect(typesOf(kindsFrom(null))).toBeUndefined();
  expect(typesOf(kindsFrom('nonsense'))).toBeUndefined();
});

test('chips of the URL become types', () => {
  expect(typesOf(kindsFrom('departures,changes'))).toEqual([
    'USER_UPDATED',
    'USER_DEACTIVATED',
    'USER_DEPROVISIONED',
  ]);
});

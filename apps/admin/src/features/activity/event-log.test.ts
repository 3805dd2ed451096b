import { expect, test } from 'vitest';
import { eventsArrived, keptRows, olderLoaded, openLog, showWaiting } from './event-log.ts';

const event = (n: number) => ({ id: `e${n}`, cursor: `c${n}` });
const events = (...numbers: number[]) => numbers.map(event);
const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);

test('what the feed brought while the first page was on its way is neither lost nor doubled', () => {
  const log = openLog({ events: events(3, 2, 1), olderAfter: 'c1' }, events(4, 3));
  expect(ids(log.rows)).toEqual(['e4', 'e3', 'e2', 'e1']);
});

test('new rows slide in when the reader is at the top', () => {
  const log = eventsArrived(openLog({ events: events(1), olderAfter: undefined }, []), events(3, 2), true);
  expect(ids(log.rows)).toEqual(['e3', 'e2', 'e1']);
  expect([...log.fresh]).toEqual(['e3', 'e2']);
});

test('new rows wait when the reader is further down, and come in order when asked for', () => {
  let log = openLog({ events: events(1), olderAfter: undefined }, []);
  log = eventsArrived(log, events(2), false);
  log = eventsArrived(log, events(3), false);
  expect(ids(log.rows)).toEqual(['e1']);
  expect(ids(log.waiting)).toEqual(['e3', 'e2']);
  log = showWaiting(log);
  expect(ids(log.rows)).toEqual(['e3', 'e2', 'e1']);
  expect(log.waiting).toEqual([]);
});

test('an event delivered again changes nothing', () => {
  const log = eventsArrived(openLog({ events: events(2, 1), olderAfter: undefined }, []), events(3), false);
  expect(eventsArrived(log, events(3, 2), true)).toBe(log);
});

test('older history is added once, at the end', () => {
  const log = openLog({ events: events(4, 3), olderAfter: 'c3' }, []);
  const older = olderLoaded(log, { events: events(3, 2, 1), olderAfter: undefined });
  expect(ids(older.rows)).toEqual(['e4', 'e3', 'e2', 'e1']);
  expect(older.olderAfter).toBeUndefined();
});

test('a long list lets go of its end and can read it again', () => {
  const many = Array.from({ length: keptRows }, (_, index) => event(keptRows - index));
  const log = eventsArrived(
    openLog({ events: many, olderAfter: undefined }, []),
    [event(keptRows + 1)],
    true,
  );
  expect(log.rows).toHaveLength(keptRows);
  expect(log.olderAfter).toBe('c2');
});

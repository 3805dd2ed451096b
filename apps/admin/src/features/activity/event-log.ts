/** What the log needs of an event; the screen shows more. */
interface Logged {
  id: string;
  cursor: string;
}

/** The list on the screen: history as read, with what happened since on top or waiting above it. */
export interface EventLog<E extends Logged> {
  /** Newest first. */
  rows: readonly E[];
  /** Arrived while the reader was further down; newest first. */
  waiting: readonly E[];
  /** Ids of the rows that slid in. */
  fresh: ReadonlySet<string>;
  /** Where older history goes on; undefined at its beginning. */
  olderAfter: string | undefined;
}

export interface EventPage<E> {
  events: readonly E[];
  olderAfter: string | undefined;
}

/** Rows kept on the screen; what falls off the end is read again by scrolling. */
export const keptRows = 1_000;

const without = <E extends Logged>(events: readonly E[], known: readonly E[]): E[] => {
  const ids = new Set(known.map(({ id }) => id));
  return events.filter(({ id }) => !ids.has(id));
};

function trimmed<E extends Logged>(log: EventLog<E>): EventLog<E> {
  if (log.rows.length <= keptRows) return log;
  const rows = log.rows.slice(0, keptRows);
  return { ...log, rows, olderAfter: rows.at(-1)?.cursor };
}

/** A log of the newest page, on top of it what the feed brought while the page was on its way. */
export function openLog<E extends Logged>(page: EventPage<E>, meanwhile: readonly E[]): EventLog<E> {
  return {
    rows: [...without(meanwhile, page.events), ...page.events],
    waiting: [],
    fresh: new Set(),
    olderAfter: page.olderAfter,
  };
}

/** Adds events of the feed, newest first; they wait unless the reader is at the top. */
export function eventsArrived<E extends Logged>(
  log: EventLog<E>,
  events: readonly E[],
  readerAtTop: boolean,
): EventLog<E> {
  const unseen = without(events, [...log.waiting, ...log.rows]);
  if (unseen.length === 0) return log;
  const waiting = [...unseen, ...log.waiting];
  return readerAtTop ? showWaiting({ ...log, waiting }) : { ...log, waiting };
}

/** Moves what waits to the top of the list. */
export function showWaiting<E extends Logged>(log: EventLog<E>): EventLog<E> {
  return trimmed({
    ...log,
    rows: [...log.waiting, ...log.rows],
    waiting: [],
    fresh: new Set(log.waiting.map(({ id }) => id)),
  });
}

/** Adds a page of older history at the end. */
export function olderLoaded<E extends Logged>(log: EventLog<E>, page: EventPage<E>): EventLog<E> {
  return {
    ...log,
    rows: [...log.rows, ...without(page.events, log.rows)],
    olderAfter: page.olderAfter,
  };
}

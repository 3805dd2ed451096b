import { EventEmitter, once } from 'node:events';
import type { Database } from '../database/database.ts';
import type { Notifications } from '../database/notifications.ts';
import { type Position, readCursor, readHistoryId, writeCursor } from './cursor.ts';
import { type EventRecord, eventsAfter, headPosition } from './read-events.ts';

/** What a follower gets: an event, or word that a part of the history is gone. */
export type FeedMessage =
  | { readonly cursor: string; readonly event: EventRecord }
  | { readonly cursor: string; readonly gap: string };

export interface FollowRequest {
  readonly accountId: string;
  /** Everything after this cursor; from now on when left out. */
  readonly after?: string | null;
  readonly wanted: (event: EventRecord) => boolean;
}

/** The live side of the event log: every follower sees every event of its account once, in order. */
export interface EventFeed {
  /** Where the feed stands: whoever follows from here misses nothing from here on. */
  head(): Promise<string>;
  cursorOf(event: Position): string;
  /** The place to follow from is settled when this resolves. Throws INVALID_CURSOR. */
  follow(request: FollowRequest): Promise<AsyncIterableIterator<FeedMessage>>;
  /** Tells followers, here and in other processes, that something was committed. */
  announce(): void;
  close(): void;
}

export const EVENTS_CHANNEL = 'rollcall_events';

const READ_AT_ONCE = 200;
/** Commits within this time wake the followers once. */
const COALESCE_MS = 5;
/** The net under the wake-ups: a notice may be lost, or a slower transaction may have held events back. */
const POLL_MS = 500;

const gapReason =
  'The cursor belongs to another history of this database: it was restored from a backup or moved. Read the present state anew, then follow from `resumeAt`.';

/** Opens the feed; close it before the database. */
export async function openEventFeed(database: Database, notifications: Notifications): Promise<EventFeed> {
  const historyId = await readHistoryId(database.sql);
  const wakeUps = new EventEmitter().setMaxListeners(0);
  const cursorOf = (position: Position) => writeCursor(historyId, position);
  const wake = () => void wakeUps.emit('wake');
  const stopHearing = [
    notifications.on(EVENTS_CHANNEL, (from) => from !== self && wake()),
    notifications.onReconnect(wake),
  ];
  const self = `${process.pid}.${Math.random()}`;
  let announcing: NodeJS.Timeout | undefined;

  async function start(request: FollowRequest): Promise<AsyncIterableIterator<FeedMessage>> {
    const after = request.after == null ? undefined : readCursor(request.after);
    const known = after !== undefined && after.historyId === historyId;
    const position = known ? after : await headPosition(database.sql);
    const isGap = after !== undefined && !known;
    return stoppable((signal) => read(request, position, isGap, signal));
  }

  async function* read(
    { accountId, wanted }: FollowRequest,
    start: Position,
    isGap: boolean,
    signal: AbortSignal,
  ): AsyncGenerator<FeedMessage> {
    let position = start;
    if (isGap) yield { cursor: cursorOf(position), gap: gapReason };
    while (!signal.aborted) {
      const woken = wakeOrPoll(signal);
      const events = await eventsAfter(database.sql, accountId, position, READ_AT_ONCE);
      for (const event of events) {
        position = event;
        if (wanted(event)) yield { cursor: cursorOf(event), event };
      }
      if (events.length < READ_AT_ONCE) await woken;
    }
  }

  // Begun before the read, so that a wake-up during the read is not lost.
  async function wakeOrPoll(signal: AbortSignal): Promise<void> {
    const timeout = AbortSignal.timeout(POLL_MS);
    await once(wakeUps, 'wake', { signal: AbortSignal.any([signal, timeout]) }).catch(() => undefined);
  }

  return {
    head: async () => cursorOf(await headPosition(database.sql)),
    cursorOf,
    follow: start,
    announce() {
      announcing ??= setTimeout(() => {
        announcing = undefined;
        wake();
        void database.pool.query('SELECT pg_notify($1, $2)', [EVENTS_CHANNEL, self]).catch(() => undefined);
      }, COALESCE_MS);
    },
    close() {
      clearTimeout(announcing);
      for (const stop of stopHearing) stop();
    },
  };
}

/** A generator whose `return` also ends what it is waiting for. */
function stoppable<Item>(start: (signal: AbortSignal) => AsyncGenerator<Item>): AsyncIterableIterator<Item> {
  const stop = new AbortController();
  const items = start(stop.signal);
  return {
    next: () => items.next(),
    return() {
      stop.abort();
      return items.return(undefined);
    },
    throw(error) {
      stop.abort();
      return items.throw(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

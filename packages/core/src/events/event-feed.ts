import type { Logger } from 'pino';
import type { Database, Sql } from '../database/database.ts';
import type { Notifications } from '../database/notifications.ts';
import { withClient } from '../database/pool.ts';
import { stoppable } from '../database/stoppable.ts';
import type { RoundRobin } from '../scheduling/round-robin.ts';
import { openAnnouncer } from './announcer.ts';
import { type LogPosition, writeLogCursor } from './cursor.ts';
import { type FeedMessage, type FollowRequest, LogFollower, standingOf } from './follow-log.ts';
import { endOfLog } from './read-events.ts';
import { SharedTails } from './shared-tails.ts';

/** The live side of the event log: every follower sees every event of its account once, in order. */
export interface EventFeed {
  /** Where the feed stands: whoever follows from here misses nothing from here on. */
  head(db: Sql, accountId: string): Promise<string>;
  cursorOf(event: LogPosition): string;
  /** The place to follow from is fixed when this resolves. Throws INVALID_CURSOR. */
  follow(request: FollowRequest): Promise<AsyncIterableIterator<FeedMessage>>;
  /** Tells followers, here and in other processes, that something was committed in an account. */
  announce(accountId: string): void;
  /** Ends the feed for everybody who follows. */
  close(): void;
}

export interface FeedOptions {
  readonly database: Database;
  readonly notifications: Notifications;
  /** Followers take turns, account by account. */
  readonly roundRobin: RoundRobin;
  readonly log: Logger;
}

/** Opens the feed; close it before the database. */
export function openEventFeed({ database, notifications, roundRobin, log }: FeedOptions): EventFeed {
  const { history } = database;
  const tails = new SharedTails(database, log);
  const announcer = openAnnouncer(database, notifications, (accounts) => tails.look(accounts));
  const sources = { database, tails, roundRobin };
  const cursorOf = (position: LogPosition) => writeLogCursor(history.current.id, position);
  // A pooler in front of the database keeps our connections while the database behind it becomes another one.
  const stopHearing = notifications.onReconnect(() => {
    withClient(database.pool, (client) => history.check(client)).catch((error: unknown) =>
      log.warn({ err: error }, 'It could not be seen whether the database has moved.'),
    );
  });
  return {
    head: async (db, accountId) => cursorOf((await endOfLog(db, accountId)).position),
    cursorOf,
    async follow(request) {
      const start = await standingOf(sources, request);
      return stoppable((signal) => new LogFollower(sources, request, start, signal).messages());
    },
    announce: announcer.announce,
    close() {
      stopHearing();
      announcer.close();
      tails.close();
    },
  };
}

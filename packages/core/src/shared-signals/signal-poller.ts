import type { Logger } from 'pino';
import type { Database } from '../database/database.ts';
import { type Looking, lookWhenTold } from '../database/look-when-told.ts';
import type { Notifications } from '../database/notifications.ts';
import type { EventFeed } from '../events/event-feed.ts';
import { takeDueStreams, untilNextPoll } from './due-streams.ts';
import type { PollScope } from './poll-stream.ts';
import { pollStream } from './poll-stream.ts';
import { SIGNALS_CHANNEL } from './set-signal-stream.ts';

export interface SignalPollerOptions extends Omit<PollScope, 'db'> {
  readonly database: Database;
  readonly notifications: Notifications;
  readonly feed: EventFeed;
  readonly log: Logger;
}

/** How soon streams are looked at when nothing is heard of them; a notice may be lost. */
const LOOK_ANYWAY_MS = 60_000;
/** How soon PostgreSQL is asked again that did not answer. */
const LOOK_AGAIN_MS = 5000;

/**
 * Starts to fetch security events from transmitters that do not push them. Each stream is taken by one process before it is asked, a few at a time; what a process had taken that ended
 * meanwhile is fetched by the next, and an event that comes twice counts once.
 */
export function openSignalPoller({
  database,
  notifications,
  feed,
  log,
  ...scope
}: SignalPollerOptions): Looking {
  /** Fetches from all that are due; answers in how many milliseconds to look again. */
  async function pollAll(closing: AbortSignal): Promise<number> {
    try {
      while (!closing.aborted) {
        const due = await takeDueStreams(database.sql);
        if (due.length === 0) break;
        const accounts = await Promise.all(
          due.map((stream) => pollStream({ ...scope, database, log }, stream)),
        );
        for (const accountId of new Set(accounts.flat())) feed.announce(accountId);
      }
      return Math.min(LOOK_ANYWAY_MS, await untilNextPoll(database.sql));
    } catch (error) {
      log.warn({ err: error }, 'The streams of security events could not be read.');
      return LOOK_AGAIN_MS;
    }
  }

  return lookWhenTold({ notifications, channels: [SIGNALS_CHANNEL], look: pollAll });
}

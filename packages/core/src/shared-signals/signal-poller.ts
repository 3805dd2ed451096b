import { EventEmitter, once } from 'node:events';
import type { Logger } from 'pino';
import type { Database } from '../database/database.ts';
import type { Notifications } from '../database/notifications.ts';
import type { EventFeed } from '../events/event-feed.ts';
import { takeDueStreams, untilNextPoll } from './due-streams.ts';
import type { PollScope } from './poll-stream.ts';
import { pollStream } from './poll-stream.ts';
import { SIGNALS_CHANNEL } from './set-signal-stream.ts';

/** Fetches security events from transmitters that do not push them. */
export interface SignalPoller {
  /** Ends after the streams at hand. */
  close(): Promise<void>;
}

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
 * Starts to fetch. Each stream is taken by one process before it is asked, a few at a time; what a process had taken that ended
 * meanwhile is fetched by the next, and an event that comes twice counts once.
 */
export function openSignalPoller({
  database,
  notifications,
  feed,
  log,
  ...scope
}: SignalPollerOptions): SignalPoller {
  const wakeUps = new EventEmitter();
  const closing = new AbortController();
  const wake = () => void wakeUps.emit('wake');
  const stopHearing = [notifications.on(SIGNALS_CHANNEL, wake), notifications.onReconnect(wake)];

  async function run(): Promise<void> {
    while (!closing.signal.aborted) {
      // Begun before the look, so that a notice during the look is not lost.
      const rest = new AbortController();
      const woken = once(wakeUps, 'wake', { signal: AbortSignal.any([closing.signal, rest.signal]) });
      const over = woken.then(nothing, nothing);
      const timer = setTimeout(() => rest.abort(), await pollAll());
      await over;
      clearTimeout(timer);
    }
  }

  /** Fetches from all that are due; answers in how many milliseconds to look again. */
  async function pollAll(): Promise<number> {
    try {
      while (!closing.signal.aborted) {
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

  const running = run();
  return {
    async close() {
      for (const stop of stopHearing) stop();
      closing.abort();
      await running;
    },
  };
}

const nothing = () => undefined;

import { EventEmitter, once } from 'node:events';
import type { Sql } from '../../database/database.ts';
import type { Notifications } from '../../database/notifications.ts';
import { stoppable } from '../../database/stoppable.ts';
import { lastRebuild, type RebuildRecord } from '../settings/find-structure.ts';
import { REBUILD_PROGRESS_CHANNEL, REBUILDS_CHANNEL } from './rebuild.ts';

/** The net under the notices: one may be lost while the line for them is down. */
const LOOK_AGAIN_MS = 5000;

export interface RebuildToFollow {
  readonly db: Sql;
  readonly notifications: Notifications;
  readonly accountId: string;
}

/** The rebuild that runs, or the last one, as it is and whenever it has changed; ends when none runs. */
export const followRebuild = (rebuild: RebuildToFollow): AsyncIterableIterator<RebuildRecord> =>
  stoppable((signal) => follow(rebuild, signal));

async function* follow(
  { db, notifications, accountId }: RebuildToFollow,
  signal: AbortSignal,
): AsyncGenerator<RebuildRecord> {
  const wakeUps = new EventEmitter();
  const hear = (about: string) => void (about === accountId && wakeUps.emit('wake'));
  const stopHearing = [
    notifications.on(REBUILDS_CHANNEL, hear),
    notifications.on(REBUILD_PROGRESS_CHANNEL, hear),
    notifications.onReconnect(() => hear(accountId)),
  ];
  try {
    let shown: string | undefined;
    while (!signal.aborted) {
      // Begun before the look, so that a notice during the look is not lost.
      const timeout = AbortSignal.timeout(LOOK_AGAIN_MS);
      const woken = once(wakeUps, 'wake', { signal: AbortSignal.any([signal, timeout]) }).catch(
        () => undefined,
      );
      const rebuild = await lastRebuild(db, accountId);
      if (rebuild === undefined) return;
      const state = JSON.stringify(rebuild);
      if (state !== shown) yield rebuild;
      if (rebuild.state !== 'RUNNING') return;
      shown = state;
      await woken;
    }
  } finally {
    for (const stop of stopHearing) stop();
  }
}

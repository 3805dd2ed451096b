import { EventEmitter, once } from 'node:events';
import type { Notifications } from '../database/notifications.ts';
import { stoppable } from '../database/stoppable.ts';

/** The net under the notices: one may be lost while the line for them is down. */
const LOOK_AGAIN_MS = 5000;

export interface JobToFollow<State> {
  readonly notifications: Notifications;
  /** The channels on which it is told, with the id of the account, that there is one or that it came further. */
  readonly channels: readonly string[];
  readonly accountId: string;
  /** How it stands; undefined where there never was one. */
  look(): Promise<State | undefined>;
  runs(state: State): boolean;
}

/** How a job stands, and whenever that has changed; ends when it does not run. */
export const followJob = <State>(job: JobToFollow<State>): AsyncIterableIterator<State> =>
  stoppable((signal) => follow(job, signal));

async function* follow<State>(
  { notifications, channels, accountId, look, runs }: JobToFollow<State>,
  signal: AbortSignal,
): AsyncGenerator<State> {
  const wakeUps = new EventEmitter();
  const hear = (about: string) => void (about === accountId && wakeUps.emit('wake'));
  const stopHearing = [
    ...channels.map((channel) => notifications.on(channel, hear)),
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
      const state = await look();
      if (state === undefined) return;
      const text = JSON.stringify(state);
      if (text !== shown) yield state;
      if (!runs(state)) return;
      shown = text;
      await woken;
    }
  } finally {
    for (const stop of stopHearing) stop();
  }
}

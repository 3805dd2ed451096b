import { EventEmitter, once } from 'node:events';
import type { Notifications } from './notifications.ts';

/** Work that is looked for again and again until it is closed. */
export interface Looking {
  /** Ends after the look at hand. */
  close(): Promise<void>;
}

export interface LookOptions {
  readonly notifications: Notifications;
  /** A notice on one of these leads to a look, and so does the line that is there again, for what was missed meanwhile. */
  readonly channels: readonly string[];
  /**
   * Does what there is to do, and stops early when it is to end. Answers in how many milliseconds to look again where nothing
   * is heard before; Infinity where only a notice leads to a look. It does not throw.
   */
  look(closing: AbortSignal): Promise<number>;
}

/** Starts to look, one look after the other. */
export function lookWhenTold({ notifications, channels, look }: LookOptions): Looking {
  const wakeUps = new EventEmitter();
  const closing = new AbortController();
  const wake = () => void wakeUps.emit('wake');
  const stopHearing = [
    ...channels.map((channel) => notifications.on(channel, wake)),
    notifications.onReconnect(wake),
  ];

  async function run(): Promise<void> {
    while (!closing.signal.aborted) {
      // Begun before the look, so that a notice during the look is not lost.
      const rest = new AbortController();
      const woken = once(wakeUps, 'wake', { signal: AbortSignal.any([closing.signal, rest.signal]) });
      const over = woken.then(nothing, nothing);
      const ms = await look(closing.signal);
      const timer = Number.isFinite(ms) ? setTimeout(() => rest.abort(), ms) : undefined;
      await over;
      clearTimeout(timer);
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

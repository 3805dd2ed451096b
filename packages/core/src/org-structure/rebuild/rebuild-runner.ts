import { EventEmitter, once } from 'node:events';
import type { Notifications } from '../../database/notifications.ts';
import { REBUILDS_CHANNEL } from './rebuild.ts';
import { runningRebuilds } from './rebuild-slice.ts';
import { rebuildSteps, type StepSurroundings } from './rebuild-steps.ts';

/** Carries rebuilds on, those too that another process began and did not finish. */
export interface RebuildRunner {
  /** Ends after the slice at hand: whoever runs next goes on from there. */
  close(): Promise<void>;
}

/** How soon a process looks again after rebuilds that others are at, or that failed. */
const LOOK_AGAIN_MS = 500;

/**
 * Starts to carry rebuilds on, one slice of one at a time, in turns where there are several. While none runs it waits for
 * a notice and asks PostgreSQL nothing: what was missed while the line was down is looked up when it is there again.
 */
export function openRebuildRunner({
  notifications,
  ...surroundings
}: StepSurroundings & { readonly notifications: Notifications }): RebuildRunner {
  const { database, log } = surroundings;
  const advance = rebuildSteps(surroundings);
  const wakeUps = new EventEmitter();
  const closing = new AbortController();
  const wake = () => void wakeUps.emit('wake');
  const stopHearing = [notifications.on(REBUILDS_CHANNEL, wake), notifications.onReconnect(wake)];

  async function run(): Promise<void> {
    while (!closing.signal.aborted) {
      // Begun before the look, so that a notice during the look is not lost.
      const rest = new AbortController();
      const woken = once(wakeUps, 'wake', { signal: AbortSignal.any([closing.signal, rest.signal]) });
      const over = woken.then(nothing, nothing);
      const timer = afterAWhile(() => rest.abort(), restAfter[await lookAndAdvance()]);
      await over;
      clearTimeout(timer);
    }
  }

  /** Does a slice of each rebuild; was there none, did one go on, or is there only to wait? */
  async function lookAndAdvance(): Promise<keyof typeof restAfter> {
    try {
      const rebuilds = await runningRebuilds(database.sql);
      const advanced: boolean[] = [];
      for (const rebuild of rebuilds) if (!closing.signal.aborted) advanced.push(await advance(rebuild));
      if (advanced.includes(true)) return 'ADVANCED';
      return rebuilds.length === 0 ? 'IDLE' : 'WAITING';
    } catch (error) {
      log.error({ err: error }, 'the rebuilds to carry on could not be read');
      return 'WAITING';
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

/** Milliseconds until the next look; Infinity where only a notice leads to one. */
const restAfter = { ADVANCED: 0, WAITING: LOOK_AGAIN_MS, IDLE: Number.POSITIVE_INFINITY } as const;

const afterAWhile = (act: () => void, ms: number): NodeJS.Timeout | undefined =>
  ms === Number.POSITIVE_INFINITY ? undefined : setTimeout(act, ms);

const nothing = () => undefined;

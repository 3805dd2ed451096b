import { EventEmitter, once } from 'node:events';
import type { Notifications } from '../database/notifications.ts';
import type { JobKind } from './job.ts';
import { jobSteps, type StepSurroundings } from './job-steps.ts';

/** Carries jobs on, those too that another process began and did not finish. */
export interface JobRunner {
  /** Ends after the slice at hand: whoever runs next goes on from there. */
  close(): Promise<void>;
}

/** How soon a process looks again after jobs that others are at, or that failed. */
const LOOK_AGAIN_MS = 500;

/**
 * Starts to carry jobs on, one slice of one at a time, in turns where there are several. While none runs it waits for
 * a notice and asks PostgreSQL nothing: what was missed while the line was down is looked up when it is there again.
 */
export function openJobRunner(
  kinds: readonly JobKind[],
  { notifications, ...surroundings }: StepSurroundings & { readonly notifications: Notifications },
): JobRunner {
  const { database, log } = surroundings;
  const advance = jobSteps(surroundings);
  const wakeUps = new EventEmitter();
  const closing = new AbortController();
  const wake = () => void wakeUps.emit('wake');
  const stopHearing = [
    ...kinds.map(({ channel }) => notifications.on(channel, wake)),
    notifications.onReconnect(wake),
  ];

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

  /** Does a slice of each job; was there none, did one go on, or is there only to wait? */
  async function lookAndAdvance(): Promise<keyof typeof restAfter> {
    const found: (keyof typeof restAfter)[] = [];
    for (const kind of kinds) found.push(await lookAndAdvanceKind(kind));
    if (found.includes('ADVANCED')) return 'ADVANCED';
    return found.includes('WAITING') ? 'WAITING' : 'IDLE';
  }

  async function lookAndAdvanceKind(kind: JobKind): Promise<keyof typeof restAfter> {
    try {
      const jobs = await kind.running(database.sql);
      const advanced: boolean[] = [];
      for (const job of jobs) if (!closing.signal.aborted) advanced.push(await advance(kind, job));
      if (advanced.includes(true)) return 'ADVANCED';
      return jobs.length === 0 ? 'IDLE' : 'WAITING';
    } catch (error) {
      log.error({ err: error }, `each ${kind.name} to carry on could not be read`);
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

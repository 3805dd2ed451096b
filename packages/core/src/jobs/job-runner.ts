import { type Looking, lookWhenTold } from '../database/look-when-told.ts';
import type { Notifications } from '../database/notifications.ts';
import type { JobKind } from './job.ts';
import { jobSteps, type StepSurroundings } from './job-steps.ts';

/** How soon a process looks again after jobs that others are at, or that failed. */
const LOOK_AGAIN_MS = 500;

/**
 * Starts to carry jobs on, one slice of one at a time, in turns where there are several. While none runs it waits for
 * a notice and asks PostgreSQL nothing: what was missed while the line was down is looked up when it is there again.
 */
export function openJobRunner(
  kinds: readonly JobKind[],
  { notifications, ...surroundings }: StepSurroundings & { readonly notifications: Notifications },
): Looking {
  const { database, log } = surroundings;
  const advance = jobSteps(surroundings);

  /** Does a slice of each job; was there none, did one go on, or is there only to wait? */
  async function lookAndAdvance(closing: AbortSignal): Promise<keyof typeof restAfter> {
    const found: (keyof typeof restAfter)[] = [];
    for (const kind of kinds) found.push(await lookAndAdvanceKind(kind, closing));
    if (found.includes('ADVANCED')) return 'ADVANCED';
    return found.includes('WAITING') ? 'WAITING' : 'IDLE';
  }

  async function lookAndAdvanceKind(kind: JobKind, closing: AbortSignal): Promise<keyof typeof restAfter> {
    try {
      const jobs = await kind.running(database.sql);
      const advanced: boolean[] = [];
      for (const job of jobs) if (!closing.aborted) advanced.push(await advance(kind, job));
      if (advanced.includes(true)) return 'ADVANCED';
      return jobs.length === 0 ? 'IDLE' : 'WAITING';
    } catch (error) {
      log.error({ err: error }, `each ${kind.name} to carry on could not be read`);
      return 'WAITING';
    }
  }

  return lookWhenTold({
    notifications,
    channels: kinds.map(({ channel }) => channel),
    look: async (closing) => restAfter[await lookAndAdvance(closing)],
  });
}

/** Milliseconds until the next look; Infinity where only a notice leads to one. */
const restAfter = { ADVANCED: 0, WAITING: LOOK_AGAIN_MS, IDLE: Number.POSITIVE_INFINITY } as const;

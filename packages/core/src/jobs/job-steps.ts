import type { Logger } from 'pino';
import type { Database } from '../database/database.ts';
import type { EventFeed } from '../events/event-feed.ts';
import type { JobKind, RunningJob } from './job.ts';

export interface StepSurroundings {
  readonly database: Database;
  readonly feed: EventFeed;
  readonly log: Logger;
}

/** How soon a slice that failed is tried again; twice as late each time. */
const FIRST_BACK_OFF_MS = 500;
const MAX_BACK_OFF_MS = 60_000;

/** How often in a row a job failed in this process, and when it is tried again. */
interface Failing {
  readonly failures: number;
  readonly notBefore: number;
}

/** The next slice of a job, whenever it is called; answers whether it went on. What fails is logged, and tried again later. */
export function jobSteps({
  database,
  feed,
  log,
}: StepSurroundings): (kind: JobKind, job: RunningJob) => Promise<boolean> {
  const failing = new Map<string, Failing>();
  return async (kind, job) => {
    const { id, account_id: accountId } = job;
    const { failures, notBefore } = failing.get(id) ?? { failures: 0, notBefore: 0 };
    if (Date.now() < notBefore) return false;
    try {
      const outcome = await kind.slice(database, job);
      failing.delete(id);
      if (outcome === 'ELSEWHERE') return false;
      feed.announce(accountId);
      return true;
    } catch (error) {
      const wait = Math.min(FIRST_BACK_OFF_MS * 2 ** failures, MAX_BACK_OFF_MS);
      failing.set(id, { failures: failures + 1, notBefore: Date.now() + wait });
      log.error({ err: error, accountId, wait }, `a slice of a ${kind.name} failed and is tried again`);
      return false;
    }
  };
}

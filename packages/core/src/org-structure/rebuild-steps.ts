import type { Logger } from 'pino';
import type { Database } from '../database/database.ts';
import type { EventFeed } from '../events/event-feed.ts';
import { countAnew, type RunningRebuild, rebuildSlice } from './rebuild-slice.ts';

export interface StepSurroundings {
  readonly database: Database;
  readonly feed: EventFeed;
  readonly log: Logger;
}

/** How soon a slice that failed is tried again; twice as late each time. */
const FIRST_BACK_OFF_MS = 500;
const MAX_BACK_OFF_MS = 60_000;

/** How a rebuild fares in this process. */
interface Course {
  readonly slices: number;
  readonly failures: number;
  /** Not before this moment is it tried again. */
  readonly notBefore: number;
}

const start: Course = { slices: 0, failures: 0, notBefore: 0 };

/** The next slice of a rebuild, whenever it is called; answers whether it went on. What fails is logged, and tried again later. */
export function rebuildSteps({
  database,
  feed,
  log,
}: StepSurroundings): (rebuild: RunningRebuild) => Promise<boolean> {
  const courses = new Map<string, Course>();
  return async (rebuild) => {
    const { id, account_id: accountId } = rebuild;
    const { slices, failures, notBefore } = courses.get(id) ?? start;
    if (Date.now() < notBefore) return false;
    try {
      const outcome = await rebuildSlice(database, rebuild);
      if (outcome === 'MORE') courses.set(id, { ...start, slices: slices + 1 });
      else courses.delete(id);
      if (outcome === 'ELSEWHERE') return false;
      feed.announce();
      if (outcome === 'MORE' && isPowerOfTwo(slices + 1)) await countAnew(database.sql);
      return true;
    } catch (error) {
      const wait = Math.min(FIRST_BACK_OFF_MS * 2 ** failures, MAX_BACK_OFF_MS);
      courses.set(id, { slices, failures: failures + 1, notBefore: Date.now() + wait });
      log.error({ err: error, accountId, wait }, 'a slice of a rebuild failed and is tried again');
      return false;
    }
  };
}

const isPowerOfTwo = (number: number): boolean => (number & (number - 1)) === 0;

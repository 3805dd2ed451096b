import { setTimeout as sleep } from 'node:timers/promises';
import { openPool } from './pool.ts';

/** Finds out whether PostgreSQL answers, however busy the connections of requests are. */
export interface Readiness {
  /** Does PostgreSQL answer within this time? */
  answersWithin(ms: number): Promise<boolean>;
  close(): Promise<void>;
}

/** A question without an answer for so long ends its connection; the next one is asked on another. */
const GIVE_UP_MS = 3000;

/** Asks on a connection of its own, which is there only while somebody wants to know. */
export function openReadiness(url: string): Readiness {
  const pool = openPool({
    url,
    max: 1,
    observers: new Set(),
    answerWithinMs: GIVE_UP_MS,
    verify: async () => undefined,
  });
  let asking: Promise<boolean> | undefined;
  const ask = () =>
    pool
      .query('SELECT 1')
      .then(
        () => true,
        () => false,
      )
      .finally(() => {
        asking = undefined;
      });
  return {
    answersWithin(ms) {
      // Those who ask at once share one question, so that they fill no queue while nothing answers.
      asking ??= ask();
      return Promise.race([asking, sleep(ms, false, { ref: false })]);
    },
    close: () => pool.end(),
  };
}

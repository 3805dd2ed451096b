import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';

/** Finds out whether PostgreSQL answers, however busy the connections of requests are. */
export interface Readiness {
  /** Does PostgreSQL answer within this time? */
  answersWithin(ms: number): Promise<boolean>;
}

/** Asks over the control connection. */
export function readinessOver(control: pg.Pool): Readiness {
  let asking: Promise<boolean> | undefined;
  const ask = () =>
    control
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
  };
}

import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { takesNoWrites } from './session-settings.ts';

/** Can PostgreSQL serve? One that is read-only answers, but takes no writes; one that is silent does not answer. */
export type DatabaseState = 'READY' | 'READ_ONLY' | 'SILENT';

/** Finds out whether PostgreSQL can serve, however busy the connections of requests are. */
export interface Readiness {
  /** What PostgreSQL answers within this time. */
  within(ms: number): Promise<DatabaseState>;
}

/** Asks over the control connection. */
export function readinessOver(control: pg.Pool): Readiness {
  let asking: Promise<DatabaseState> | undefined;
  return {
    within(ms) {
      // Those who ask at once share one question, so that they fill no queue while nothing answers.
      asking ??= ask(control)
        .catch(() => 'SILENT' as const)
        .finally(() => {
          asking = undefined;
        });
      return Promise.race([asking, sleep(ms, 'SILENT' as const, { ref: false })]);
    },
  };
}

async function ask(control: pg.Pool): Promise<DatabaseState> {
  const { rows } = await control.query<{ read_only: boolean }>(`SELECT ${takesNoWrites} AS read_only`);
  return rows[0]?.read_only ? 'READ_ONLY' : 'READY';
}

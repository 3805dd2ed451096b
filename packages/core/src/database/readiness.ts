import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { isUpgraded } from './migrate.ts';
import { takesNoWrites } from './session-settings.ts';

/**
 * Can PostgreSQL serve? One that is read-only answers, but takes no writes; one that is silent does not answer; one that a
 * newer Rollcall has upgraded has tables and functions that this process does not know.
 */
export type DatabaseState = 'READY' | 'UPGRADED' | 'READ_ONLY' | 'SILENT';

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
  const { rows } = await control.query<{ state: DatabaseState }>(found);
  return rows[0]?.state ?? 'SILENT';
}

const found = `SELECT CASE WHEN ${isUpgraded} THEN 'UPGRADED' WHEN ${takesNoWrites} THEN 'READ_ONLY' ELSE 'READY' END AS state`;

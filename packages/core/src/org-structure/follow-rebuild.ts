import { setTimeout as sleep } from 'node:timers/promises';
import type { Sql } from '../database/database.ts';
import { lastRebuild, type RebuildRecord } from './find-structure.ts';

/** How long followers are behind at most. */
const LOOK_EVERY_MS = 200;

/** The rebuild that runs, or the last one, as it is and whenever it has changed; ends when none runs. */
export async function* followRebuild(db: Sql, accountId: string): AsyncGenerator<RebuildRecord> {
  let shown: string | undefined;
  for (;;) {
    const rebuild = await lastRebuild(db, accountId);
    if (rebuild === undefined) return;
    const state = JSON.stringify(rebuild);
    if (state !== shown) yield rebuild;
    if (rebuild.state !== 'RUNNING') return;
    shown = state;
    await sleep(LOOK_EVERY_MS);
  }
}

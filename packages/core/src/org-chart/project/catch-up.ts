import type { Database, Sql } from '../../database/database.ts';
import { type ReachedPosition, readPosition } from './chart-position.ts';
import { projectSlice } from './project-slice.ts';

/** The slices that this process is working on, by account: whoever asks meanwhile waits for the same one. */
const running = new WeakMap<Database, Map<string, Promise<void>>>();

/**
 * Brings an account's chart up to everything in the log that is below the horizon now, and says how far it came, as read by `db`:
 * what others go on writing meanwhile is not waited for.
 */
export async function catchUp(db: Sql, database: Database, accountId: string): Promise<ReachedPosition> {
  let progress = await readPosition(db, accountId);
  const { horizon } = progress;
  while (progress.isBehind) {
    await sliceOf(database, accountId);
    progress = await readPosition(db, accountId, horizon);
  }
  return progress.position;
}

/** One slice of the account's log; never two at once in this process. */
export function sliceOf(database: Database, accountId: string): Promise<void> {
  const slices = running.get(database) ?? new Map<string, Promise<void>>();
  running.set(database, slices);
  const known = slices.get(accountId);
  if (known !== undefined) return known;
  const slice = projectSlice(database, accountId).finally(() => slices.delete(accountId));
  slices.set(accountId, slice);
  return slice;
}

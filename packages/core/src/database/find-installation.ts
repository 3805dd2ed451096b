import type { Sql } from './database.ts';

/** The secret that all processes on this database seal cursors with; it goes along with a backup. */
export async function findCursorKey(db: Sql): Promise<Uint8Array> {
  const row = await db.selectFrom('installation').select('cursor_key').executeTakeFirst();
  if (row === undefined) throw new Error('The table installation has lost its row, which migrations make.');
  return row.cursor_key;
}

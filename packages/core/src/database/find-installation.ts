import { type RawBuilder, sql } from 'kysely';
import type { Sql } from './database.ts';

/** The secret that all processes on this database seal cursors with; it goes along with a backup. */
export async function findCursorKey(db: Sql): Promise<Uint8Array> {
  const statement: RawBuilder<{ cursor_key: Buffer }> = sql`SELECT cursor_key FROM installation`;
  const [row] = (await statement.execute(db)).rows;
  if (row === undefined) throw new Error('The table installation has lost its row, which migrations make.');
  return row.cursor_key;
}

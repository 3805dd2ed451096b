import { createHash } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import { DomainError } from '../errors.ts';

/** A place in the log: events are ordered by the transaction that wrote them, then by their number in it. */
export interface Position {
  readonly xid: string;
  readonly seq: number;
}

/**
 * Which history positions belong to. It changes when the database is restored from a backup, copied, or promoted from
 * a replica: transaction numbers then start over or branch, and a cursor from before means nothing.
 */
export async function readHistoryId(db: Sql): Promise<string> {
  const statement: RawBuilder<{ identity: string }> =
    sql`SELECT concat_ws('.', s.system_identifier, c.timeline_id, d.oid) AS identity
    FROM pg_control_system() s, pg_control_checkpoint() c, pg_database d WHERE d.datname = current_database()`;
  const { rows } = await statement.execute(db);
  return createHash('sha256')
    .update(rows[0]?.identity ?? '')
    .digest('base64url')
    .slice(0, 12);
}

export const writeCursor = (historyId: string, { xid, seq }: Position): string =>
  Buffer.from(`${historyId}.${xid}.${seq}`).toString('base64url');

const CURSOR = /^([A-Za-z0-9_-]{12})\.(\d{1,20})\.(\d{1,15})$/;

/** A cursor's history and position; INVALID_CURSOR when the text is none of ours. */
export function readCursor(cursor: string): Position & { readonly historyId: string } {
  const [, historyId, xid, seq] = CURSOR.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (historyId === undefined || xid === undefined || seq === undefined || BigInt(xid) >= 2n ** 63n) {
    throw new DomainError('INVALID_CURSOR', 'after: is not a cursor of this log. Start without it.', {
      field: 'after',
    });
  }
  return { historyId, xid, seq: Number(seq) };
}

import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../../database/database.ts';
import type { LogPosition } from '../../events/cursor.ts';
import { horizonOf, placeOf } from '../../events/read-events.ts';

/** How far an account's chart has come in the log. */
export interface ReachedPosition extends LogPosition {
  /** The moment of the last event that is in it; null before the first. */
  readonly moment: Date | null;
  /** The moment of the first event. */
  readonly began: Date | null;
}

/** Where a chart stands before the first event. */
const nowhere: ReachedPosition = { epoch: 0, xid: '0', seq: 0, moment: null, began: null };

/** What there is of the log beyond a position. */
export interface Progress {
  readonly position: ReachedPosition;
  readonly isBehind: boolean;
  readonly horizon: Horizon;
}

/** The epoch and the transaction before which nothing can appear any more. */
export type Horizon = Pick<LogPosition, 'epoch' | 'xid'>;

/**
 * How far the chart has come, and whether the log has more: of what is below the horizon now, or below an earlier one; one
 * statement, whatever the length of the log.
 */
export async function readPosition(db: Sql, accountId: string, earlier?: Horizon): Promise<Progress> {
  const until =
    earlier === undefined
      ? horizonOf(sql`${accountId}::uuid`)
      : sql`${earlier.epoch}::int, ${earlier.xid}::xid8`;
  const statement: RawBuilder<Nullable<ReachedPosition> & { is_behind: boolean; horizon: Horizon }> = sql`
    SELECT p.epoch, p.xid::text AS xid, p.seq, p.moment, p.began,
      json_build_object('epoch', h.epoch, 'xid', h.xid::text) AS horizon,
      ${isBehind(sql`p`, sql`${accountId}::uuid`, sql`h.epoch, h.xid`)} AS is_behind
    FROM (SELECT ${until}) AS h (epoch, xid) LEFT JOIN org_chart_positions p ON p.account_id = ${accountId}::uuid`;
  const [row] = (await statement.execute(db)).rows;
  if (row === undefined) throw new Error('A position was asked for and none was answered.');
  const { epoch, xid, seq, moment, began } = row;
  const position =
    epoch === null || xid === null || seq === null ? nowhere : { epoch, xid, seq, moment, began };
  return { position, isBehind: row.is_behind, horizon: row.horizon };
}

type Nullable<Row> = { readonly [Column in keyof Row]: Row[Column] | null };

/** Has the log more before a horizon than the position `p`, a row or NULL, has? */
export const isBehind = (
  p: RawBuilder<unknown>,
  account: RawBuilder<unknown>,
  until: RawBuilder<unknown>,
): RawBuilder<boolean> =>
  sql`EXISTS (SELECT FROM events e WHERE e.account_id = ${account}
    AND (e.epoch, e.xid, e.seq) > (coalesce(${p}.epoch, 0), coalesce(${p}.xid, '0'::xid8), coalesce(${p}.seq, 0))
    AND (e.epoch, e.xid) < (${until}))`;

/** Says how far the chart has come. */
export async function writePosition(db: Sql, accountId: string, position: ReachedPosition): Promise<void> {
  await sql`INSERT INTO org_chart_positions (account_id, epoch, xid, seq, moment, began)
    SELECT ${accountId}::uuid, p.epoch, p.xid, p.seq, ${position.moment}::timestamptz, ${position.began}::timestamptz
    FROM (VALUES ${placeOf(position)}) AS p (epoch, xid, seq)
    ON CONFLICT (account_id) DO UPDATE SET epoch = excluded.epoch, xid = excluded.xid, seq = excluded.seq,
      moment = excluded.moment`.execute(db);
}

import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../../database/database.ts';
import type { LogPosition } from '../../events/cursor.ts';
import { belowHorizon, placeOf } from '../../events/read-events.ts';
import type { EventTypeName, PropertyChange, SubjectTypeName } from '../../model/event.ts';
import type { ReachedPosition } from './chart-position.ts';

/** An event as the chart reads it. */
export interface LogEntry extends LogPosition {
  readonly type: EventTypeName;
  readonly subject_id: string;
  readonly subject_label: string;
  readonly related_type: SubjectTypeName | null;
  readonly related_id: string | null;
  readonly connection_id: string | null;
  readonly changes: readonly PropertyChange[];
  /** When the chart shows it, in milliseconds: never before what the log tells earlier. */
  readonly moment: number;
}

/** How many events are read at once; the transaction of the last one is read to its end, so that none is shown by half. */
const SLICE = 1000;

/** The events below the horizon after a position, oldest first. */
export async function readSlice(db: Sql, accountId: string, position: ReachedPosition): Promise<LogEntry[]> {
  const columns = sql`e.epoch, e.xid, e.seq, e.type, e.occurred_at, e.subject_id, e.subject_label, e.related_type, e.related_id,
    e.connection_id, e.changes`;
  const statement: RawBuilder<Omit<LogEntry, 'moment'> & { occurred_at: Date }> = sql`
    WITH slice AS MATERIALIZED (
      SELECT ${columns} FROM events e WHERE e.account_id = ${accountId}::uuid
        AND (e.epoch, e.xid, e.seq) > ${placeOf(position)} AND ${belowHorizon(sql`${accountId}::uuid`)}
      ORDER BY e.epoch, e.xid, e.seq LIMIT ${SLICE}),
    last AS (SELECT s.epoch, s.xid, s.seq FROM slice s ORDER BY s.epoch DESC, s.xid DESC, s.seq DESC LIMIT 1),
    whole AS (
      SELECT * FROM slice UNION ALL SELECT ${columns} FROM last l JOIN events e
        ON e.account_id = ${accountId}::uuid AND e.epoch = l.epoch AND e.xid = l.xid AND e.seq > l.seq)
    SELECT w.epoch, w.xid::text AS xid, w.seq, w.type, w.occurred_at, w.subject_id, w.subject_label, w.related_type, w.related_id,
      w.connection_id, w.changes FROM whole w ORDER BY w.epoch, w.xid, w.seq`;
  let latest = position.moment?.getTime() ?? 0;
  return (await statement.execute(db)).rows.map(({ occurred_at, ...entry }) => {
    latest = Math.max(latest, occurred_at.getTime());
    return { ...entry, moment: latest };
  });
}

/** What a property became, undefined when the event doesn't name it. */
export const changeOf = ({ changes }: LogEntry, field: string): PropertyChange | undefined =>
  changes.find((change) => change.field === field);

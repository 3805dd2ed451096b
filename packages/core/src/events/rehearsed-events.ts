import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import type { EventParty, EventTypeName, PropertyChange } from '../model/event.ts';
import { findNamedObjects, idsNamedIn } from './named-objects.ts';
import { type EventRecord, eventSelection, partiesOf } from './read-events.ts';

/** Most events that a rehearsal shows; of many people the first are enough to see what is meant. */
export const MAX_REHEARSED_EVENTS = 1_000;

async function eventsOfThisTransaction(db: Sql, accountId: string, limit: number): Promise<EventRecord[]> {
  const statement: RawBuilder<EventRecord> = sql`SELECT ${eventSelection} FROM events e
    WHERE e.account_id = ${accountId}::uuid AND e.epoch = (SELECT max(h.epoch) FROM histories h) AND e.xid = pg_current_xact_id_if_assigned() ORDER BY e.seq LIMIT ${limit}`;
  return (await statement.execute(db)).rows;
}

/** An event that a rehearsal would have written. */
export interface RehearsedEvent {
  readonly type: EventTypeName;
  readonly subject: EventParty;
  readonly related: EventParty | null;
  readonly changes: readonly RehearsedChange[];
}

interface RehearsedChange extends PropertyChange {
  /** What its values name by their ids, as in `Change.named`. */
  readonly named: readonly EventParty[];
}

/** The first events that this transaction wrote, as an answer shows them: two statements. */
export async function rehearsedEvents(db: Sql, accountId: string, limit: number): Promise<RehearsedEvent[]> {
  const events = await eventsOfThisTransaction(db, accountId, limit);
  const ids = new Set(events.flatMap(({ changes }) => changes.flatMap(idsNamedIn)));
  const found = ids.size === 0 ? [] : await findNamedObjects(db, accountId, [...ids]);
  const named = new Map(found.flatMap((each) => (each === undefined ? [] : [[each.id, each] as const])));
  return events.map((event) => ({
    type: event.type,
    ...partiesOf(event),
    changes: event.changes.map((change) => ({
      ...change,
      named: idsNamedIn(change).flatMap((id) => named.get(id) ?? []),
    })),
  }));
}

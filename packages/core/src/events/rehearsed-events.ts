import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import type { EventParty, EventTypeName, PropertyChange } from '../model/event.ts';
import { type EventRecord, eventSelection, partiesOf } from './read-events.ts';

/** Most events that a rehearsal shows; of many people the first are enough to see what is meant. */
export const MAX_REHEARSED_EVENTS = 1_000;

/** The first events that this transaction wrote: what a rehearsal shows. */
export async function eventsOfThisTransaction(
  db: Sql,
  accountId: string,
  limit: number,
): Promise<EventRecord[]> {
  const statement: RawBuilder<EventRecord> = sql`SELECT ${eventSelection} FROM events e
    WHERE e.account_id = ${accountId}::uuid AND e.epoch = (SELECT max(h.epoch) FROM histories h) AND e.xid = pg_current_xact_id_if_assigned() ORDER BY e.seq LIMIT ${limit}`;
  return (await statement.execute(db)).rows;
}

/** An event that a rehearsal would have written. */
export interface RehearsedEvent {
  readonly type: EventTypeName;
  readonly subject: EventParty;
  readonly related: EventParty | null;
  readonly changes: readonly PropertyChange[];
}

/** What an answer shows of an event that was not written. */
export const toRehearsedEvent = (event: EventRecord): RehearsedEvent => ({
  type: event.type,
  ...partiesOf(event),
  changes: event.changes,
});

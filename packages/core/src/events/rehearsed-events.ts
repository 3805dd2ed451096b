import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import type { EventTypeName, PropertyChange } from './event.ts';
import { type EventRecord, eventSelection } from './read-events.ts';

/** The events that this transaction wrote: what a rehearsal shows. */
export async function eventsOfThisTransaction(db: Sql): Promise<EventRecord[]> {
  const statement: RawBuilder<EventRecord> = sql`SELECT ${eventSelection} FROM events e
    WHERE e.xid = pg_current_xact_id_if_assigned() ORDER BY e.seq`;
  return (await statement.execute(db)).rows;
}

/** An event that a rehearsal would have written. */
export interface RehearsedEvent {
  readonly type: EventTypeName;
  readonly subject: { readonly type: string; readonly id: string; readonly label: string };
  readonly related: { readonly type: string; readonly id: string; readonly label: string } | null;
  readonly changes: readonly PropertyChange[];
}

/** What an answer shows of an event that was not written. */
export function toRehearsedEvent(event: EventRecord): RehearsedEvent {
  const { related_type, related_id, related_label } = event;
  return {
    type: event.type,
    subject: { type: event.subject_type, id: event.subject_id, label: event.subject_label },
    related:
      related_type === null || related_id === null
        ? null
        : { type: related_type, id: related_id, label: related_label ?? '' },
    changes: event.changes,
  };
}

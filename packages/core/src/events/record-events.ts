import { type RawBuilder, sql } from 'kysely';
import type { InSql, Param } from '../database/statement.ts';
import type { Actor, Authorship, EventParty, EventTypeName, PropertyChange } from '../model/event.ts';
import type { TrackedProperty } from '../model/user-attributes.ts';

/** Whose doing the events of a statement are. */
export interface AuthorshipInSql extends EachInSql<Omit<Authorship, 'actor'>> {
  readonly actor: EachInSql<Actor>;
}

type EachInSql<Values> = { readonly [Name in keyof Values]: InSql<Values[Name]> };

/** The authorship among the values of a statement whose text is made once. */
export const authorshipIn = (param: Param<{ readonly authorship: Authorship }>): AuthorshipInSql => ({
  accountId: param('authorship', 'accountId'),
  actor: {
    kind: param('authorship', 'actor', 'kind'),
    id: param('authorship', 'actor', 'id'),
    name: param('authorship', 'actor', 'name'),
  },
  connectionId: param('authorship', 'connectionId'),
  requestId: param('authorship', 'requestId'),
});

/**
 * INSERT of the events that `source` selects, as a part of the statement that changes the rows.
 * `source` yields: type, subject_type, subject_id, subject_label, related_type, related_id, related_label, changes.
 */
export function recordEvents(authorship: AuthorshipInSql, source: RawBuilder<unknown>): RawBuilder<unknown> {
  const { accountId, actor, connectionId, requestId } = authorship;
  return sql`INSERT INTO events (account_id, type, subject_type, subject_id, subject_label, related_type, related_id,
      related_label, changes, actor_kind, actor_id, actor_name, connection_id, request_id)
    SELECT ${accountId}::uuid, e.type, e.subject_type, e.subject_id, e.subject_label, e.related_type, e.related_id,
      e.related_label, e.changes, ${actor.kind}, ${actor.id}::uuid, ${actor.name}, ${connectionId}::uuid, ${requestId}
    FROM (${source}) AS e (type, subject_type, subject_id, subject_label, related_type, related_id, related_label, changes)`;
}

/** The related columns of an event that has no other side. */
export const unrelated = sql`NULL::text, NULL::uuid, NULL::text`;

/** An event known in full before the statement runs. */
export interface PlannedEvent {
  readonly type: EventTypeName;
  readonly subject: EventParty;
  readonly related?: EventParty;
  readonly changes?: readonly PropertyChange[];
}

/** INSERT of one event known in full. */
export function recordEvent(authorship: Authorship, event: PlannedEvent): RawBuilder<unknown> {
  const { type, subject, related, changes = [] } = event;
  return recordEvents(
    authorship,
    sql`SELECT ${type}, ${subject.type}, ${subject.id}::uuid, ${subject.label}, ${related?.type ?? null},
      ${related?.id ?? null}::uuid, ${related?.label ?? null}, ${JSON.stringify(changes)}::jsonb`,
  );
}

/** One property in a statement: its value before and after, as jsonb expressions. */
export interface ComparedProperty {
  readonly field: string;
  readonly before: RawBuilder<unknown>;
  readonly after: RawBuilder<unknown>;
}

/** Compares a column of the rows `before` and `after`. */
export const comparedColumn = (
  before: string,
  after: string,
  { field, column }: TrackedProperty,
): ComparedProperty => ({
  field,
  before: sql`to_jsonb(${sql.ref(`${before}.${column}`)})`,
  after: sql`to_jsonb(${sql.ref(`${after}.${column}`)})`,
});

/** The changes of an event as jsonb: of these properties, those whose value differs. */
export function changesOf(properties: readonly ComparedProperty[]): RawBuilder<unknown> {
  if (properties.length === 0) return sql`'[]'::jsonb`;
  const rows = properties.map(({ field, before, after }) => sql`(${sql.lit(field)}, ${before}, ${after})`);
  return sql`(SELECT coalesce(jsonb_agg(jsonb_build_object('field', c.field, 'before', c.before, 'after', c.after)), '[]')
    FROM (VALUES ${sql.join(rows)}) AS c (field, before, after) WHERE c.before IS DISTINCT FROM c.after)`;
}

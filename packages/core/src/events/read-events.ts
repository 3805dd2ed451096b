import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import { checkAskedTexts } from '../filters/asked-texts.ts';
import { allOf, type Condition } from '../filters/scalar-filters.ts';
import type {
  ActorKindName,
  EventParty,
  EventTypeName,
  PropertyChange,
  SubjectTypeName,
} from '../model/event.ts';
import type { LogPosition } from './cursor.ts';

/** An event as read. */
export interface EventRecord extends LogPosition {
  readonly type: EventTypeName;
  readonly occurred_at: Date;
  readonly subject_type: SubjectTypeName;
  readonly subject_id: string;
  readonly subject_label: string;
  readonly related_type: SubjectTypeName | null;
  readonly related_id: string | null;
  readonly related_label: string | null;
  readonly changes: readonly PropertyChange[];
  readonly actor_kind: ActorKindName;
  readonly actor_id: string | null;
  readonly actor_name: string;
  readonly connection_id: string | null;
  readonly request_id: string;
}

/** What an event happened to, and the other side. */
export function partiesOf(event: EventRecord): { subject: EventParty; related: EventParty | null } {
  const { related_type: type, related_id: id, related_label: label } = event;
  return {
    subject: { type: event.subject_type, id: event.subject_id, label: event.subject_label },
    related: type === null || id === null ? null : { type, id, label: label ?? '' },
  };
}

export interface EventFilter {
  types?: EventTypeName[] | null;
  /** Events of this object, as their subject or as the other side. */
  about?: string | null;
  subjectId?: string | null;
  relatedId?: string | null;
  connectionId?: string | null;
  actorId?: string | null;
  requestId?: string | null;
  occurredAfter?: Date | null;
  occurredBefore?: Date | null;
}

export const eventSelection = sql`e.epoch, e.xid::text AS xid, e.seq, e.type, e.occurred_at, e.subject_type, e.subject_id, e.subject_label,
  e.related_type, e.related_id, e.related_label, e.changes, e.actor_kind, e.actor_id, e.actor_name, e.connection_id, e.request_id`;

/** The transactions that were running when the statement began, each with its account, where it said one. */
export const runningWriters = sql`running_writers()`;

/**
 * Epoch and number of the oldest transaction that may still write events of an account: none can appear before it any more.
 * `writers` are `runningWriters`, or what was read of them once for many accounts.
 */
export const horizonOf = (account: RawBuilder<unknown>, writers = runningWriters): RawBuilder<unknown> =>
  sql`(SELECT max(h.epoch) FROM histories h), coalesce((SELECT min(w.xid) FROM ${writers} w
    WHERE w.account_hash IS NULL OR w.account_hash = hashtext(${account}::text)), pg_snapshot_xmax(pg_current_snapshot()))`;

/**
 * Only what no running transaction can still come before: a transaction that began earlier may commit later, and its
 * events would then appear behind a reader's back. Earlier epochs are below it as a whole.
 */
export const belowHorizon = (account: RawBuilder<unknown>, writers = runningWriters): RawBuilder<unknown> =>
  sql`(e.epoch, e.xid) < (${horizonOf(account, writers)})`;

/** The place of an event, to be compared with other places. */
export const placeOf = ({ epoch, xid, seq }: LogPosition): RawBuilder<unknown> =>
  sql`(${epoch}::int, ${xid}::xid8, ${seq}::bigint)`;

/** How many events a follower reads at once. */
export const READ_AT_ONCE = 100;

/** Events after a place, oldest first: what a follower reads. */
export async function eventsAfter(
  db: Sql,
  accountId: string,
  after: LogPosition,
  limit: number,
): Promise<EventRecord[]> {
  const statement: RawBuilder<EventRecord> = sql`SELECT ${eventSelection} FROM events e
    WHERE e.account_id = ${accountId}::uuid AND (e.epoch, e.xid, e.seq) > ${placeOf(after)}
      AND ${belowHorizon(sql`${accountId}::uuid`)}
    ORDER BY e.epoch, e.xid, e.seq LIMIT ${limit}`;
  return (await statement.execute(db)).rows;
}

/** Which of these accounts have events after the places beside them; one statement that looks once for each. */
export async function accountsWithNews(
  db: Sql,
  places: readonly (readonly [string, LogPosition])[],
): Promise<string[]> {
  const columns = [
    sql`${places.map(([accountId]) => accountId)}::uuid[]`,
    sql`${places.map(([, { epoch }]) => epoch)}::int[]`,
    sql`${places.map(([, { xid }]) => xid)}::xid8[]`,
    sql`${places.map(([, { seq }]) => seq)}::bigint[]`,
  ];
  const statement: RawBuilder<{ account_id: string }> = sql`
    WITH writers AS MATERIALIZED (SELECT * FROM ${runningWriters})
    SELECT p.account_id FROM unnest(${sql.join(columns)}) AS p (account_id, epoch, xid, seq), LATERAL (
      SELECT FROM events e WHERE e.account_id = p.account_id AND (e.epoch, e.xid, e.seq) > (p.epoch, p.xid, p.seq)
        AND ${belowHorizon(sql`p.account_id`, sql`writers`)} ORDER BY e.epoch, e.xid, e.seq LIMIT 1) AS news`;
  return (await statement.execute(db)).rows.map(({ account_id }) => account_id);
}

/** Events before a place, newest first: what a log shows. */
export async function eventsBefore(
  db: Sql,
  accountId: string,
  filter: EventFilter,
  before: LogPosition | undefined,
  limit: number,
): Promise<EventRecord[]> {
  const earlier = before === undefined ? sql`` : sql`AND (e.epoch, e.xid, e.seq) < ${placeOf(before)}`;
  const statement: RawBuilder<EventRecord> = sql`SELECT ${eventSelection} FROM events e
    WHERE e.account_id = ${accountId}::uuid AND ${eventCondition(filter)} ${earlier}
      AND ${belowHorizon(sql`${accountId}::uuid`)}
    ORDER BY e.epoch DESC, e.xid DESC, e.seq DESC LIMIT ${limit}`;
  return (await statement.execute(db)).rows;
}

/** How many events there are that meet the filter. */
export async function countEvents(db: Sql, accountId: string, filter: EventFilter): Promise<number> {
  const statement: RawBuilder<{ count: number }> = sql`SELECT count(*)::int AS count FROM events e
    WHERE e.account_id = ${accountId}::uuid AND ${eventCondition(filter)}
      AND ${belowHorizon(sql`${accountId}::uuid`)}`;
  return (await statement.execute(db)).rows[0]?.count ?? 0;
}

/** The event at a place. */
export async function findEvent(
  db: Sql,
  accountId: string,
  place: LogPosition,
): Promise<EventRecord | undefined> {
  const statement: RawBuilder<EventRecord> = sql`SELECT ${eventSelection} FROM events e
    WHERE e.account_id = ${accountId}::uuid AND (e.epoch, e.xid, e.seq) = ${placeOf(place)}`;
  return (await statement.execute(db)).rows[0];
}

/** Was a part of the log written in the history with this id? */
export async function isHistoryOf(db: Sql, id: string): Promise<boolean> {
  return (await sql`SELECT FROM histories WHERE id = ${id}`.execute(db)).rows.length > 0;
}

/** Where an account's log ends. */
export interface LogEnd {
  /** The place that every later event comes after. */
  readonly position: LogPosition;
  /** No event of any account has come so far. Unlike `position` it never goes back. */
  readonly unreached: LogPosition;
}

/** Where an account's log ends now. */
export async function endOfLog(db: Sql, accountId: string): Promise<LogEnd> {
  const statement: RawBuilder<{ epoch: number; xid: string; unreached: string }> = sql`
    SELECT h.epoch, h.xid::text AS xid, pg_snapshot_xmax(pg_current_snapshot())::text AS unreached
    FROM (SELECT ${horizonOf(sql`${accountId}::uuid`)}) AS h (epoch, xid)`;
  const [end] = (await statement.execute(db)).rows;
  if (end === undefined) throw new Error('The log was asked where it ends and nothing was answered.');
  const { epoch, xid, unreached } = end;
  return { position: { epoch, xid, seq: 0 }, unreached: { epoch, xid: unreached, seq: 0 } };
}

function eventCondition(filter: EventFilter): Condition {
  checkAskedTexts(filter, 'filter');
  const conditions: Condition[] = [];
  const add = <Value>(value: Value | null | undefined, condition: (value: Value) => Condition): void => {
    if (value != null) conditions.push(condition(value));
  };
  add(filter.types, (types) => sql`e.type = ANY(${types}::text[])`);
  add(filter.about, (id) => sql`(e.subject_id = ${id}::uuid OR e.related_id = ${id}::uuid)`);
  add(filter.subjectId, (id) => sql`e.subject_id = ${id}::uuid`);
  add(filter.relatedId, (id) => sql`e.related_id = ${id}::uuid`);
  add(filter.connectionId, (id) => sql`e.connection_id = ${id}::uuid`);
  add(filter.actorId, (id) => sql`e.actor_id = ${id}::uuid`);
  add(filter.requestId, (id) => sql`e.request_id = ${id}`);
  add(filter.occurredAfter, (instant) => sql`e.occurred_at > ${instant}::timestamptz`);
  add(filter.occurredBefore, (instant) => sql`e.occurred_at < ${instant}::timestamptz`);
  return allOf(conditions);
}

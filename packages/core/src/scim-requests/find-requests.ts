import { type RawBuilder, sql } from 'kysely';
import { columnsOf, groupedBy, type Read } from '../database/columns.ts';
import type { Sql } from '../database/database.ts';
import { type EventRecord, eventSelection } from '../events/read-events.ts';
import { checkAskedTexts } from '../filters/asked-texts.ts';
import { allOf, type Condition, isThis, textCondition } from '../filters/scalar-filters.ts';
import { type Page, type PageRequest, readPage } from '../pages/page.ts';
import { firstIdAt } from './days.ts';

const columns = [
  'id',
  'request_id',
  'received_at',
  'connection_id',
  'token_id',
  'method',
  'path',
  'resource_type',
  'resource_id',
  'resource_name',
  'status',
  'scim_type',
  'detail',
  'duration_ms',
  'request_body',
  'request_size',
  'response_body',
  'response_size',
  'user_agent',
  'address',
] as const;

/** A request as read. */
export type RequestRecord = Read<'scim_requests', (typeof columns)[number]>;

/** How a request was answered, by the first digit of the status. */
export type StatusClass = 'SUCCESS' | 'REDIRECTION' | 'CLIENT_ERROR' | 'SERVER_ERROR';

const firstDigits: Readonly<Record<StatusClass, number>> = {
  SUCCESS: 2,
  REDIRECTION: 3,
  CLIENT_ERROR: 4,
  SERVER_ERROR: 5,
};

export interface RequestFilter {
  requestId?: string | null;
  connectionId?: string | null;
  about?: string | null;
  statusClass?: StatusClass | null;
  method?: string | null;
  path?: string | null;
  text?: string | null;
  receivedAfter?: Date | null;
  receivedBefore?: Date | null;
}

/** A page of the account's requests, newest first. */
export const listRequests = (
  db: Sql,
  accountId: string,
  filter: RequestFilter,
  page: PageRequest,
): Promise<Page<RequestRecord>> =>
  readPage<RequestRecord>(
    db,
    {
      from: sql`scim_requests r`,
      scope: ofAccount(accountId),
      where: conditionOf(filter),
      id: sql`r.id`,
      selection: columnsOf('r', columns),
    },
    { name: 'ID', type: 'text', descending: true },
    page,
  );

/** A request by its id. */
export async function findRequest(
  db: Sql,
  accountId: string,
  id: string,
): Promise<RequestRecord | undefined> {
  const statement: RawBuilder<RequestRecord> = sql`
    SELECT ${columnsOf('r', columns)} FROM scim_requests r WHERE ${ofAccount(accountId)} AND r.id = ${id}::uuid`;
  return (await statement.execute(db)).rows[0];
}

/** How many events of a request are shown with it. */
export const MAX_EVENTS_SHOWN = 100;

/** How far the clocks of a server and of PostgreSQL may be apart. */
const CLOCKS_APART = sql.lit('10 seconds');

/** For each request the first events that it caused, oldest first; one statement. */
export async function eventsOfRequests(
  db: Sql,
  accountId: string,
  ids: readonly string[],
): Promise<EventRecord[][]> {
  const statement: RawBuilder<EventRecord & { readonly recorded_id: string }> = sql`
    SELECT r.id AS recorded_id, caused.* FROM scim_requests r, LATERAL (
      SELECT ${eventSelection} FROM events e
      WHERE e.account_id = r.account_id AND e.request_id = r.request_id
        AND e.occurred_at >= r.received_at - interval ${CLOCKS_APART}
        AND e.occurred_at <= r.received_at + r.duration_ms * interval '1 millisecond' + interval ${CLOCKS_APART}
      ORDER BY e.epoch, e.xid, e.seq LIMIT ${MAX_EVENTS_SHOWN}) AS caused
    WHERE ${ofAccount(accountId)} AND r.id = ANY(${[...ids]}::uuid[])`;
  return groupedBy(ids, (await statement.execute(db)).rows, (row) =>
    'recorded_id' in row ? String(row.recorded_id) : null,
  );
}

const ofAccount = (accountId: string): Condition => sql`r.account_id = ${accountId}::uuid`;

/** All that is searched in, as the index has it. */
const searched = sql`r.path || chr(10) || coalesce(r.resource_name, '') || chr(10) || coalesce(r.detail, '')`;

function conditionOf(filter: RequestFilter): Condition {
  checkAskedTexts(filter, 'filter');
  const { requestId, statusClass, method, path, text, receivedAfter, receivedBefore } = filter;
  const conditions = [
    ...isThis(sql`r.connection_id`, filter.connectionId),
    ...isThis(sql`r.resource_id`, filter.about),
  ];
  if (requestId != null) conditions.push(sql`r.request_id = ${requestId}`);
  if (statusClass != null) conditions.push(withStatus(firstDigits[statusClass]));
  if (method != null) conditions.push(sql`r.method = ${method.toUpperCase()}`);
  for (const contains of [path, text])
    if (contains != null) conditions.push(textCondition(sql`(${searched})`, { contains }, { exact: false }));
  if (path != null) conditions.push(textCondition(sql`r.path`, { contains: path }, { exact: false }));
  if (receivedAfter != null) conditions.push(sql`r.id >= ${firstIdAt(receivedAfter)}::uuid`);
  if (receivedBefore != null) conditions.push(sql`r.id < ${firstIdAt(receivedBefore)}::uuid`);
  return allOf(conditions);
}

/** Errors are few, and have an index of their own. */
const withStatus = (firstDigit: number): Condition =>
  firstDigit < 4
    ? sql`r.status / 100 = ${firstDigit}`
    : sql`r.status >= 400 AND r.status / 100 = ${firstDigit}`;

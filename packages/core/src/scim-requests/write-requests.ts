import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import type { Tables } from '../model/entities.ts';
import { dayOf, makeDay } from './days.ts';
import type { RequestRow } from './request-row.ts';

type ColumnParts = readonly [type: string, read: (row: RequestRow) => unknown];

/** Columns of a row, each with its type. */
const columns: Readonly<Record<keyof Tables['scim_requests'], ColumnParts>> = {
  account_id: ['uuid', (row) => row.accountId],
  id: ['uuid', (row) => row.id],
  request_id: ['text', (row) => row.requestId],
  received_at: ['timestamptz', (row) => row.receivedAt],
  connection_id: ['uuid', (row) => row.connectionId],
  token_id: ['uuid', (row) => row.tokenId],
  method: ['text', (row) => row.method],
  path: ['text', (row) => row.path],
  resource_type: ['text', (row) => row.resourceType],
  resource_id: ['uuid', (row) => row.resourceId],
  resource_name: ['text', (row) => row.resourceName],
  status: ['int', (row) => row.status],
  scim_type: ['text', (row) => row.scimType],
  detail: ['text', (row) => row.detail],
  duration_ms: ['int', (row) => row.durationMs],
  request_body: ['text', (row) => row.requestBody],
  request_size: ['int', (row) => row.requestSize],
  response_body: ['text', (row) => row.responseBody],
  response_size: ['int', (row) => row.responseSize],
  user_agent: ['text', (row) => row.userAgent],
  address: ['text', (row) => row.address],
};

type Column = keyof typeof columns;
const names = Object.keys(columns) as Column[];

/** Bodies are kept as far as the account wants it. */
const kept = (column: Column): RawBuilder<unknown> => {
  const value = sql.ref(`r.${column}`);
  if (column !== 'request_body' && column !== 'response_body') return value;
  return sql`CASE WHEN a.request_capture = 'ALL' OR a.request_capture = 'ERRORS' AND r.status >= 400 THEN ${value} END`;
};

const listed = sql.join(names.map((name) => sql.ref(name)));
const selected = sql.join(names.map(kept));

/** Any id but that of an account: readers of the log of events need not wait for who writes none. */
const NO_ACCOUNT = sql.lit('00000000-0000-0000-0000-000000000000');

/**
 * Writes requests, each once, however often it is tried: those of which the answer was lost are there already. The disk is not
 * waited for.
 */
const writing = (rows: readonly RequestRow[]): RawBuilder<unknown> => {
  const arrays = names.map((name) => {
    const [type, read] = columns[name];
    return sql`${rows.map(read)}::${sql.raw(type)}[]`;
  });
  return sql`
    WITH calm AS MATERIALIZED (SELECT stays_within(${NO_ACCOUNT}::uuid), set_config('synchronous_commit', 'off', true))
    INSERT INTO scim_requests (${listed})
    SELECT ${selected} FROM calm, unnest(${sql.join(arrays)}) AS r (${listed}) JOIN accounts a ON a.id = r.account_id
    ON CONFLICT DO NOTHING`;
};

/** Writes requests by a way to PostgreSQL, and makes the days that they need. */
export function requestWriter(db: Sql): (rows: readonly RequestRow[]) => Promise<void> {
  const days = new Set<number>();
  return async (rows) => {
    for (const day of new Set(rows.map(({ receivedAt }) => dayOf(receivedAt)))) {
      if (days.has(day)) continue;
      await makeDay(db, day);
      days.add(day);
    }
    try {
      await writing(rows).execute(db);
    } catch (error) {
      // A day that is gone is made again.
      days.clear();
      throw error;
    }
  };
}

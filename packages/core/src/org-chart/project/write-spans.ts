import { sql } from 'kysely';
import type { Sql } from '../../database/database.ts';
import type { Span, SpanBook } from './span-book.ts';

/** A table of spans: what its rows are known by besides their beginning, and what else they have. */
export interface SpanTable {
  readonly name: string;
  readonly keys: readonly string[];
  /** Columns and their types. */
  readonly columns: Readonly<Record<string, string>>;
}

export const peopleTable: SpanTable = {
  name: 'org_chart_people',
  keys: ['user_id'],
  columns: {
    user_name: 'text',
    display_name: 'text',
    title: 'text',
    department: 'text',
    photo: 'text',
    status: 'text',
    named_manager_id: 'uuid',
    manager_id: 'uuid',
    on_cycle: 'boolean',
  },
};

export const teamsTable: SpanTable = {
  name: 'org_chart_teams',
  keys: ['team_id'],
  columns: {
    display_name: 'text',
    origin: 'text',
    named_parent_id: 'uuid',
    parent_id: 'uuid',
    named_lead_id: 'uuid',
    lead_id: 'uuid',
  },
};

export const membershipsTable: SpanTable = {
  name: 'org_chart_memberships',
  keys: ['team_id', 'user_id'],
  columns: {},
};

/** Writes what a book has to tell its table; one statement, or none. */
export async function writeSpans<Row extends object>(
  db: Sql,
  accountId: string,
  { name, keys, columns }: SpanTable,
  book: SpanBook<Row>,
): Promise<void> {
  const { written, erased } = book.outcome();
  if (written.length === 0 && erased.length === 0) return;
  const account = sql`${accountId}::uuid`;
  const table = sql.table(name);
  const typed = { ...Object.fromEntries(keys.map((key) => [key, 'uuid'])), began: 'timestamptz', ...columns };
  const shape = sql.raw(
    [...Object.entries(typed), ['ended', 'timestamptz']]
      .map(([column, type]) => `${column} ${type}`)
      .join(', '),
  );
  const names = sql.raw([...Object.keys(typed), 'ended'].join(', '));
  const overwritten = sql.raw(
    [...Object.keys(columns), 'ended'].map((column) => `${column} = excluded.${column}`).join(', '),
  );
  const place = sql.raw([...keys, 'began'].join(', '));
  await sql`
    WITH erased AS (
      DELETE FROM ${table} s WHERE s.account_id = ${account} AND (${place}) IN (
        SELECT ${place} FROM jsonb_to_recordset(${toJson(erased)}::jsonb) AS e (${shape})))
    INSERT INTO ${table} (account_id, ${names})
    SELECT ${account}, ${names} FROM jsonb_to_recordset(${toJson(written)}::jsonb) AS w (${shape})
    ON CONFLICT (account_id, ${place}) DO UPDATE SET ${overwritten}`.execute(db);
}

const toJson = <Row extends object>(spans: readonly Span<Row>[]): string =>
  JSON.stringify(
    spans.map(({ row, began, ended }) => ({
      ...row,
      began: new Date(began),
      ended: ended === null ? 'infinity' : new Date(ended),
    })),
  );

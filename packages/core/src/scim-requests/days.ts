import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../database/database.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const TABLE = 'scim_requests';

/** A day in UTC, by its number since 1970. */
export const dayOf = (instant: Date): number => Math.floor(instant.getTime() / DAY_MS);

const startOf = (day: number): Date => new Date(day * DAY_MS);

/** The least id that a request can have which came at this instant or later. */
export function firstIdAt(instant: Date): string {
  const hex = instant.getTime().toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

const partitionOf = (day: number): string =>
  `${TABLE}_${startOf(day).toISOString().slice(0, 10).replaceAll('-', '')}`;

/**
 * Makes the partition of a day, unless there is one. It is attached rather than made in place, which would have everybody
 * wait who reads or writes another.
 */
export const makeDay = (db: Sql, day: number): Promise<unknown> => {
  const name = sql.table(partitionOf(day));
  const [from, to] = [firstIdAt(startOf(day)), firstIdAt(startOf(day + 1))].map((id) => sql.lit(id));
  return sql`DO $$ BEGIN
    PERFORM pg_advisory_xact_lock(${DAYS_LOCK});
    IF to_regclass(${sql.lit(partitionOf(day))}) IS NULL THEN
      CREATE TABLE ${name} (LIKE scim_requests INCLUDING ALL);
      ALTER TABLE scim_requests ATTACH PARTITION ${name} FOR VALUES FROM (${from}) TO (${to});
    END IF;
  END $$`.execute(db);
};

/** Any fixed number: two processes that make a day do it one after the other. */
const DAYS_LOCK = sql.lit(7644_0032);

/** Takes away the partitions of days before this one, each as a whole; who reads or writes meanwhile waits for it, but not it for them. */
export async function dropDaysBefore(db: Sql, day: number): Promise<number> {
  const statement: RawBuilder<{ name: string }> = sql`
    SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'scim_requests'::regclass AND c.relname < ${partitionOf(day)} ORDER BY c.relname`;
  const { rows } = await statement.execute(db);
  for (const { name } of rows)
    await sql`DO $$ BEGIN
      SET LOCAL lock_timeout = '1s';
      DROP TABLE ${sql.table(name)};
    END $$`.execute(db);
  return rows.length;
}

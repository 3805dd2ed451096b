import { type RawBuilder, sql } from 'kysely';
import type { InSql } from './statement.ts';

/**
 * Waits until nobody else of the account changes the object with this id, and keeps the others waiting until the transaction ends.
 * Such a lock is waited for before the transaction has its number, so whoever gets it later also has a later number:
 * the events of one object stay in order without anybody having to begin again.
 */
export const lockObject = (accountId: InSql<string>, id: InSql<string>): RawBuilder<unknown> =>
  sql`SELECT pg_advisory_xact_lock(hashtextextended(concat(${accountId}::text, lower(${id}::text)), 0))
    FROM stays_within(${accountId}::uuid)`;

/** The same for several objects, in this order. */
export const lockObjects = (accountId: string, ids: readonly string[]): RawBuilder<unknown> =>
  sql`SELECT pg_advisory_xact_lock(hashtextextended(concat(${accountId}::text, lower(o)), 0))
    FROM stays_within(${accountId}::uuid), unnest(${[...ids]}::text[]) AS o`;

/** Keeps those waiting who lock one of these objects, in this order, and waits for them; others who share it go on. */
export const shareObjects = (accountId: string, ids: readonly string[]): RawBuilder<unknown> =>
  sql`SELECT pg_advisory_xact_lock_shared(hashtextextended(concat(${accountId}::text, lower(o)), 0))
    FROM stays_within(${accountId}::uuid), unnest(${[...ids]}::text[]) AS o`;

/**
 * Says that the transaction writes in this account alone: readers of other accounts' logs do not wait for it. Whoever holds an
 * advisory lock of an account has said so.
 */
export const staysWithin = (accountId: string): RawBuilder<unknown> =>
  sql`SELECT stays_within(${accountId}::uuid)`;

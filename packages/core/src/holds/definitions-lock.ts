import { type RawBuilder, sql } from 'kysely';
import type { InSql } from '../database/statement.ts';

/** Waits until nobody writes values, and keeps them waiting until the transaction ends. */
export const holdDefinitionsAlone = (accountId: string): RawBuilder<unknown> =>
  sql`SELECT pg_advisory_xact_lock(custom_attributes_lock(${accountId}::uuid)) FROM stays_within(${accountId}::uuid)`;

/**
 * The definitions stay until the transaction ends. Whoever writes values takes it before rows: the trigger that keeps them
 * takes it anyway, but by then somebody who deletes the attribute may be waiting for the row.
 */
export const shareDefinitions = (accountId: InSql<string>): RawBuilder<unknown> =>
  sql`SELECT pg_advisory_xact_lock_shared(custom_attributes_lock(${accountId}::uuid))`;

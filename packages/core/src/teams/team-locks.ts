import { type RawBuilder, sql } from 'kysely';
import { lockObject } from '../database/advisory-lock.ts';
import type { InSql } from '../database/statement.ts';

// The name of what all teams of an account share: no id of a team reads like it.
const ALL_TEAMS = 'teams';

/** The value that waits for whoever changes many teams of the account at once, or deletes one. */
export const shareAllTeams = (accountId: InSql<string>): RawBuilder<unknown> =>
  sql`pg_advisory_xact_lock_shared(hashtextextended(concat(${accountId}::text, ${ALL_TEAMS}::text), 0))`;

/** Waits like `lockObject`, and for whoever changes many teams of the account at once. */
export const lockTeam = (accountId: InSql<string>, id: InSql<string>): RawBuilder<unknown> =>
  sql`SELECT ${shareAllTeams(accountId)}, (${lockObject(accountId, id)})`;

/** The part `locks` of a statement: what `lock` waits for, and only then these columns. */
export const lockedFirst = (lock: RawBuilder<unknown>, columns: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`SELECT held.*, ${columns} FROM (${lock}) AS held`;

/**
 * Waits until nobody else of the account changes a team, and keeps the others waiting until the transaction ends: one lock
 * whatever the number of teams, so those who change many neither wait for each other in a cycle nor begin again.
 */
export const lockAllTeams = (accountId: InSql<string>): RawBuilder<unknown> =>
  lockObject(accountId, ALL_TEAMS);

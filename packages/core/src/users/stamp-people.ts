import { type RawBuilder, sql } from 'kysely';

/**
 * Writes the rows of people as they are. An event about somebody whose row stays as it is would be missed by
 * `keeps_order`, and could then be told before what happened earlier.
 */
export const stampPeople = (accountId: string, ids: readonly string[]): RawBuilder<unknown> =>
  sql`UPDATE users SET updated_at = updated_at WHERE account_id = ${accountId}::uuid AND id = ANY(${[...ids]}::uuid[])`;

import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import { isUuid } from '../text/uuid.ts';

// What is looked up before it is held: to know what to hold, or to tell afterwards whether it is still the same.

/** The digest of a token's secret; null when there is no such token. */
export async function glanceAtDigest(db: Sql, accountId: string, id: string): Promise<string | null> {
  if (!isUuid(id)) return null;
  const statement: RawBuilder<{ digest: string }> = sql`SELECT t.digest FROM tokens t
    WHERE t.account_id = ${accountId}::uuid AND t.id = ${id}::uuid`;
  return (await statement.execute(db)).rows[0]?.digest ?? null;
}

/** The id of the account's first connection, which stays the first: none is ever deleted. */
export async function firstConnection(db: Sql, accountId: string): Promise<string | undefined> {
  const statement: RawBuilder<{ id: string }> = sql`SELECT c.id FROM connections c
    WHERE c.account_id = ${accountId}::uuid ORDER BY c.id LIMIT 1`;
  return (await statement.execute(db)).rows[0]?.id;
}

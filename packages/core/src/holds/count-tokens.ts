import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../database/database.ts';

/** How many good tokens act for a person, who is held: whoever issues one for themselves waits until it is counted. */
export async function countTokensOf(db: Sql, accountId: string, userId: string): Promise<number> {
  const statement: RawBuilder<{ count: number }> = sql`SELECT count(*)::int AS count FROM tokens t
    WHERE t.account_id = ${accountId}::uuid AND t.user_id = ${userId}::uuid
      AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > now())`;
  return (await statement.execute(db)).rows[0]?.count ?? 0;
}

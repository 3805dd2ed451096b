import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../database/database.ts';

/** Those of the tokens and sessions that nobody has ended; one statement. */
export async function findValidCredentials(db: Sql, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const statement: RawBuilder<{ id: string }> = sql`
    SELECT t.id FROM tokens t LEFT JOIN users u ON u.account_id = t.account_id AND u.id = t.user_id
    WHERE t.id = ANY(${ids}::uuid[]) AND t.revoked_at IS NULL AND (t.user_id IS NULL OR u.status = 'ACTIVE')
    UNION ALL SELECT s.id FROM sessions s JOIN users u ON u.account_id = s.account_id AND u.id = s.user_id
    WHERE s.id = ANY(${ids}::uuid[]) AND u.status = 'ACTIVE'`;
  return new Set((await statement.execute(db)).rows.map(({ id }) => id));
}

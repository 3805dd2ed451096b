import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../database/database.ts';

/**
 * What those of the tokens and sessions that nobody has ended allow now, by id: as text that is another one as soon as
 * they allow something else. One statement.
 */
export async function findPresentPermissions(
  db: Sql,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const statement: RawBuilder<{ id: string; allowed: string }> = sql`
    SELECT t.id, concat(t.permissions, effective_permissions(t.account_id, u.id)) AS allowed
    FROM tokens t LEFT JOIN users u ON u.account_id = t.account_id AND u.id = t.user_id
    WHERE t.id = ANY(${ids}::uuid[]) AND t.revoked_at IS NULL AND (t.user_id IS NULL OR u.status = 'ACTIVE')
    UNION ALL SELECT s.id, effective_permissions(s.account_id, u.id)::text
    FROM sessions s JOIN users u ON u.account_id = s.account_id AND u.id = s.user_id
    WHERE s.id = ANY(${ids}::uuid[]) AND u.status = 'ACTIVE'`;
  const { rows } = await statement.execute(db);
  return new Map(rows.map(({ id, allowed }) => [id, allowed]));
}

import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import { signsInHere } from './managed-by.ts';

/**
 * Whether an active admin can still sign in: with a password, who is managed by no strict connection, or by a link of a sign-in
 * connection that is switched on. The admins are held.
 */
export async function anAdminGetsIn(db: Sql, accountId: string): Promise<boolean> {
  const statement: RawBuilder<{ gets_in: boolean }> = sql`SELECT EXISTS (
    SELECT FROM roles r CROSS JOIN LATERAL holders_of(r.account_id, r.id) g
    JOIN users u ON u.account_id = r.account_id AND u.id = g.user_id AND u.status = 'ACTIVE'
    WHERE r.account_id = ${accountId}::uuid AND r.key = 'admin' AND (
      (u.password_digest IS NOT NULL AND ${signsInHere})
      OR EXISTS (SELECT FROM identity_links i
        JOIN sign_in_connections s ON s.account_id = i.account_id AND s.id = i.sign_in_connection_id AND s.enabled
        WHERE i.account_id = u.account_id AND i.user_id = u.id))) AS gets_in`;
  return (await statement.execute(db)).rows[0]?.gets_in === true;
}

import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import { isUuid } from '../text/uuid.ts';

/** The active admins of the account, by id. */
export const activeAdmins = (db: Sql, accountId: string): Promise<string[]> =>
  idsOf(
    db,
    sql`SELECT DISTINCT u.id FROM roles r JOIN role_grants g ON g.account_id = r.account_id AND g.role_id = r.id
      JOIN users u ON u.account_id = g.account_id AND u.id = g.user_id
      WHERE r.account_id = ${accountId}::uuid AND r.key = 'admin' AND u.status = 'ACTIVE' ORDER BY u.id`,
  );

/** The people who were granted the role, by id. */
export const holdersOf = async (db: Sql, accountId: string, roleId: string): Promise<string[]> =>
  isUuid(roleId)
    ? idsOf(
        db,
        sql`SELECT DISTINCT g.user_id AS id FROM role_grants g
          WHERE g.account_id = ${accountId}::uuid AND g.role_id = ${roleId}::uuid ORDER BY g.user_id`,
      )
    : [];

async function idsOf(db: Sql, statement: RawBuilder<{ id: string }>): Promise<string[]> {
  return (await statement.execute(db)).rows.map(({ id }) => id);
}

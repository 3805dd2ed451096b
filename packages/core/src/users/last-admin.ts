import { type RawBuilder, sql } from 'kysely';
import type { InSql } from '../database/statement.ts';

/**
 * SELECT of the ids of the account's active admins when one of `ids`, a uuid[], is among them; else of nobody, at the cost of a
 * look. They are locked with whoever leaves, in one order, so that two can't take each other's access at the same moment.
 */
export const activeAdminsIfAmong = (
  accountId: InSql<string>,
  ids: RawBuilder<unknown>,
): RawBuilder<unknown> =>
  sql`SELECT u.id FROM users u WHERE u.account_id = ${accountId}::uuid AND u.status = 'ACTIVE'
    AND u.id IN (${adminIds(accountId)}) AND EXISTS (${adminIds(accountId)} AND g.user_id = ANY(${ids}))`;

/**
 * The ids of the active admins, a uuid[], once `held` is locked: somebody may have become one, or have ceased to be one, in
 * between. Refuses, to be tried again, when one of `leaving` is an admin and others are not held.
 */
export const newestAdmins = (
  accountId: InSql<string>,
  leaving: RawBuilder<unknown>,
  held: string,
): RawBuilder<unknown> =>
  sql`newest_active_admins(${accountId}::uuid, ${leaving}, ARRAY(SELECT held.id FROM ${sql.table(held)} held))`;

const adminIds = (accountId: InSql<string>): RawBuilder<unknown> =>
  sql`SELECT g.user_id FROM roles r, LATERAL holders_of(r.account_id, r.id) g
    WHERE r.account_id = ${accountId}::uuid AND r.key = 'admin'`;

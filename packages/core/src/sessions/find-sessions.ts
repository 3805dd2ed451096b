import { type RawBuilder, sql } from 'kysely';
import { columnsOf, groupedBy, inOrderOf, type Read } from '../database/columns.ts';
import type { Sql } from '../database/database.ts';
import { signInLimits } from '../passwords/sign-in-limits.ts';

const columns = [
  'id',
  'user_id',
  'user_agent',
  'address',
  'method',
  'second_factor',
  'created_at',
  'last_used_at',
  'expires_at',
] as const;

/** A session as read. */
export type SessionRecord = Read<'sessions', (typeof columns)[number]>;

/** The sessions of each of these people that are good, the last used ones first; one statement. */
export async function findSessionsOf(
  db: Sql,
  accountId: string,
  userIds: readonly string[],
): Promise<SessionRecord[][]> {
  const statement: RawBuilder<SessionRecord> = sql`
    SELECT ${columnsOf('s', columns)} FROM (
      SELECT t.*, row_number() OVER (PARTITION BY t.user_id ORDER BY t.last_used_at DESC, t.id) AS place FROM sessions t
      WHERE t.account_id = ${accountId}::uuid AND t.user_id = ANY(${[...userIds]}::uuid[]) AND t.expires_at > now()) s
    WHERE s.place <= ${sql.lit(signInLimits.maxListedSessions)} ORDER BY s.place`;
  return groupedBy(userIds, (await statement.execute(db)).rows, ({ user_id }) => user_id);
}

/** What people may do, and what everybody may by the default roles; one statement. */
export interface PersonalPermissions {
  readonly permissions: readonly string[];
  readonly defaults: readonly string[];
}

/** What each of these people may do now; one statement. */
export async function findPermissionsOf(
  db: Sql,
  accountId: string,
  userIds: readonly string[],
): Promise<PersonalPermissions[]> {
  const statement: RawBuilder<PersonalPermissions & { readonly id: string }> = sql`
    SELECT u.id, effective_permissions(u.account_id, u.id) AS permissions,
      effective_permissions(u.account_id, NULL) AS defaults
    FROM users u WHERE u.account_id = ${accountId}::uuid AND u.id = ANY(${[...userIds]}::uuid[])`;
  const { rows } = await statement.execute(db);
  return inOrderOf(userIds, rows, ({ id }) => id).map((row) => row ?? { permissions: [], defaults: [] });
}

import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import type { GrantSourceName } from '../model/role.entity.ts';
import { isUuid } from '../text/uuid.ts';

/** The active admins of the account, by id. */
export async function activeAdmins(db: Sql, accountId: string): Promise<string[]> {
  const statement: RawBuilder<{ id: string }> = sql`
    SELECT DISTINCT u.id FROM roles r CROSS JOIN LATERAL holders_of(r.account_id, r.id) g
    JOIN users u ON u.account_id = r.account_id AND u.id = g.user_id AND u.status = 'ACTIVE'
    WHERE r.account_id = ${accountId}::uuid AND r.key = 'admin' ORDER BY u.id`;
  const { rows } = await statement.execute(db);
  return rows.map(({ id }) => id);
}

/** The people who have the role, but for those who have it by default, by id. */
export async function holdersOf(db: Sql, accountId: string, roleId: string): Promise<string[]> {
  if (!isUuid(roleId)) return [];
  const statement: RawBuilder<{ user_id: string }> = sql`
    SELECT DISTINCT g.user_id FROM holders_of(${accountId}::uuid, ${roleId}::uuid) g ORDER BY g.user_id`;
  const { rows } = await statement.execute(db);
  return rows.map(({ user_id }) => user_id);
}

/** That somebody has a role, from one source; default roles aside. */
export interface HeldGrant {
  readonly userId: string;
  readonly roleId: string;
  readonly source: GrantSourceName;
}

/** What these people have, by whatever source. */
export async function grantsOfPeople(
  db: Sql,
  accountId: string,
  ids: readonly string[],
): Promise<HeldGrant[]> {
  const statement: RawBuilder<HeldGrant> = sql`
    SELECT p.id AS "userId", g.role_id AS "roleId", g.source
    FROM unnest(${[...ids]}::uuid[]) AS p (id), LATERAL roles_of(${accountId}::uuid, p.id) g`;
  return (await statement.execute(db)).rows;
}

/** The people in a team, by id. */
export async function peopleIn(db: Sql, accountId: string, teamId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('memberships')
    .select('user_id')
    .where('account_id', '=', accountId)
    .where('team_id', '=', teamId)
    .orderBy('user_id')
    .execute();
  return rows.map(({ user_id }) => user_id);
}

/** The people who are signed in by a sign-in connection, by id. */
export async function peopleSignedInBy(
  db: Sql,
  accountId: string,
  signInConnectionId: string,
): Promise<string[]> {
  if (!isUuid(signInConnectionId)) return [];
  const rows = await db
    .selectFrom('provider_sessions as p')
    .innerJoin('sessions as s', (join) =>
      join.onRef('s.account_id', '=', 'p.account_id').onRef('s.id', '=', 'p.session_id'),
    )
    .select('s.user_id')
    .distinct()
    .where('p.account_id', '=', accountId)
    .where('p.sign_in_connection_id', '=', signInConnectionId)
    .orderBy('s.user_id')
    .execute();
  return rows.map(({ user_id }) => user_id);
}

/** The roles of whoever was granted none, by id. */
export async function idsOfDefaults(db: Sql, accountId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('roles')
    .select('id')
    .where('account_id', '=', accountId)
    .where('is_default', '=', true)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** The roles that are added to those who sign in by the sign-in connection, by id. */
export async function rolesBySignIn(
  db: Sql,
  accountId: string,
  signInConnectionId: string,
): Promise<string[]> {
  if (!isUuid(signInConnectionId)) return [];
  const rows = await db
    .selectFrom('sso_role_mappings')
    .select('role_id')
    .distinct()
    .where('account_id', '=', accountId)
    .where('sign_in_connection_id', '=', signInConnectionId)
    .orderBy('role_id')
    .execute();
  return rows.map(({ role_id }) => role_id);
}

import type { Sql } from '../database/database.ts';
import { isUuid } from '../text/uuid.ts';

/** The active admins of the account, by id. */
export async function activeAdmins(db: Sql, accountId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('roles as r')
    .innerJoin('role_grants as g', (join) =>
      join.onRef('g.account_id', '=', 'r.account_id').onRef('g.role_id', '=', 'r.id'),
    )
    .innerJoin('users as u', (join) =>
      join.onRef('u.account_id', '=', 'g.account_id').onRef('u.id', '=', 'g.user_id'),
    )
    .select('u.id')
    .distinct()
    .where('r.account_id', '=', accountId)
    .where('r.key', '=', 'admin')
    .where('u.status', '=', 'ACTIVE')
    .orderBy('u.id')
    .execute();
  return rows.map(({ id }) => id);
}

/** The people who were granted the role, by id. */
export async function holdersOf(db: Sql, accountId: string, roleId: string): Promise<string[]> {
  if (!isUuid(roleId)) return [];
  const rows = await db
    .selectFrom('role_grants')
    .select('user_id')
    .distinct()
    .where('account_id', '=', accountId)
    .where('role_id', '=', roleId)
    .orderBy('user_id')
    .execute();
  return rows.map(({ user_id }) => user_id);
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

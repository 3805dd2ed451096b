import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import type { Connection, IdentityProviderName } from '../model/connection.entity.ts';
import { effectivePermissions } from './effective-permissions.ts';
import { scimPermissions } from './permissions.ts';

/** Does the provider's preset set passwords? Okta's _Sync Password_ is the one that people switch on. */
const setsPasswordsByItself = (provider: IdentityProviderName): boolean => provider === 'OKTA';

/**
 * May the connection's identity provider set passwords: as its setting says, or its provider's preset; never with the strict
 * profile.
 */
export const setsPasswords = (connection: {
  readonly provider: IdentityProviderName;
  readonly passwordSync?: boolean | null;
  readonly strict: boolean;
}): boolean => !connection.strict && (connection.passwordSync ?? setsPasswordsByItself(connection.provider));

/** The same for the row `c` of `connections`. */
export const rowSetsPasswords: RawBuilder<unknown> = sql`NOT c.strict AND coalesce(c.password_sync, c.provider = 'OKTA')`;

/**
 * What an identity provider may do in effect: whoever sets passwords, or the external ids that link people to those who sign
 * in, can sign in as anybody with the default roles; whoever pushes groups that are mapped to roles or become roles, or may
 * assign roles, gives those, and takes default ones. Whoever says whom a sign-in links says who gets the
 * roles that it adds.
 */
export async function providerPermissions(
  db: Sql,
  connection: Pick<Connection, 'accountId' | 'id' | 'provider' | 'passwordSync' | 'strict' | 'groupsAsRoles'>,
): Promise<string[]> {
  const given = await permissionsGiven(db, connection);
  const standsForDefaults =
    given !== undefined || setsPasswords(connection) || (await linksPeople(db, connection));
  const defaults = standsForDefaults ? await effectivePermissions(db, connection.accountId, null) : [];
  return [...scimPermissions, ...(given === undefined ? [] : ['roles:write', ...given]), ...defaults];
}

/**
 * What the roles allow that the connection's groups give, also those that are still to be pushed, that it may assign, or that
 * sign-ins add to those whom its external ids link; undefined when there are none.
 */
async function permissionsGiven(
  db: Sql,
  { accountId, id, groupsAsRoles }: Pick<Connection, 'accountId' | 'id' | 'groupsAsRoles'>,
): Promise<string[] | undefined> {
  const statement: RawBuilder<{ permissions: string[] }> = sql`
    SELECT r.permissions FROM roles r WHERE r.account_id = ${accountId}::uuid AND r.id IN (
      SELECT m.role_id FROM role_mappings m WHERE m.account_id = ${accountId}::uuid AND m.connection_id = ${id}::uuid
      UNION SELECT a.role_id FROM assignable_roles a WHERE a.account_id = ${accountId}::uuid AND a.connection_id = ${id}::uuid
      UNION ALL SELECT m.role_id FROM sso_role_mappings m JOIN sign_in_connections c
        ON c.account_id = m.account_id AND c.id = m.sign_in_connection_id
      WHERE c.account_id = ${accountId}::uuid AND c.connection_id = ${id}::uuid AND c.link_rule = 'EXTERNAL_ID')`;
  const { rows } = await statement.execute(db);
  return rows.length === 0 && !groupsAsRoles ? undefined : rows.flatMap(({ permissions }) => permissions);
}

/** Are people linked by the external ids of the connection when they sign in? */
async function linksPeople(
  db: Sql,
  { accountId, id }: Pick<Connection, 'accountId' | 'id'>,
): Promise<boolean> {
  const found = await db
    .selectFrom('sign_in_connections')
    .select('id')
    .where('account_id', '=', accountId)
    .where('connection_id', '=', id)
    .where('link_rule', '=', 'EXTERNAL_ID')
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

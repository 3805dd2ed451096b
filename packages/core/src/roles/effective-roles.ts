import { type RawBuilder, sql } from 'kysely';
import { columnsOf } from '../database/columns.ts';
import type { Sql } from '../database/database.ts';
import { type GrantRecord, type RoleRecord, roleColumns } from './role-record.ts';

/** A role that counts for a user, and the grants that it comes from. */
export interface EffectiveRoleRecord {
  readonly role: RoleRecord;
  readonly because: readonly GrantRecord[];
}

type Row = RoleRecord & { readonly user_id: string | null; readonly grants: GrantRecord[] | null };

/**
 * The roles that count for each user: those granted; the account's default roles where none is granted; and an
 * exclusive role only when it stands alone. One statement for all users. With `counts` those alone of the grants `g` that meet it.
 */
export async function effectiveRoles(
  db: Sql,
  accountId: string,
  userIds: readonly string[],
  counts: RawBuilder<unknown> = sql`true`,
): Promise<EffectiveRoleRecord[][]> {
  const statement: RawBuilder<Row> = sql`
    SELECT ${columnsOf('r', roleColumns)}, g.user_id, json_agg(json_build_object('source', g.source, 'granted_at', g.granted_at,
      'actor_kind', g.actor_kind, 'actor_id', g.actor_id, 'actor_name', g.actor_name, 'request_id', g.request_id,
      'mapping', m, 'said', g.said, 'said_by', g.said_by, 'said_by_name', c.name,
      'sign_in_connection_id', g.sign_in_connection_id, 'sign_in_connection_name', g.sign_in_connection_name,
      'group_value', g.group_value) ORDER BY g.granted_at, g.id) AS grants
    FROM role_grants g JOIN roles r ON r.account_id = g.account_id AND r.id = g.role_id
    LEFT JOIN role_mappings m ON m.account_id = g.account_id AND m.id = g.mapping_id
    LEFT JOIN connections c ON c.account_id = g.account_id AND c.id = g.said_by
    WHERE g.account_id = ${accountId}::uuid AND g.user_id = ANY(${[...userIds]}::uuid[]) AND ${counts}
    GROUP BY r.account_id, r.id, g.user_id
    UNION ALL SELECT ${columnsOf('r', roleColumns)}, NULL::uuid, NULL::json FROM roles r WHERE r.account_id = ${accountId}::uuid AND r.is_default`;
  const { rows } = await statement.execute(db);
  const byUser = Map.groupBy(rows, (row) => row.user_id);
  const defaults = (byUser.get(null) ?? []).map((role) => ({ role, because: [defaultGrant] }));
  return userIds.map((id) => {
    const granted = byUser.get(id);
    return granted === undefined
      ? defaults
      : whatCounts(granted.map((role) => ({ role, because: role.grants ?? [] })));
  });
}

const defaultGrant: GrantRecord = {
  source: 'DEFAULT',
  granted_at: null,
  actor_kind: 'SYSTEM',
  actor_id: null,
  actor_name: 'Rollcall',
  request_id: null,
  mapping: null,
  said: null,
  said_by: null,
  said_by_name: null,
  sign_in_connection_id: null,
  sign_in_connection_name: null,
  group_value: null,
};

/** An exclusive role counts only when it stands alone. */
function whatCounts(roles: readonly EffectiveRoleRecord[]): EffectiveRoleRecord[] {
  const combinable = roles.filter(({ role }) => !role.exclusive);
  return combinable.length > 0 ? combinable : [...roles];
}

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
    WITH grants AS (${grantsOf(accountId, userIds)})
    SELECT ${columnsOf('r', roleColumns)}, g.user_id, json_agg(json_build_object('source', g.source, 'granted_at', g.granted_at,
      'actor_kind', g.actor_kind, 'actor_id', g.actor_id, 'actor_name', g.actor_name, 'request_id', g.request_id,
      'mapping', g.mapping, 'said', g.said, 'said_by', g.said_by, 'said_by_name', c.name,
      'sign_in_connection_id', g.sign_in_connection_id, 'sign_in_connection_name', g.sign_in_connection_name,
      'group_value', g.group_value) ORDER BY g.granted_at, g.id) AS grants
    FROM grants g JOIN roles r ON r.account_id = ${accountId}::uuid AND r.id = g.role_id
    LEFT JOIN connections c ON c.account_id = r.account_id AND c.id = g.said_by WHERE ${counts}
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

const told = sql`e.occurred_at, e.actor_kind, e.actor_id, e.actor_name, e.request_id, e.epoch, e.xid, e.seq`;
const latest = sql`ORDER BY e.epoch DESC, e.xid DESC, e.seq DESC LIMIT 1`;

/** Within memberships `s` and mappings `m`: the last events of the person by which they can have the role; each by an index. */
const whenGiven = sql`
  (SELECT ${told} FROM events e WHERE e.account_id = s.account_id AND e.related_id = s.user_id AND e.type = 'TEAM_MEMBER_ADDED'
    AND e.subject_id = s.team_id AND e.changes @> jsonb_build_array(jsonb_build_object('field', 'memberRoles',
      'after', jsonb_build_array(jsonb_build_object('mappingId', m.id)))) ${latest})
  UNION ALL (SELECT ${told} FROM events e WHERE e.account_id = s.account_id AND e.subject_id = s.user_id AND e.type = 'ROLE_GRANTED'
    AND e.changes @> jsonb_build_array(jsonb_build_object('field', 'mapping', 'after', jsonb_build_object('id', m.id))) ${latest})`;

/** What was granted to these people, and what their groups give; of that the log says since when, by whom and by which request. */
const grantsOf = (accountId: string, userIds: readonly string[]): RawBuilder<unknown> => {
  const account = sql`${accountId}::uuid`;
  const people = sql`${[...userIds]}::uuid[]`;
  return sql`
    SELECT g.user_id, g.role_id, g.id, g.source, g.granted_at, g.actor_kind, g.actor_id, g.actor_name, g.request_id,
      NULL::role_mappings AS mapping, g.said, g.said_by, g.sign_in_connection_id, g.sign_in_connection_name, g.group_value
    FROM role_grants g WHERE g.account_id = ${account} AND g.user_id = ANY (${people})
    UNION ALL SELECT s.user_id, m.role_id, m.id, 'SCIM_MAPPING', e.occurred_at, e.actor_kind, e.actor_id, e.actor_name, e.request_id,
      m, NULL, NULL, NULL, NULL, NULL
    FROM memberships s JOIN role_mappings m ON m.account_id = s.account_id AND m.id = ANY (s.role_mapping_ids), LATERAL (
      SELECT * FROM (${whenGiven}) AS e UNION ALL SELECT m.created_at, m.actor_kind, m.actor_id, m.actor_name, m.request_id, 0, '0', 0
      ORDER BY epoch DESC, xid DESC, seq DESC LIMIT 1) e
    WHERE s.account_id = ${account} AND s.user_id = ANY (${people}) AND s.role_mapping_ids IS NOT NULL`;
};

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

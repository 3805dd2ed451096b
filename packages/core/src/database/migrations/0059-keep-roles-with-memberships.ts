import { Migration } from '@mikro-orm/migrations';
import { functionNamed } from '../function-named.ts';

/**
 * What a group gives is kept with the membership, as the mappings by which the person has roles: a row less to write for
 * each of them, and none to hold (docs/decisions/0021-roles-from-groups.md).
 */
export class KeepRolesWithMemberships extends Migration {
  override up(): void {
    this.addSql(memberships);
    this.addSql(`DROP FUNCTION IF EXISTS
      hold_group_members(uuid, uuid[], uuid[], boolean, text[], uuid, text[], uuid),
      keep_group_roles(uuid, uuid[], uuid[], text, uuid, text, text),
      follow_members, drop_other_members`);
    for (const name of functions) this.addSql(functionNamed(name));
    this.addSql(grants);
  }
}

const memberships = `
ALTER TABLE memberships ADD COLUMN role_mapping_ids uuid[];
UPDATE memberships s SET role_mapping_ids = g.ids FROM (
  SELECT g.account_id, m.team_id, g.user_id, array_agg(m.id ORDER BY m.id) AS ids
  FROM role_grants g JOIN role_mappings m ON m.account_id = g.account_id AND m.id = g.mapping_id
  GROUP BY g.account_id, m.team_id, g.user_id) g
WHERE s.account_id = g.account_id AND s.team_id = g.team_id AND s.user_id = g.user_id;
`;

const grants = `
DELETE FROM role_grants WHERE mapping_id IS NOT NULL;
ALTER TABLE role_grants DROP COLUMN mapping_id;
CREATE UNIQUE INDEX role_grants__grant ON role_grants (account_id, user_id, role_id, source, sign_in_connection_id,
  lower(group_value COLLATE "C")) NULLS NOT DISTINCT;
`;

const functions = [
  'roles_of',
  'holders_of',
  'effective_permissions',
  'first_permission_beyond',
  'newest_active_admins',
  'hold_leaving',
  'leave_directory',
  'drop_other_members',
  'group_mappings',
  'group_roles_told',
  'tell_members_moved',
  'hold_group_members',
  'keep_group_roles',
  'follow_group_names',
];

import { sql } from 'kysely';
import type { MembersFollower } from '../followers/members-follower.ts';

/** Roles follow from who is in the groups of identity providers. */
export const groupRolesFollower: MembersFollower = {
  begin: ({ accountId, teams, comers, leavers, everybody = false, names, connectionId, ...asking }) => sql`
    hold_group_members(${accountId}::uuid, ${teams}, ${comers ?? sql`NULL`}, ${leavers ?? sql`NULL`}, ${sql.lit(everybody)},
      ${names ?? sql`NULL`}, ${connectionId}::uuid, ${asking.permissions}::text[], ${asking.credentialId}::uuid)`,
  carried: sql`role_mapping_ids`,
  carriedInto: (team, begun) => sql`group_mappings(${begun}, ${team})`,
  told: (carried, begun, joins) => sql`group_roles_told(${begun}, ${carried}, ${sql.lit(joins)})`,
  follow({ authorship: { accountId, actor, requestId }, begun, moved, named }) {
    const account = sql`${accountId}::uuid`;
    // Who joins and leaves is told with the roles by their own event.
    const members = sql`
      SELECT NULL::text, NULL::text, NULL::uuid, NULL::text, NULL::text, NULL::uuid, NULL::text, NULL::jsonb FROM (
        SELECT tell_members_moved(${account}, array_agg(m.user_id), ${begun} -> 'admins') AS done FROM ${moved} m
        WHERE m.role_mapping_ids IS NOT NULL HAVING count(*) > 0) t WHERE NOT t.done`;
    if (named === undefined) return members;
    return sql`${members} UNION ALL SELECT f.* FROM follow_group_names(${account}, ${named},
      ${actor.kind}::text, ${actor.id}::uuid, ${actor.name}::text, ${requestId}::text) f WHERE ${named} <> '{}'`;
  },
  settle: (accountId) => sql`SELECT d.* FROM drop_group_roles(${accountId}::uuid) d`,
};

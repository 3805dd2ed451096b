import { sql } from 'kysely';
import type { MembersFollower } from '../followers/members-follower.ts';

/** Roles follow from who is in the groups of identity providers. */
export const groupRolesFollower: MembersFollower = {
  begin: ({ accountId, teams, people, everybody = false, names, connectionId, ...asking }) => sql`
    hold_group_members(${accountId}::uuid, ${teams}, ${people ?? sql`NULL`}, ${sql.lit(everybody)}, ${names ?? sql`NULL`},
      ${connectionId}::uuid, ${asking.permissions}::text[], ${asking.credentialId}::uuid)`,
  follow({ authorship: { accountId, actor, requestId }, teams, people, named }) {
    const by = sql`${actor.kind}::text, ${actor.id}::uuid, ${actor.name}::text, ${requestId}::text`;
    // Without names there are only members to follow.
    return named === undefined
      ? sql`SELECT f.* FROM keep_group_roles(${accountId}::uuid, ${teams}, ${people}, ${by}) f`
      : sql`SELECT f.* FROM follow_members(${accountId}::uuid, ${teams}, ${people}, ${named}, ${by}) f`;
  },
  settle: (accountId) => sql`SELECT d.* FROM drop_group_roles(${accountId}::uuid) d`,
};

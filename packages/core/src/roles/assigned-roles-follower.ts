import { sql } from 'kysely';
import type { Follower } from '../followers/follower.ts';
import { keepAssigned } from './assigned-roles.statements.ts';

/** The attribute in which identity providers say what roles somebody has. */
const ROLES = 'directoryRoles';

/** Roles follow from what identity providers say of people in `roles`. */
export const assignedRolesFollower: Follower = {
  mayFollowFrom: (attributes) => attributes.includes(ROLES),
  begin: (accountId, attributes = [ROLES]) =>
    attributes.includes(ROLES) ? sql`begin_assigned_roles(${accountId}::uuid)` : sql`NULL::boolean`,
  // What is no identity provider's word gives no role, and nobody else takes one by it.
  follow: ({ authorship: { accountId, connectionId, actor, requestId }, id }) => sql`
    SELECT k.* FROM keep_assigned_roles(${accountId}::uuid, ARRAY[${id}]::uuid[], ${connectionId}::uuid IS NOT NULL,
      ${actor.kind}::text, ${actor.id}::uuid, ${actor.name}::text, ${requestId}::text) k`,
  hold: (accountId) => sql`coalesce(begin_assigned_roles(${accountId}::uuid), false)`,
  async keep(db, authorship, userIds) {
    await keepAssigned(authorship, userIds, { mayTake: authorship.connectionId !== null }).execute(db);
  },
};

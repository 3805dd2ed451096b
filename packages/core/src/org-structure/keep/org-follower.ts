import { sql } from 'kysely';
import type { Follower } from '../../followers/follower.ts';
import { teamAttributeNames } from '../settings/team-attribute.ts';
import { keepStructure } from './keep-structure.ts';

/** Teams follow from department and manager. */
export const orgFollower: Follower = {
  mayFollowFrom: (attributes) => attributes.some((attribute) => teamAttributeNames.has(attribute)),
  begin(accountId, attributes) {
    const list = attributes === undefined ? sql`NULL` : sql.raw(`'{${attributes.join(',')}}'`);
    return sql`org_begin(${accountId}::uuid, ${list}::text[])`;
  },
  follow: ({ accountId, id, begun }) => sql`
    SELECT CASE WHEN o.joins THEN 'TEAM_MEMBER_ADDED' ELSE 'TEAM_MEMBER_REMOVED' END, 'TEAM', o.team_id, o.team_name, 'USER',
      ${id}, o.user_label, '[]'::jsonb FROM org_follow(${accountId}::uuid, ${id}, ${begun}) o ORDER BY o.joins, o.team_name`,
  hold: (accountId) => sql`org_turn(${accountId}::uuid, true)`,
  keep: keepStructure,
};

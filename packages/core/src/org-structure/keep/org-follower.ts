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
  follow: ({ authorship: { accountId }, id, begun }) => sql`
    SELECT o.type, 'TEAM', o.team_id, o.team_name, CASE WHEN o.user_label IS NOT NULL THEN 'USER' END,
      CASE WHEN o.user_label IS NOT NULL THEN ${id} END, o.user_label, o.changes
    FROM org_follow(${accountId}::uuid, ${id}, ${begun}) o`,
  hold: (accountId) => sql`hold_org_structure(${accountId}::uuid, true)`,
  keep: keepStructure,
};

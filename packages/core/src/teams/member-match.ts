import { sql } from 'kysely';
import {
  allOf,
  type Combined,
  type Condition,
  combinedConditions,
  type IdentifierFilter,
  identifierCondition,
  type TextFilter,
  textCondition,
} from '../filters/scalar-filters.ts';
import type { MemberTypeName } from './team-record.ts';

/** What one member must satisfy, all of it at once. */
export interface MemberMatch extends Combined<MemberMatch> {
  id?: IdentifierFilter | null;
  displayName?: TextFilter | null;
  type?: MemberTypeName | null;
}

/**
 * Has the account's team `t` such a member? One list of members, and not an EXISTS for each team: so PostgreSQL can begin
 * at the member. The list names the account itself, since within an "or" or a "not" it is made before the teams are known.
 */
export const hasMemberLike = (match: MemberMatch, accountId: string): Condition => sql`t.id IN (
    SELECT member.team_id FROM (
      SELECT m.team_id, m.user_id AS id, 'USER' AS type, coalesce(u.display_name, u.user_name) AS display_name
        FROM memberships m JOIN users u ON u.account_id = m.account_id AND u.id = m.user_id
        WHERE m.account_id = ${accountId}::uuid
      UNION ALL SELECT n.team_id, n.nested_id, 'TEAM', nested.display_name
        FROM nested_teams n JOIN teams nested ON nested.account_id = n.account_id AND nested.id = n.nested_id
        WHERE n.account_id = ${accountId}::uuid) AS member
    WHERE ${matchCondition(match)})`;

function matchCondition(match: MemberMatch): Condition {
  const conditions = combinedConditions<MemberMatch>(match, matchCondition);
  if (match.id != null) conditions.push(identifierCondition(sql`member.id`, match.id));
  if (match.displayName != null)
    conditions.push(textCondition(sql`member.display_name`, match.displayName, { exact: false }));
  if (match.type != null) conditions.push(sql`member.type = ${match.type}`);
  return allOf(conditions);
}

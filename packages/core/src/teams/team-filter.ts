import { sql } from 'kysely';
import {
  allOf,
  type Combined,
  type Condition,
  combinedConditions,
  type IdentifierFilter,
  identifierCondition,
  type OrderedFilter,
  orderedCondition,
  someIdentifierCondition,
  type TextFilter,
  textCondition,
} from '../filters/scalar-filters.ts';
import type { TeamOriginName } from '../model/team.entity.ts';
import { hasMemberLike, type MemberMatch } from './member-match.ts';
import type { MemberTypeName } from './team-record.ts';

interface MembersFilter {
  some?: MemberMatch | null;
  someId?: IdentifierFilter | null;
  type?: MemberTypeName | null;
  isPresent?: boolean | null;
}

/** Conditions on a team; all that is said must hold. */
export interface TeamFilter extends Combined<TeamFilter> {
  search?: string | null;
  id?: IdentifierFilter | null;
  displayName?: TextFilter | null;
  externalId?: TextFilter | null;
  origin?: TeamOriginName | null;
  connectionId?: IdentifierFilter | null;
  parentId?: IdentifierFilter | null;
  members?: MembersFilter | null;
  nestedIn?: IdentifierFilter | null;
  version?: OrderedFilter<number> | null;
  createdAt?: OrderedFilter<Date> | null;
  updatedAt?: OrderedFilter<Date> | null;
}

/** The filter as a condition on `teams t` of the account. */
export function teamCondition(filter: TeamFilter, accountId: string): Condition {
  const conditions = combinedConditions<TeamFilter>(filter, (part) => teamCondition(part, accountId));
  const add = <Part>(part: Part | null | undefined, condition: (part: Part) => Condition): void => {
    if (part != null) conditions.push(condition(part));
  };
  add(filter.search, (text) =>
    textCondition(sql`t.display_name`, { contains: text.trim() }, { exact: false }),
  );
  add(filter.id, (part) => identifierCondition(sql`t.id`, part));
  add(filter.displayName, (part) => textCondition(sql`t.display_name`, part, { exact: false }));
  add(filter.externalId, (part) => textCondition(sql`t.external_id`, part, { exact: true }));
  add(filter.origin, (origin) => sql`t.origin = ${origin}`);
  add(filter.connectionId, (part) => identifierCondition(sql`t.connection_id`, part));
  add(filter.parentId, (part) => identifierCondition(sql`t.parent_id`, part));
  add(filter.members, (part) => membersCondition(part, accountId));
  add(filter.nestedIn, (part) => nestedCondition(part, accountId));
  add(filter.version, (part) => orderedCondition(sql`t.version`, part, 'int'));
  add(filter.createdAt, (part) => orderedCondition(sql`t.created_at`, part, 'timestamptz'));
  add(filter.updatedAt, (part) => orderedCondition(sql`t.updated_at`, part, 'timestamptz'));
  return allOf(conditions);
}

const nestedCondition = (filter: IdentifierFilter, accountId: string): Condition =>
  someIdentifierCondition(
    (satisfies) => sql`t.id IN (SELECT n.nested_id FROM nested_teams n
      WHERE n.account_id = ${accountId}::uuid AND ${satisfies(sql`n.team_id`)})`,
    filter,
  );

function membersCondition({ some, someId, type, isPresent }: MembersFilter, accountId: string): Condition {
  const conditions = someId == null ? [] : [memberIdCondition(type, someId, accountId)];
  if (some != null) conditions.push(hasMemberLike(some, accountId));
  if (isPresent != null) conditions.push(isPresent ? hasAnybody(type) : sql`NOT ${hasAnybody(type)}`);
  return allOf(conditions);
}

type TypeOfMember = MemberTypeName | null | undefined;

// The ids of the teams as one list, and not an EXISTS for each type: so PostgreSQL begins at the member.
function memberIdCondition(type: TypeOfMember, filter: IdentifierFilter, accountId: string): Condition {
  return someIdentifierCondition((satisfies) => {
    const people = sql`SELECT m.team_id FROM memberships m WHERE m.account_id = ${accountId}::uuid AND ${satisfies(sql`m.user_id`)}`;
    const teams = sql`SELECT n.team_id FROM nested_teams n WHERE n.account_id = ${accountId}::uuid AND ${satisfies(sql`n.nested_id`)}`;
    const both = sql`${people} UNION ALL ${teams}`;
    return sql`t.id IN (${type === 'USER' ? people : type === 'TEAM' ? teams : both})`;
  }, filter);
}

function hasAnybody(type: TypeOfMember): Condition {
  const people = sql`EXISTS (SELECT FROM memberships m WHERE m.account_id = t.account_id AND m.team_id = t.id)`;
  const teams = sql`EXISTS (SELECT FROM nested_teams n WHERE n.account_id = t.account_id AND n.team_id = t.id)`;
  return type === 'USER' ? people : type === 'TEAM' ? teams : sql`(${people} OR ${teams})`;
}

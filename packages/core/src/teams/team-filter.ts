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
  type TextFilter,
  textCondition,
} from '../filters/scalar-filters.ts';
import type { TeamOriginName } from './team.entity.ts';

/** Conditions on a team; all that is said must hold. */
export interface TeamFilter extends Combined<TeamFilter> {
  search?: string | null;
  id?: IdentifierFilter | null;
  displayName?: TextFilter | null;
  externalId?: TextFilter | null;
  origin?: TeamOriginName | null;
  connectionId?: IdentifierFilter | null;
  parentId?: IdentifierFilter | null;
  members?: { someId?: IdentifierFilter | null; isPresent?: boolean | null } | null;
  version?: OrderedFilter<number> | null;
  createdAt?: OrderedFilter<Date> | null;
  updatedAt?: OrderedFilter<Date> | null;
}

/** The filter as a condition on `teams t`. */
export function teamCondition(filter: TeamFilter): Condition {
  const conditions = combinedConditions<TeamFilter>(filter, teamCondition);
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
  add(filter.members, membersCondition);
  add(filter.version, (part) => orderedCondition(sql`t.version`, part, 'int'));
  add(filter.createdAt, (part) => orderedCondition(sql`t.created_at`, part, 'timestamptz'));
  add(filter.updatedAt, (part) => orderedCondition(sql`t.updated_at`, part, 'timestamptz'));
  return allOf(conditions);
}

function membersCondition({ someId, isPresent }: NonNullable<TeamFilter['members']>): Condition {
  const some = (match: Condition) =>
    sql`EXISTS (SELECT FROM memberships m WHERE m.account_id = t.account_id AND m.team_id = t.id AND ${match})`;
  const conditions = someId == null ? [] : [some(identifierCondition(sql`m.user_id`, someId))];
  if (isPresent != null) conditions.push(isPresent ? some(sql`true`) : sql`NOT ${some(sql`true`)}`);
  return allOf(conditions);
}

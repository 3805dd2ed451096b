import { sql } from 'kysely';
import { type AttributeDefinitions, noDefinitions } from '../custom-attributes/definitions.ts';
import type { InSql } from '../database/statement.ts';
import {
  allOf,
  anyOf,
  type Combined,
  type Condition,
  combinedConditions,
  equalsText,
  type IdentifierFilter,
  identifierCondition,
  type OrderedFilter,
  orderedCondition,
  someIdentifierCondition,
  type TextFilter,
  type TruthFilter,
  textCondition,
  truthCondition,
} from '../filters/scalar-filters.ts';
import type { UserStatusName } from '../model/user.ts';
import { listAttributes, nameParts, textAttributes, userName } from '../model/user-attributes.ts';
import { isUuid } from '../text/uuid.ts';
import { type CustomAttributeFilter, customAttributeCondition } from './custom-attribute-filter.ts';
import { hasEmail, type ListFilter, listCondition } from './list-filter.ts';
import { fromTeamsOf, listSeenBy, managerDisplayName } from './user-record.ts';

type ListField = (typeof listAttributes)[number]['field'];
type TextField = (typeof textAttributes)[number]['field'];
type NamePart = (typeof nameParts)[number]['field'];

export type NameFilter = { [Part in NamePart]?: TextFilter | null } & { isPresent?: boolean | null };

export interface TeamMatch extends Combined<TeamMatch> {
  id?: IdentifierFilter | null;
  displayName?: TextFilter | null;
}

/** Conditions on a user; all that is said must hold. */
export interface UserFilter
  extends Combined<UserFilter>,
    Partial<Record<TextField, TextFilter | null>>,
    Partial<Record<ListField, ListFilter | null>> {
  search?: string | null;
  id?: IdentifierFilter | null;
  userName?: TextFilter | null;
  externalId?: TextFilter | null;
  active?: TruthFilter | null;
  status?: UserStatusName | null;
  name?: NameFilter | null;
  managerId?: IdentifierFilter | null;
  managerReference?: TextFilter | null;
  managerDisplayName?: TextFilter | null;
  teams?: { some?: TeamMatch | null; isPresent?: boolean | null } | null;
  roleId?: IdentifierFilter | null;
  version?: OrderedFilter<number> | null;
  createdAt?: OrderedFilter<Date> | null;
  updatedAt?: OrderedFilter<Date> | null;
  customAttribute?: CustomAttributeFilter | null;
}

const u = (column: string): Condition => sql.ref(`u.${column}`);

/** The filter as a condition on `users u`, seen from the viewer's connection; `definitions` are the account's. */
export function userCondition(
  filter: UserFilter,
  connectionId: string | null,
  definitions: AttributeDefinitions = noDefinitions,
): Condition {
  const conditions = combinedConditions<UserFilter>(filter, (part) =>
    userCondition(part, connectionId, definitions),
  );
  const add = <Part>(part: Part | null | undefined, condition: (part: Part) => Condition): void => {
    if (part != null) conditions.push(condition(part));
  };
  add(filter.search, searchCondition);
  add(filter.id, (part) => identifierCondition(u('id'), part));
  add(filter.status, (status) => sql`u.status = ${status}`);
  add(filter.active, (part) => truthCondition(sql`(u.status = 'ACTIVE')`, part));
  add(filter.userName, (part) => textCondition(u(userName.column), part, { exact: false }));
  add(filter.externalId, (part) => externalIdCondition(part, connectionId));
  add(filter.name, nameCondition);
  for (const { field, column, kind } of textAttributes) {
    add(filter[field], (part) => textCondition(u(column), part, { exact: kind === 'exact' }));
  }
  for (const { field, column } of listAttributes) {
    add(filter[field], (part) => listCondition(column, listSeenBy('u', column, connectionId), part));
  }
  add(filter.managerId, (part) => identifierCondition(u('manager_id'), part));
  add(filter.managerReference, managerReferenceCondition);
  add(filter.managerDisplayName, (part) => textCondition(managerDisplayName('u'), part, { exact: false }));
  add(filter.teams, (part) => teamsCondition(part, connectionId));
  add(filter.roleId, roleCondition);
  add(filter.version, (part) => orderedCondition(u('version'), part, 'int'));
  add(filter.createdAt, (part) => orderedCondition(u('created_at'), part, 'timestamptz'));
  add(filter.updatedAt, (part) => orderedCondition(u('updated_at'), part, 'timestamptz'));
  add(filter.customAttribute, (part) => customAttributeCondition(definitions, part));
  return allOf(conditions);
}

/** What a person types into a search box: a part of a name, userName or e-mail address. */
function searchCondition(search: string): Condition {
  const contains = { contains: search.trim() };
  return anyOf([
    ...['user_name', 'display_name', 'name_family_name'].map((column) =>
      textCondition(u(column), contains, { exact: false }),
    ),
    hasEmail(search.trim()),
  ]);
}

function nameCondition(name: NameFilter): Condition {
  const conditions = nameParts.flatMap(({ field, column }) => {
    const part = name[field];
    return part == null ? [] : [textCondition(u(column), part, { exact: false })];
  });
  if (name.isPresent != null) {
    const some = sql`num_nonnulls(${sql.join(nameParts.map(({ column }) => u(column)))}) > 0`;
    conditions.push(name.isPresent ? some : sql`NOT (${some})`);
  }
  return allOf(conditions);
}

/** Is it whom the connection calls so? */
export const hasExternalId = (connectionId: InSql<string | null>, externalId: InSql<string>): Condition =>
  sql`u.id IN (SELECT x.user_id FROM user_external_ids x WHERE x.account_id = u.account_id
      AND x.connection_id = ${connectionId}::uuid AND x.external_id = ${externalId})`;

/** Is it whoever has this userName, in any case? */
export const hasUserName = (name: InSql<string>): Condition =>
  equalsText(u(userName.column), name, { exact: false });

function externalIdCondition(filter: TextFilter, connectionId: string | null): Condition {
  const own = sql`user_external_ids x WHERE x.account_id = u.account_id AND x.connection_id = ${connectionId}::uuid AND x.user_id = u.id`;
  const { equals, ...rest } = filter;
  const conditions = equals == null ? [] : [hasExternalId(connectionId, equals)];
  if (Object.values(rest).some((value) => value != null)) {
    conditions.push(textCondition(sql`(SELECT x.external_id FROM ${own})`, rest, { exact: true }));
  }
  return allOf(conditions);
}

/** The manager's id, or how they were named while nobody answers to it; each is found by an index of its own. */
function managerReferenceCondition({ equals, ...rest }: TextFilter): Condition {
  const others = textCondition(sql`coalesce(u.manager_id::text, u.manager_value)`, rest, { exact: true });
  if (equals == null) return others;
  const pending = sql`(u.manager_id IS NULL AND u.manager_value = ${equals}
    AND fold(u.manager_value) = fold(${equals}::text))`;
  return allOf([isUuid(equals) ? anyOf([sql`u.manager_id = ${equals}::uuid`, pending]) : pending, others]);
}

function teamsCondition(filter: NonNullable<UserFilter['teams']>, connectionId: string | null): Condition {
  const some = (match: Condition) => sql`EXISTS (SELECT ${fromTeamsOf('u', connectionId)} AND ${match})`;
  const conditions = filter.some == null ? [] : [some(teamMatchCondition(filter.some))];
  if (filter.isPresent != null)
    conditions.push(filter.isPresent ? some(sql`true`) : sql`NOT ${some(sql`true`)}`);
  return allOf(conditions);
}

function teamMatchCondition(match: TeamMatch): Condition {
  const conditions = combinedConditions<TeamMatch>(match, teamMatchCondition);
  if (match.id != null) conditions.push(identifierCondition(sql`t.id`, match.id));
  if (match.displayName != null)
    conditions.push(textCondition(sql`t.display_name`, match.displayName, { exact: false }));
  return allOf(conditions);
}

const roleCondition = (filter: IdentifierFilter): Condition =>
  someIdentifierCondition(
    (satisfies) => sql`EXISTS (SELECT FROM roles r, LATERAL holders_of(r.account_id, r.id) g
      WHERE r.account_id = u.account_id AND g.user_id = u.id AND ${satisfies(sql`r.id`)})`,
    filter,
  );

import { sql } from 'kysely';
import { columnsOf } from '../database/columns.ts';
import type { Sql } from '../database/database.ts';
import { checkAskedTexts } from '../filters/asked-texts.ts';
import {
  allOf,
  always,
  type Combined,
  type Condition,
  combinedConditions,
  type IdentifierFilter,
  identifierCondition,
  type OrderedFilter,
  orderedCondition,
  type TextFilter,
  type TruthFilter,
  textCondition,
  truthCondition,
} from '../filters/scalar-filters.ts';
import type { OrderKey } from '../pages/list-order.ts';
import { type Page, type PageRequest, readPage } from '../pages/page.ts';
import { counted } from '../text/counted-text.ts';
import { type RoleRecord, roleColumns } from './role-record.ts';

/** A role as the identity provider of a connection is told of it. */
export interface PublishedRole extends RoleRecord {
  readonly is_assignable: boolean;
}

/** Conditions on a role; all that is said must hold. */
export interface PublishedRoleFilter extends Combined<PublishedRoleFilter> {
  id?: IdentifierFilter | null;
  name?: TextFilter | null;
  description?: TextFilter | null;
  assignable?: TruthFilter | null;
  createdAt?: OrderedFilter<Date> | null;
}

/** How published roles are ordered; the field is one of `publishedRoleOrderFields`. */
export interface PublishedRoleOrder {
  readonly field: keyof typeof publishedRoleOrderFields;
  readonly direction: 'ASC' | 'DESC';
}

/** Everything that published roles can be ordered by, by its name in `PublishedRoleOrderField`. */
export const publishedRoleOrderFields = {
  ID: { description: 'By id, which is the order in which they were made.', type: 'text' },
  NAME: {
    description: 'By name, in the order of the alphabet.',
    expression: counted(sql`r.name`, { exact: false }),
    type: 'text',
  },
  DESCRIPTION: {
    description: 'By description.',
    expression: counted(sql`r.description`, { exact: false }),
    type: 'text',
    nullable: true,
  },
  ASSIGNABLE: {
    description: 'By whether the identity provider may give them: those come last.',
    type: 'text',
  },
  CREATED_AT: { description: 'By when they were made.', expression: sql`r.created_at`, type: 'timestamptz' },
} satisfies Record<string, OrderKey & { readonly description: string }>;

export interface PublishedRoleRequest extends PageRequest {
  filter?: PublishedRoleFilter | null;
  orderBy?: PublishedRoleOrder | null;
}

/** A page of the account's roles, each with whether the identity provider of the connection may assign it. */
export function listPublishedRoles(
  db: Sql,
  accountId: string,
  connectionId: string,
  { filter, orderBy, ...page }: PublishedRoleRequest,
): Promise<Page<PublishedRole>> {
  checkAskedTexts(filter, 'filter');
  const isAssignable = sql`EXISTS (SELECT FROM assignable_roles a WHERE a.account_id = r.account_id
    AND a.connection_id = ${connectionId}::uuid AND a.role_id = r.id)`;
  const { field, direction } = orderBy ?? { field: 'ID', direction: 'ASC' };
  return readPage<PublishedRole>(
    db,
    {
      from: sql`roles r`,
      scope: sql`r.account_id = ${accountId}::uuid`,
      where: filter == null ? always : roleCondition(filter, isAssignable),
      id: sql`r.id`,
      selection: sql`${columnsOf('r', roleColumns)}, ${isAssignable} AS is_assignable`,
    },
    {
      name: field,
      descending: direction === 'DESC',
      ...publishedRoleOrderFields[field],
      ...(field === 'ASSIGNABLE' && { expression: sql`(${isAssignable})::text` }),
    },
    page,
  );
}

/** The filter as a condition on `roles r`. */
function roleCondition(filter: PublishedRoleFilter, isAssignable: Condition): Condition {
  const conditions = combinedConditions<PublishedRoleFilter>(filter, (part) =>
    roleCondition(part, isAssignable),
  );
  const { id, name, description, assignable, createdAt } = filter;
  if (id != null) conditions.push(identifierCondition(sql`r.id`, id));
  if (name != null) conditions.push(textCondition(sql`r.name`, name, { exact: false }));
  if (description != null) conditions.push(textCondition(sql`r.description`, description, { exact: false }));
  if (assignable != null) conditions.push(truthCondition(isAssignable, assignable));
  if (createdAt != null) conditions.push(orderedCondition(sql`r.created_at`, createdAt, 'timestamptz'));
  return allOf(conditions);
}

import { sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import { allOf, type Condition } from '../filters/scalar-filters.ts';
import { type ListOrder, type Page, type PageRequest, readPage } from '../pages/page.ts';
import { type UserFilter, userCondition } from './user-filter.ts';
import { type RecordOptions, recordSelection, type UserRecord } from './user-record.ts';

export const userOrderFields = [
  'ID',
  'USER_NAME',
  'DISPLAY_NAME',
  'FAMILY_NAME',
  'CREATED_AT',
  'UPDATED_AT',
] as const;
export type UserOrderFieldName = (typeof userOrderFields)[number];

export interface UserListRequest extends PageRequest {
  filter?: UserFilter | null;
  orderBy?: { field: UserOrderFieldName; direction: 'ASC' | 'DESC' } | null;
}

const expressions: Record<UserOrderFieldName, Pick<ListOrder, 'expression' | 'type'>> = {
  ID: { type: 'text' },
  USER_NAME: { expression: sql`lower(u.user_name)`, type: 'text' },
  DISPLAY_NAME: { expression: sql`lower(coalesce(u.display_name, u.user_name))`, type: 'text' },
  FAMILY_NAME: { expression: sql`lower(coalesce(u.name_family_name, ''))`, type: 'text' },
  CREATED_AT: { expression: sql`u.created_at`, type: 'timestamptz' },
  UPDATED_AT: { expression: sql`u.updated_at`, type: 'timestamptz' },
};

/** A page of the account's users; deprovisioned ones only where the filter names that status. */
export function listUsers(
  db: Sql,
  accountId: string,
  request: UserListRequest,
  options: RecordOptions,
): Promise<Page<UserRecord>> {
  const { filter, orderBy } = request;
  const { field, direction } = orderBy ?? { field: 'ID', direction: 'ASC' };
  const present: Condition[] =
    filter?.status === 'DEPROVISIONED' && options.connectionId === null
      ? []
      : [sql`u.status <> 'DEPROVISIONED'`];
  return readPage<UserRecord>(
    db,
    {
      from: sql`users u`,
      scope: sql`u.account_id = ${accountId}::uuid`,
      where: allOf([...present, ...(filter == null ? [] : [userCondition(filter, options.connectionId)])]),
      id: sql`u.id`,
      selection: recordSelection('u', options),
    },
    { name: field, descending: direction === 'DESC', ...expressions[field] },
    request,
  );
}

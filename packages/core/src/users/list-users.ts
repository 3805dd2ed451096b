import { sql } from 'kysely';
import { type AttributeDefinitions, noDefinitions } from '../custom-attributes/definitions.ts';
import type { Sql } from '../database/database.ts';
import { checkAskedTexts } from '../filters/asked-texts.ts';
import { allOf, type Condition } from '../filters/scalar-filters.ts';
import { type Page, type PageRequest, readPage } from '../pages/page.ts';
import { type UserFilter, userCondition } from './user-filter.ts';
import { type UserOrder, userListOrder } from './user-order.ts';
import { type RecordOptions, recordSelection, type UserRecord } from './user-record.ts';

export interface UserListRequest extends PageRequest {
  filter?: UserFilter | null;
  orderBy?: UserOrder | null;
  /** The account's custom attributes, where the filter or the order names one. */
  definitions?: AttributeDefinitions;
}

/** A page of the account's users; deprovisioned ones only where the filter names that status. */
export function listUsers(
  db: Sql,
  accountId: string,
  request: UserListRequest,
  options: RecordOptions,
): Promise<Page<UserRecord>> {
  const { filter, orderBy, definitions } = request;
  checkAskedTexts(filter, 'filter');
  const present: Condition[] =
    filter?.status === 'DEPROVISIONED' && options.connectionId === null
      ? []
      : [sql`u.status <> 'DEPROVISIONED'`];
  return readPage<UserRecord>(
    db,
    {
      from: sql`users u`,
      scope: sql`u.account_id = ${accountId}::uuid`,
      where: allOf([
        ...present,
        ...(filter == null ? [] : [userCondition(filter, options.connectionId, definitions)]),
      ]),
      id: sql`u.id`,
      selection: recordSelection('u', options),
    },
    userListOrder(
      orderBy ?? { field: 'ID', direction: 'ASC' },
      options.connectionId,
      definitions ?? noDefinitions,
    ),
    request,
  );
}

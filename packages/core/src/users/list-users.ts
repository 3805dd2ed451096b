import { sql } from 'kysely';
import { type AttributeDefinitions, noDefinitions } from '../custom-attributes/definitions.ts';
import type { Sql } from '../database/database.ts';
import type { Recorded } from '../database/record.ts';
import { defineStatements, type InSql, type Param } from '../database/statement.ts';
import { checkAskedTexts } from '../filters/asked-texts.ts';
import { allOf, type Condition } from '../filters/scalar-filters.ts';
import type { ListPosition } from '../pages/list-order.ts';
import {
  countStatement,
  type Page,
  type PagePart,
  type PageRequest,
  pageStatement,
  readPageBy,
} from '../pages/page.ts';
import { hasExternalId, hasUserName, type UserFilter, userCondition } from './user-filter.ts';
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
  const order = userListOrder(orderBy ?? byId, options.connectionId, definitions ?? noDefinitions);
  const sought = orderBy == null ? soughtBy(filter) : undefined;
  return readPageBy(
    db,
    {
      page: (part) =>
        sought !== undefined && part.from === undefined && !part.descending
          ? usualPage(shapeOf(sought, options), { accountId, ...options, ...sought, ...part })
          : pageStatement(
              { ...askedBy(accountId, request, options), selection: recordSelection('u', options) },
              order,
              part,
            ),
      count: () =>
        sought === undefined
          ? countStatement(askedBy(accountId, request, options))
          : usualCount(shapeOf(sought, options), { accountId, ...options, ...sought }),
    },
    order,
    request,
  );
}

const byId: UserOrder = { field: 'ID', direction: 'ASC' };

const present: Condition = sql`u.status <> 'DEPROVISIONED'`;

/** The users of an account whom all conditions allow. */
const usersWhere = (accountId: InSql<string>, conditions: readonly Condition[]) => ({
  from: sql`users u`,
  scope: sql`u.account_id = ${accountId}::uuid`,
  where: allOf(conditions),
  id: sql`u.id`,
});

function askedBy(
  accountId: string,
  { filter, definitions }: UserListRequest,
  { connectionId }: RecordOptions,
) {
  const seesAll = filter?.status === 'DEPROVISIONED' && connectionId === null;
  return usersWhere(accountId, [
    ...(seesAll ? [] : [present]),
    ...(filter == null ? [] : [userCondition(filter, connectionId, definitions)]),
  ]);
}

type Sought = { readonly by: 'all' } | { readonly by: 'userName' | 'externalId'; readonly text: string };

/** Whom identity providers ask for all day: everybody, or the one with a name; undefined for any other filter. */
function soughtBy(filter: UserFilter | null | undefined): Sought | undefined {
  const [only, ...others] = said(filter);
  if (only === undefined) return { by: 'all' };
  const [by, condition] = only;
  if (others.length > 0 || (by !== 'userName' && by !== 'externalId')) return undefined;
  const [comparison, ...more] = said(condition);
  if (comparison === undefined || more.length > 0) return undefined;
  const [operator, text] = comparison;
  return operator === 'equals' && typeof text === 'string' ? { by, text } : undefined;
}

/** What a filter says: what is null says nothing. */
const said = (filter: unknown): [string, unknown][] =>
  Object.entries(filter ?? {}).filter(([, part]) => part != null);

/** Which of the usual lists: the text of its statements depends on nothing else. */
interface Shape {
  readonly by: Sought['by'];
  readonly connected: boolean;
  readonly withTeams: boolean;
}

const shapeOf = ({ by }: Sought, { connectionId, withTeams }: RecordOptions): Shape => ({
  by,
  connected: connectionId !== null,
  withTeams,
});

interface UsualValues {
  readonly accountId: string;
  readonly connectionId: string | null;
  readonly text?: string;
}

function usualUsers({ by, connected }: Shape, param: Param<UsualValues>) {
  const conditions = {
    all: () => [],
    userName: () => [hasUserName(param('text'))],
    externalId: () => [hasExternalId(connected ? param('connectionId') : null, param('text'))],
  };
  return usersWhere(param('accountId'), [present, ...conditions[by]()]);
}

/** The usual pages, in the order of arrival. */
const usualPage = defineStatements<
  Shape,
  UsualValues & Pick<PagePart, 'offset' | 'limit'>,
  Recorded<UserRecord> & ListPosition
>((shape, param) => {
  const { connected, withTeams } = shape;
  const selection = recordSelection('u', {
    connectionId: connected ? param('connectionId') : null,
    withTeams,
  });
  const part = { descending: false, from: undefined, offset: param('offset'), limit: param('limit') };
  const order = userListOrder(byId, null, noDefinitions);
  return pageStatement({ ...usualUsers(shape, param), selection }, order, part);
});

/** How many there are on all usual pages. */
const usualCount = defineStatements<Shape, UsualValues, { count: number }>((shape, param) =>
  countStatement(usualUsers(shape, param)),
);

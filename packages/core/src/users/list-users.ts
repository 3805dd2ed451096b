import { sql } from 'kysely';
import { type AttributeDefinitions, noDefinitions } from '../custom-attributes/definitions.ts';
import type { Sql } from '../database/database.ts';
import type { Recorded } from '../database/record.ts';
import { defineStatements } from '../database/statement.ts';
import { checkAskedTexts } from '../filters/asked-texts.ts';
import { allOf, type Condition } from '../filters/scalar-filters.ts';
import type { ListPosition } from '../pages/list-order.ts';
import {
  countStatement,
  type ListSource,
  type Page,
  type PageRequest,
  pageStatement,
  readPageBy,
} from '../pages/page.ts';
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
  const order = userListOrder(orderBy ?? byId, options.connectionId, definitions ?? noDefinitions);
  const sought = orderBy == null ? soughtBy(filter) : undefined;
  return readPageBy(
    db,
    {
      page: (part) =>
        sought !== undefined && part.from === undefined && !part.descending
          ? usualPage(shapeOf(sought, options), { accountId, ...options, ...sought, ...part })
          : pageStatement(recordsOf(scopeOf(accountId, request, options), options), order, part),
      count: () =>
        sought === undefined
          ? countStatement(scopeOf(accountId, request, options))
          : usualCount(shapeOf(sought, options), { accountId, ...options, ...sought }),
    },
    order,
    request,
  );
}

const byId: UserOrder = { field: 'ID', direction: 'ASC' };

type ListScope = Omit<ListSource, 'selection'>;

function scopeOf(
  accountId: string,
  { filter, definitions }: UserListRequest,
  options: Pick<RecordOptions, 'connectionId'>,
): ListScope {
  const present: Condition[] =
    filter?.status === 'DEPROVISIONED' && options.connectionId === null
      ? []
      : [sql`u.status <> 'DEPROVISIONED'`];
  return {
    from: sql`users u`,
    scope: sql`u.account_id = ${accountId}::uuid`,
    where: allOf([
      ...present,
      ...(filter == null ? [] : [userCondition(filter, options.connectionId, definitions)]),
    ]),
    id: sql`u.id`,
  };
}

const recordsOf = (scope: ListScope, options: RecordOptions): ListSource => ({
  ...scope,
  selection: recordSelection('u', options),
});

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

type Sight = 'people' | 'a connection';
type Shape = `${Sought['by']} for ${Sight}` | `${Sought['by']} for ${Sight} with teams`;

const shapeOf = ({ by }: Sought, { connectionId, withTeams }: RecordOptions): Shape => {
  const shape = `${by} for ${connectionId === null ? 'people' : 'a connection'}` as const;
  return withTeams ? `${shape} with teams` : shape;
};

interface UsualValues {
  readonly accountId: string;
  readonly connectionId: string | null;
  readonly text?: string;
}

/** What a shape stands for, with values or what stands in for them. */
function usualScope(shape: Shape, { accountId, connectionId, text }: UsualValues) {
  const options = {
    connectionId: shape.includes('for a connection') ? connectionId : null,
    withTeams: shape.endsWith('with teams'),
  };
  const [by] = shape.split(' ');
  const filter = by === 'all' ? null : { [String(by)]: { equals: text } };
  return { scope: scopeOf(accountId, { filter }, options), options };
}

/** The usual pages, in the order of arrival. */
const usualPage = defineStatements<
  Shape,
  UsualValues & { readonly offset: number; readonly limit: number },
  Recorded<UserRecord> & ListPosition
>((shape) => (values) => {
  const { scope, options } = usualScope(shape, values);
  const { offset, limit } = values;
  const order = userListOrder(byId, options.connectionId, noDefinitions);
  const part = { descending: false, from: undefined, offset, limit };
  return pageStatement(recordsOf(scope, options), order, part);
});

/** How many there are on all usual pages. */
const usualCount = defineStatements<Shape, UsualValues, { count: number }>(
  (shape) => (values) => countStatement(usualScope(shape, values).scope),
);

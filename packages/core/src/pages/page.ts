import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import { asRecord, type Recorded } from '../database/record.ts';
import { type InSql, rowsOf, type Statement } from '../database/statement.ts';
import { DomainError, invalidInput } from '../errors/domain-error.ts';
import type { Condition } from '../filters/scalar-filters.ts';
import { afterPosition, inOrder, type ListOrder, type ListPosition, partsOf } from './list-order.ts';
import { readPageCursor, writePageCursor } from './page-cursor.ts';

export const DEFAULT_PAGE_SIZE = 50;
export const MAX_PAGE_SIZE = 500;
/** Of how many ids something can be read at once. */
export const MAX_IDS = 100;

/** Which part of a list: forwards (`first`, `after`), backwards (`last`, `before`), or from an `offset`. */
export interface PageRequest {
  first?: number | null;
  after?: string | null;
  last?: number | null;
  before?: string | null;
  offset?: number | null;
}

/** What is listed: rows of `from` within `scope` (the account's wall) that meet `where`, keyed by `id`. */
export interface ListSource {
  readonly from: RawBuilder<unknown>;
  readonly scope: Condition;
  readonly where: Condition;
  readonly id: Condition;
  readonly selection: RawBuilder<unknown>;
}

export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly cursors: readonly string[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  /** How many there are on all pages; costs a statement only when this page doesn't show it. */
  total(): Promise<number>;
}

/** Which rows of a list a page takes: up to `limit`, from an offset or beyond a place. */
export interface PagePart<Count = number> {
  readonly descending: boolean;
  readonly from: ListPosition | undefined;
  readonly offset: Count;
  readonly limit: Count;
}

/** What a list is read by. */
export interface ListStatements<Row> {
  page(part: PagePart): Statement<Recorded<Row> & ListPosition>;
  count(): Statement<{ count: number }>;
}

/** Reads one page. */
export const readPage = <Row>(
  db: Sql,
  source: ListSource,
  order: ListOrder,
  request: PageRequest,
): Promise<Page<Row>> =>
  readPageBy(
    db,
    { page: (part) => pageStatement<Row>(source, order, part), count: () => countStatement(source) },
    order,
    request,
  );

/** Reads one page of a list that has statements of its own. */
export async function readPageBy<Row>(
  db: Sql,
  statements: ListStatements<Row>,
  order: ListOrder,
  request: PageRequest,
): Promise<Page<Row>> {
  const { size, backwards, from, offset } = checkPageRequest(request, order);
  const descending = order.descending !== backwards;
  const found = await rowsOf(statements.page({ descending, from, offset, limit: size + 1 }), db);
  const more = found.length > size;
  const rows = found.slice(0, size);
  if (backwards) rows.reverse();
  const whole = from === undefined && !backwards && !more;
  return {
    rows: rows.map(({ record }) => record),
    cursors: rows.map((position) => writePageCursor(order, position)),
    hasNextPage: backwards ? from !== undefined : more,
    hasPreviousPage: backwards ? more : from !== undefined || offset > 0,
    total: () =>
      whole && (rows.length > 0 || offset === 0)
        ? Promise.resolve(offset + rows.length)
        : count(db, statements),
  };
}

async function count(db: Sql, statements: ListStatements<unknown>): Promise<number> {
  const [row] = await rowsOf(statements.count(), db);
  return row?.count ?? 0;
}

/**
 * Rows are chosen by key first and built afterwards, so that an offset skips keys and not records; each is found by its key,
 * however many PostgreSQL expects: of a limit that is told only later it expects a tenth of the table, and would read all.
 */
export function pageStatement<Row>(
  { from, scope, where, id, selection }: ListSource,
  order: ListOrder,
  { descending, from: start, offset, limit }: PagePart<InSql<number>>,
): RawBuilder<Recorded<Row> & ListPosition> {
  const key = order.expression ?? sql`NULL::text`;
  const beyond = start === undefined ? sql`` : sql`AND ${afterPosition(order, id, start, descending)}`;
  const parts = partsOf(order, id);
  const places = parts.map((_, place) => sql.ref(`place_${place}`));
  const placed = parts.map((part, place) => sql`${part} AS ${places[place]}`);
  return sql`
    SELECT page.page_id AS id, page.page_key AS key,
      ${asRecord(selection, sql`FROM ${from} WHERE ${id} = page.page_id AND ${scope}`)} FROM (
      SELECT ${id} AS page_id, ${key}::text AS page_key, ${sql.join(placed)}
      FROM ${from} WHERE ${scope} AND ${where} ${beyond} ORDER BY ${inOrder(places, descending)} OFFSET ${offset} LIMIT ${limit}
    ) AS page ORDER BY ${inOrder(places, descending)}`;
}

export const countStatement = ({
  from,
  scope,
  where,
}: Pick<ListSource, 'from' | 'scope' | 'where'>): RawBuilder<{ count: number }> =>
  sql`SELECT count(*)::int AS count FROM ${from} WHERE ${scope} AND ${where}`;

function checkPageRequest({ first, after, last, before, offset }: PageRequest, order: ListOrder) {
  if (last != null && (first != null || after != null || offset != null)) {
    throw invalidInput('last', 'goes with `before` alone. Leave out `first`, `after` and `offset`.');
  }
  if (before != null && last == null) throw invalidInput('before', 'goes with `last`. Send `last`.');
  if (after != null && offset != null)
    throw invalidInput('offset', 'does not go with `after`. Send one of them.');
  const size = last ?? first ?? DEFAULT_PAGE_SIZE;
  checkPageSize(size, last == null ? 'first' : 'last');
  if (offset != null && offset < 0) throw invalidInput('offset', 'can not be negative.');
  const cursor = last == null ? after : before;
  return {
    size,
    backwards: last != null,
    from: cursor == null ? undefined : readPageCursor(order, cursor, last == null ? 'after' : 'before'),
    offset: offset ?? 0,
  };
}

/** Throws LIMIT_EXCEEDED unless a page can be this long. */
export function checkPageSize(size: number, field: 'first' | 'last'): void {
  if (size >= 1 && size <= MAX_PAGE_SIZE) return;
  throw new DomainError('LIMIT_EXCEEDED', `${field}: is ${size}; it can be 1 to ${MAX_PAGE_SIZE}.`, {
    field,
    limit: MAX_PAGE_SIZE,
  });
}

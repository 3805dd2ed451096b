import { type RawBuilder, sql } from 'kysely';
import type { InSql } from '../database/statement.ts';
import { isUuid } from '../text/uuid.ts';

/** A condition on one text. All that is said inside must hold. */
export interface TextFilter {
  equals?: string | null;
  notEquals?: string | null;
  contains?: string | null;
  startsWith?: string | null;
  endsWith?: string | null;
  greaterThan?: string | null;
  greaterThanOrEqual?: string | null;
  lessThan?: string | null;
  lessThanOrEqual?: string | null;
  in?: string[] | null;
  isPresent?: boolean | null;
}

/** A condition on something with an order: a number or an instant. */
export interface OrderedFilter<Value> {
  equals?: Value | null;
  notEquals?: Value | null;
  greaterThan?: Value | null;
  greaterThanOrEqual?: Value | null;
  lessThan?: Value | null;
  lessThanOrEqual?: Value | null;
  isPresent?: boolean | null;
}

export interface IdentifierFilter {
  equals?: string | null;
  notEquals?: string | null;
  in?: string[] | null;
  isPresent?: boolean | null;
}

export interface TruthFilter {
  equals?: boolean | null;
  notEquals?: boolean | null;
  isPresent?: boolean | null;
}

/** A condition in SQL. */
export type Condition = RawBuilder<unknown>;

export const always: Condition = sql`true`;
const never: Condition = sql`false`;

export const allOf = (conditions: readonly Condition[]): Condition =>
  conditions.length === 0 ? always : sql`(${sql.join(conditions, sql` AND `)})`;

export const anyOf = (conditions: readonly Condition[]): Condition =>
  conditions.length === 0 ? never : sql`(${sql.join(conditions, sql` OR `)})`;

/** The one with this id, where one is asked for; what is no id is nobody's. */
export const isThis = (column: RawBuilder<unknown>, id: string | null | undefined): Condition[] =>
  id == null ? [] : [isUuid(id) ? sql`${column} = ${id}::uuid` : never];

/** Not, where "unknown" counts as false before it is turned round. */
const not = (condition: Condition): Condition => sql`(${condition}) IS NOT TRUE`;

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

type Comparison<Value> = (value: Value) => Condition;

/** Applies what a filter says; operators left out or null say nothing. */
function apply<Filter extends object>(
  filter: Filter,
  comparisons: { readonly [Key in keyof Filter]-?: Comparison<NonNullable<Filter[Key]>> },
): Condition {
  const conditions: Condition[] = [];
  for (const key of Object.keys(comparisons) as (keyof Filter)[]) {
    const value = filter[key];
    if (value != null) conditions.push(comparisons[key](value));
  }
  return allOf(conditions);
}

const presence =
  (column: Condition): Comparison<boolean> =>
  (present) =>
    present ? sql`${column} IS NOT NULL` : sql`${column} IS NULL`;

const comparable = (text: Condition, exact: boolean): Condition => (exact ? text : sql`fold(${text})`);

/** Does a text column say this? `exact` regards case. */
export const equalsText = (
  column: Condition,
  text: InSql<string>,
  { exact }: { exact: boolean },
): Condition => sql`${comparable(column, exact)} = ${comparable(sql`${text}::text`, exact)}`;

/** A text column's condition; `exact` regards case (RFC 7643 §2.2 caseExact). An empty text counts as absent nowhere. */
export function textCondition(
  column: Condition,
  filter: TextFilter,
  { exact }: { exact: boolean },
): Condition {
  const folded = (text: Condition) => comparable(text, exact);
  const side = folded(column);
  const value = (text: string) => folded(sql`${text}::text`);
  const like = (pattern: string) => sql`${side} LIKE ${value(pattern)}`;
  // Character by character, whatever the database's own locale is.
  const ordered = (operator: Condition) => (text: string) =>
    sql`${side} ${operator} ${value(text)} COLLATE "C"`;
  return apply(filter, {
    equals: (text) => equalsText(column, text, { exact }),
    notEquals: (text) => sql`${side} IS DISTINCT FROM ${value(text)}`,
    contains: (text) => like(`%${escapeLike(text)}%`),
    startsWith: (text) => like(`${escapeLike(text)}%`),
    endsWith: (text) => like(`%${escapeLike(text)}`),
    greaterThan: ordered(sql`>`),
    greaterThanOrEqual: ordered(sql`>=`),
    lessThan: ordered(sql`<`),
    lessThanOrEqual: ordered(sql`<=`),
    in: (texts) => sql`${side} = ANY(${folded(sql`${texts}::text[]::text`)}::text[])`,
    isPresent: presence(column),
  });
}

/** A uuid column's condition, compared as uuid so that an index answers it. Text that is no UUID equals nothing. */
export function identifierCondition(column: Condition, filter: IdentifierFilter): Condition {
  return apply(filter, {
    equals: (id) => (isUuid(id) ? sql`${column} = ${id}::uuid` : never),
    notEquals: (id) => (isUuid(id) ? sql`${column} IS DISTINCT FROM ${id}::uuid` : always),
    in: (ids) => sql`${column} = ANY(${ids.filter(isUuid)}::uuid[])`,
    isPresent: presence(column),
  });
}

/**
 * The condition on several ids, such as those of a person's roles; `some` tells that one of them satisfies something. As of a
 * single id, `notEquals` denies `equals`, and who has none has nothing present.
 */
export function someIdentifierCondition(
  some: (satisfies: (id: Condition) => Condition) => Condition,
  { equals, notEquals, in: among, isPresent }: IdentifierFilter,
): Condition {
  const is = (filter: IdentifierFilter) => some((id) => identifierCondition(id, filter));
  const conditions: Condition[] = [];
  if (equals != null || among != null) conditions.push(is({ equals, in: among }));
  if (notEquals != null) conditions.push(not(is({ equals: notEquals })));
  if (isPresent != null) conditions.push(isPresent ? is({}) : not(is({})));
  return allOf(conditions);
}

/** A number's or an instant's condition; `cast` is the column's type. */
export function orderedCondition<Value>(
  column: Condition,
  filter: OrderedFilter<Value>,
  cast: 'int' | 'numeric' | 'timestamptz',
): Condition {
  const typed = (value: Value) => sql`${value}::${sql.raw(cast)}`;
  return apply(filter, {
    equals: (value) => sql`${column} = ${typed(value)}`,
    notEquals: (value) => sql`${column} IS DISTINCT FROM ${typed(value)}`,
    greaterThan: (value) => sql`${column} > ${typed(value)}`,
    greaterThanOrEqual: (value) => sql`${column} >= ${typed(value)}`,
    lessThan: (value) => sql`${column} < ${typed(value)}`,
    lessThanOrEqual: (value) => sql`${column} <= ${typed(value)}`,
    isPresent: presence(column),
  });
}

/** A boolean expression's condition. */
export function truthCondition(expression: Condition, filter: TruthFilter): Condition {
  return apply(filter, {
    equals: (value) => sql`${expression} IS ${sql.raw(value ? 'TRUE' : 'FALSE')}`,
    notEquals: (value) => sql`${expression} IS NOT ${sql.raw(value ? 'TRUE' : 'FALSE')}`,
    isPresent: presence(expression),
  });
}

/** A filter that can be combined out of others. */
export interface Combined<Filter> {
  and?: Filter[] | null;
  or?: Filter[] | null;
  not?: Filter | null;
}

/** The and, or and not of a filter, each part turned into SQL by `condition`. */
export function combinedConditions<Filter extends Combined<Filter>>(
  filter: Filter,
  condition: (part: Filter) => Condition,
): Condition[] {
  return [
    ...(filter.and == null ? [] : [allOf(filter.and.map(condition))]),
    ...(filter.or == null ? [] : [anyOf(filter.or.map(condition))]),
    ...(filter.not == null ? [] : [not(condition(filter.not))]),
  ];
}

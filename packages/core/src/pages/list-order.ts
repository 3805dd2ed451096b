import { sql } from 'kysely';
import type { Condition } from '../filters/scalar-filters.ts';

/** What a list is ordered by; `type` is the column type that the text of a cursor is turned back into. */
export interface OrderKey {
  /** The expression ordered by; undefined for id alone. */
  readonly expression?: Condition;
  readonly type: KeyType;
  /** Can the expression be NULL? Then those without a value come last, and first when descending (RFC 7644 §3.4.2.3). */
  readonly nullable?: boolean;
}

export type KeyType = 'text' | 'timestamptz' | 'int' | 'numeric';

/** How a list is ordered; ties are broken by id. */
export interface ListOrder extends OrderKey {
  /** Names the order in cursors, so that one of another order is refused. */
  readonly name: string;
  readonly descending: boolean;
}

/** The place of a row in an order. */
export interface ListPosition {
  readonly key: string | null;
  readonly id: string;
}

/** Stands where there is no value, so that places are compared as whole rows, which an index can answer. */
const placeholders: Record<KeyType, string> = { text: '', timestamptz: 'epoch', int: '0', numeric: '0' };

/** What is compared, in this order. */
export function partsOf({ expression, type, nullable }: OrderKey, id: Condition): Condition[] {
  if (expression === undefined) return [id];
  if (nullable !== true) return [expression, id];
  return [
    sql`(${expression} IS NULL)`,
    sql`coalesce(${expression}, ${sql.lit(placeholders[type])}::${sql.raw(type)})`,
    id,
  ];
}

/** The place with which the parts are compared. */
function placeOf({ expression, type, nullable }: OrderKey, { key, id }: ListPosition): Condition[] {
  const typedId = sql`${id}::uuid`;
  if (expression === undefined) return [typedId];
  const typedKey = sql`${key ?? placeholders[type]}::${sql.raw(type)}`;
  return nullable === true ? [sql`${key === null}::boolean`, typedKey, typedId] : [typedKey, typedId];
}

/** The list of an ORDER BY. */
export const orderBy = (key: OrderKey, id: Condition, descending: boolean): Condition =>
  inOrder(partsOf(key, id), descending);

/** The list of an ORDER BY of these parts. */
export function inOrder(parts: readonly Condition[], descending: boolean): Condition {
  const direction = sql.raw(descending ? 'DESC' : 'ASC');
  return sql.join(parts.map((part) => sql`${part} ${direction}`));
}

/** What comes after a place. */
export function afterPosition(
  key: OrderKey,
  id: Condition,
  from: ListPosition,
  descending: boolean,
): Condition {
  const beyond = sql.raw(descending ? '<' : '>');
  return sql`(${sql.join(partsOf(key, id))}) ${beyond} (${sql.join(placeOf(key, from))})`;
}

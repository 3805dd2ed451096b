import { sql } from 'kysely';
import type { Condition, OrderedFilter, TextFilter } from '../filters/scalar-filters.ts';
import type { AttributeDefinition } from '../model/custom-attribute.ts';

export interface NumberFilter extends OrderedFilter<number> {
  in?: number[] | null;
}

/** The parts of a filter that an index can answer. */
export interface KeyFilter {
  text?: TextFilter | null;
  number?: NumberFilter | null;
  dateTime?: OrderedFilter<Date> | null;
}

/** Longer texts are kept cut, so that a beginning that long need not be the beginning of what is kept. */
const MAX_PREFIX_LENGTH = 300;

/**
 * Conditions that everybody meets who meets the filter, and that an index answers; none where there is no index, or
 * none for what is asked.
 */
export function keyCondition(definition: AttributeDefinition, filter: KeyFilter): Condition[] {
  if (!definition.indexed && definition.uniqueness === 'NONE') return [];
  return keysAsked(definition, filter).map(
    (condition) => sql`u.id IN (SELECT v.user_id FROM custom_attribute_values v
      WHERE v.account_id = ${definition.account_id}::uuid AND v.attribute_id = ${definition.id}::uuid AND ${condition})`,
  );
}

function keysAsked({ case_exact }: AttributeDefinition, { text, number, dateTime }: KeyFilter): Condition[] {
  const folded = (value: Condition) => (case_exact ? value : sql`fold(${value})`);
  const key = (value: Condition) => sql`custom_attribute_key(${folded(value)})`;
  const conditions: Condition[] = [];
  if (text?.equals != null) conditions.push(sql`v.value = ${key(sql`${text.equals}::text`)}`);
  if (text?.in != null)
    conditions.push(
      sql`v.value = ANY (ARRAY(SELECT ${key(sql`asked`)} FROM unnest(${text.in}::text[]) AS asked))`,
    );
  if (number?.in != null) conditions.push(sql`v.number = ANY (${number.in}::numeric[])`);
  if (text?.startsWith != null && text.startsWith.length <= MAX_PREFIX_LENGTH) {
    const prefix = folded(sql`${text.startsWith}::text`);
    conditions.push(
      sql`v.value >= ${prefix} COLLATE "C" AND v.value <= (${prefix} || repeat(chr(1114111), 2)) COLLATE "C"`,
    );
  }
  const range = number ?? instantRange(dateTime);
  if (range !== undefined) conditions.push(...numberKeys(range));
  return conditions;
}

const comparisons = {
  equals: '=',
  greaterThan: '>',
  greaterThanOrEqual: '>=',
  lessThan: '<',
  lessThanOrEqual: '<=',
} as const;

type NumberRange = { readonly [Operator in keyof typeof comparisons]?: number | null };

function numberKeys(range: NumberRange): Condition[] {
  const conditions: Condition[] = [];
  for (const [operator, symbol] of Object.entries(comparisons)) {
    const value = range[operator as keyof typeof comparisons];
    if (value != null) conditions.push(sql`v.number ${sql.raw(symbol)} ${value}::numeric`);
  }
  return conditions.length === 0 ? [] : [sql`${sql.join(conditions, sql` AND `)}`];
}

/** Instants are kept as the seconds since 1970. */
function instantRange(dateTime: KeyFilter['dateTime']): NumberRange | undefined {
  if (dateTime == null) return undefined;
  const seconds = (instant: Date | null | undefined) => (instant == null ? null : instant.getTime() / 1000);
  return {
    equals: seconds(dateTime.equals),
    greaterThan: seconds(dateTime.greaterThan),
    greaterThanOrEqual: seconds(dateTime.greaterThanOrEqual),
    lessThan: seconds(dateTime.lessThan),
    lessThanOrEqual: seconds(dateTime.lessThanOrEqual),
  };
}

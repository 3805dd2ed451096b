import type { SchemaType } from '@rollcall/graphql-client';
import {
  type BoundComparison,
  type BoundValue,
  type CompareOperator,
  invalidFilter,
} from '@rollcall/scim-protocol';

export type StringFilter = SchemaType<'StringFilter'>;
export type BooleanFilter = SchemaType<'BooleanFilter'>;
export type DateTimeFilter = SchemaType<'DateTimeFilter'>;
export type IntFilter = SchemaType<'IntFilter'>;
export type IDFilter = SchemaType<'IDFilter'>;

const textOperators = {
  eq: 'equals',
  ne: 'notEquals',
  co: 'contains',
  sw: 'startsWith',
  ew: 'endsWith',
  gt: 'greaterThan',
  ge: 'greaterThanOrEqual',
  lt: 'lessThan',
  le: 'lessThanOrEqual',
} as const satisfies Record<CompareOperator, keyof StringFilter>;

/** `eq null` asks for what is not there, `ne null` for what is (RFC 7643 §2.5: null is unassigned). */
export function presenceOf({ operator }: BoundComparison): { isPresent: boolean } {
  return { isPresent: operator === 'ne' };
}

/** The filter of a text; whether case matters is decided where the text is stored. */
export function stringFilter(comparison: BoundComparison): StringFilter {
  const { operator, value } = comparison;
  if (value === null) return presenceOf(comparison);
  return { [textOperators[operator]]: String(value) };
}

/** The filter of a boolean; only eq and ne reach it. */
export function booleanFilter(comparison: BoundComparison): BooleanFilter {
  const { operator, value } = comparison;
  if (value === null) return presenceOf(comparison);
  return operator === 'ne' ? { notEquals: value === true } : { equals: value === true };
}

/** The filter of a point in time. */
export function dateTimeFilter(comparison: BoundComparison): DateTimeFilter {
  const { operator, value } = comparison;
  if (value === null) return presenceOf(comparison);
  return { [orderedOperator(comparison.target.path, operator)]: isoText(value) };
}

/** The filter of a number that is always there. */
export function intFilter(path: string, operator: CompareOperator, value: number): IntFilter {
  return { [orderedOperator(path, operator)]: value };
}

function orderedOperator(path: string, operator: CompareOperator) {
  if (operator === 'co' || operator === 'sw' || operator === 'ew') {
    throw invalidFilter(`${operator} can not be used with ${path}; use eq, ne, gt, ge, lt, le or pr.`);
  }
  return textOperators[operator];
}

function isoText(value: Exclude<BoundValue, null>): string {
  return value instanceof Date ? value.toISOString() : String(value);
}

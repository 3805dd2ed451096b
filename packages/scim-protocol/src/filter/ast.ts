/** The attribute operators of RFC 7644 §3.4.2.2 (table 3) that compare with a value. */
export type CompareOperator = 'eq' | 'ne' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le';

/** A value as the filter writes it. */
export type FilterLiteral = string | number | boolean | null;

/**
 * A parsed filter. Attribute paths stay as written; `and` and `or` hold two or more operands, none of their
 * own kind, so that equal filters have equal trees.
 */
export type FilterNode =
  | { readonly kind: 'and' | 'or'; readonly operands: readonly FilterNode[] }
  | { readonly kind: 'not'; readonly operand: FilterNode }
  | {
      readonly kind: 'compare';
      readonly path: string;
      readonly operator: CompareOperator;
      readonly value: FilterLiteral;
    }
  | { readonly kind: 'present'; readonly path: string }
  | { readonly kind: 'valuePath'; readonly path: string; readonly filter: FilterNode };

const operators: ReadonlySet<string> = new Set(['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le']);

/** Tells whether a lower-case word is a comparing operator. */
export function isCompareOperator(word: string): word is CompareOperator {
  return operators.has(word);
}

/** Joins filters with `and` or `or`, taking in the operands of those that are of the same kind. */
export function joinFilters(kind: 'and' | 'or', filters: readonly FilterNode[]): FilterNode {
  const [first] = filters;
  if (filters.length === 1 && first !== undefined) return first;
  return { kind, operands: filters.flatMap((filter) => (filter.kind === kind ? filter.operands : [filter])) };
}

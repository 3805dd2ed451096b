import { type BoundComparison, type CompareOperator, invalidFilter } from '@rollcall/scim-protocol';
import { isResourceId } from '../resource-id.ts';

/** A reference compared with eq or ne: to whom, when the text could be an id here at all. */
export interface ReferenceComparison {
  isNegated: boolean;
  id: string | undefined;
}

/**
 * Reads a comparison of an id, or of a URI that ends in one (`$ref`, `meta.location`).
 *
 * @throws ScimError invalidFilter for an operator that looks into the text of an id
 */
export function referenceComparison(comparison: BoundComparison): ReferenceComparison {
  const { operator, value, target } = comparison;
  assertEquality(operator, target.path);
  const text = typeof value === 'string' ? value : '';
  const last = text.slice(text.lastIndexOf('/') + 1).toLowerCase();
  return { isNegated: operator === 'ne', id: isResourceId(last) ? last : undefined };
}

/** Throws invalidFilter unless the operator is eq or ne. */
export function assertEquality(operator: CompareOperator, path: string): void {
  if (operator === 'eq' || operator === 'ne') return;
  throw invalidFilter(`${operator} can not be used with ${path}, an identifier; use eq, ne or pr.`);
}

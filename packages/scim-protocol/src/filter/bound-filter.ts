import type { AttributeTarget } from '../schema/resolve-attribute.ts';
import type { CompareOperator } from './ast.ts';

/** A value typed as its attribute is: dateTime as Date, null for "unassigned". */
export type BoundValue = string | number | boolean | Date | null;

/** One comparison whose attribute is known and whose value has the attribute's type. */
export interface BoundComparison {
  readonly kind: 'compare';
  readonly target: AttributeTarget;
  readonly operator: CompareOperator;
  readonly value: BoundValue;
}

/**
 * A filter whose every attribute is resolved. A complex attribute compared as a whole has become its `value`
 * sub-attribute; inside a value path, targets are the sub-attributes of the value path's attribute.
 */
export type BoundFilter =
  | { readonly kind: 'and' | 'or'; readonly operands: readonly BoundFilter[] }
  | { readonly kind: 'not'; readonly operand: BoundFilter }
  | BoundComparison
  | { readonly kind: 'present'; readonly target: AttributeTarget }
  | { readonly kind: 'valuePath'; readonly target: AttributeTarget; readonly filter: BoundFilter };

/** The attribute whose type, case and mutability rule a comparison with the target. */
export function comparedAttribute(target: AttributeTarget) {
  return target.subAttribute ?? target.attribute;
}

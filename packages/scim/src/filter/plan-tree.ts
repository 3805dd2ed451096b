import type { BoundComparison, BoundFilter } from '@rollcall/scim-protocol';
import { allOf, anyOf, type FilterCombiner, noneOf, type Planned } from './planned-filter.ts';

/** The parts of a filter that have no filters below them. */
export type FilterLeaf = BoundComparison | Extract<BoundFilter, { kind: 'present' | 'valuePath' }>;

/** Plans the and, or and not of a filter; `planLeaf` knows what the rest means for the resource. */
export function planTree<F>(
  combiner: FilterCombiner<F>,
  filter: BoundFilter,
  planLeaf: (leaf: FilterLeaf) => Planned<F>,
): Planned<F> {
  switch (filter.kind) {
    case 'and':
      return allOf(
        combiner,
        filter.operands.map((operand) => planTree(combiner, operand, planLeaf)),
      );
    case 'or':
      return anyOf(
        combiner,
        filter.operands.map((operand) => planTree(combiner, operand, planLeaf)),
      );
    case 'not':
      return noneOf(combiner, planTree(combiner, filter.operand, planLeaf));
    default:
      return planLeaf(filter);
  }
}

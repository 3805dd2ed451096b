import type { BoundFilter } from '../filter/bound-filter.ts';
import { canonicalId } from '../resource/canonical-id.ts';

/** The filter of references, such as members, with ids in the one spelling that they have here: they are compared exactly. */
export function withCanonicalIds(filter: BoundFilter): BoundFilter {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return { ...filter, operands: filter.operands.map(withCanonicalIds) };
    case 'not':
      return { ...filter, operand: withCanonicalIds(filter.operand) };
    case 'compare': {
      const { target, value } = filter;
      const isId = typeof value === 'string' && target.subAttribute?.name === 'value';
      return isId ? { ...filter, value: canonicalId(value) } : filter;
    }
    default:
      return filter;
  }
}

import type { BoundComparison } from '@rollcall/scim-protocol';
import type { FilterLeaf } from '../filter/plan-tree.ts';
import type { Planned } from '../filter/planned-filter.ts';
import { referenceComparison } from '../filter/resource-reference.ts';
import { presenceOf, stringFilter } from '../filter/scalar-filters.ts';
import type { UserFilter } from './user-attributes.ts';

/** A manager is shown by id, or as they were named while they are not provisioned yet; both are the reference. */
export const isManagerPresent: UserFilter = { managerReference: { isPresent: true } };

/** Plans a leaf about the enterprise extension's manager (RFC 7643 §4.3). */
export function planManager(leaf: Exclude<FilterLeaf, { kind: 'valuePath' }>): Planned<UserFilter> {
  switch (leaf.target.subAttribute?.name) {
    case 'displayName':
      return { managerDisplayName: leaf.kind === 'present' ? { isPresent: true } : stringFilter(leaf) };
    case '$ref':
      return leaf.kind === 'present' ? { managerId: { isPresent: true } } : planAddress(leaf);
    default:
      return leaf.kind === 'present' ? isManagerPresent : { managerReference: stringFilter(leaf) };
  }
}

function planAddress(comparison: BoundComparison): Planned<UserFilter> {
  if (comparison.value === null) return { managerId: presenceOf(comparison) };
  const { id, endpoint, isNegated } = referenceComparison(comparison);
  if (id === undefined || endpoint === 'groups') return isNegated;
  return { managerId: isNegated ? { notEquals: id } : { equals: id } };
}

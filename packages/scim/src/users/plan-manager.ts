import { type BoundComparison, invalidFilter } from '@rollcall/scim-protocol';
import type { FilterLeaf } from '../filter/plan-tree.ts';
import { referenceComparison } from '../filter/resource-reference.ts';
import { presenceOf, stringFilter } from '../filter/scalar-filters.ts';
import { isResourceId } from '../resource-id.ts';
import type { UserFilter } from './user-fields.ts';

/** A manager is shown by id, or as they were named while they are not provisioned yet; both are the reference. */
export const isManagerPresent: UserFilter = { managerReference: { isPresent: true } };

/** Plans a leaf about the enterprise extension's manager (RFC 7643 §4.3). */
export function planManager(leaf: Exclude<FilterLeaf, { kind: 'valuePath' }>): UserFilter {
  switch (leaf.target.subAttribute?.name) {
    case 'displayName':
      return { managerDisplayName: leaf.kind === 'present' ? { isPresent: true } : stringFilter(leaf) };
    case '$ref':
      return { managerId: leaf.kind === 'present' ? { isPresent: true } : addressFilter(leaf) };
    default:
      return leaf.kind === 'present'
        ? isManagerPresent
        : { managerReference: stringFilter(withPlainId(leaf)) };
  }
}

/** An id is shown in lower case, and ids are the same in any. */
function withPlainId(comparison: BoundComparison): BoundComparison {
  const { value } = comparison;
  return typeof value === 'string' && isResourceId(value)
    ? { ...comparison, value: value.toLowerCase() }
    : comparison;
}

function addressFilter(comparison: BoundComparison) {
  if (comparison.value === null) return presenceOf(comparison);
  const { id, isNegated } = referenceComparison(comparison);
  if (id === undefined) throw invalidFilter(`${comparison.target.path} is compared with the URI of a User.`);
  return isNegated ? { notEquals: id } : { equals: id };
}

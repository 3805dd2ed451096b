import { type BoundComparison, matchesFilter, versionOfEtag } from '@rollcall/scim-protocol';
import type { PublishedName, ResourceName } from '../addresses/resource-urls.ts';
import type { FilterLeaf } from './plan-tree.ts';
import type { FilterCombiner, Planned } from './planned-filter.ts';
import { noneOf } from './planned-filter.ts';
import { assertEquality, referenceComparison } from './resource-reference.ts';
import {
  type DateTimeFilter,
  dateTimeFilter,
  type IDFilter,
  type IntFilter,
  intFilter,
} from './scalar-filters.ts';

/** The fields behind `id` and `meta`, which every resource has. */
export interface CommonFields<F> extends FilterCombiner<F> {
  resourceType: ResourceName | PublishedName;
  id(filter: IDFilter): F;
  version(filter: IntFilter): F;
  createdAt(filter: DateTimeFilter): F;
  updatedAt(filter: DateTimeFilter): F;
}

/** Plans a leaf about `id` or `meta` (RFC 7643 §3.1); undefined for any other attribute. */
export function planCommon<F>(fields: CommonFields<F>, leaf: FilterLeaf): Planned<F> | undefined {
  const { attribute, extension } = leaf.target;
  if (extension !== undefined || leaf.kind === 'valuePath') return undefined;
  if (attribute.name === 'id') return leaf.kind === 'present' ? true : planReference(fields, leaf);
  if (attribute.name === 'meta') return leaf.kind === 'present' ? true : planMeta(fields, leaf);
  return undefined;
}

function planMeta<F>(fields: CommonFields<F>, comparison: BoundComparison): Planned<F> {
  switch (comparison.target.subAttribute?.name) {
    case 'created':
      return planTime(comparison, fields.createdAt);
    case 'lastModified':
      return planTime(comparison, fields.updatedAt);
    case 'version':
      return planVersion(fields, comparison);
    case 'location':
      return planReference(fields, comparison);
    default:
      return matchesFilter(comparison, { meta: { resourceType: fields.resourceType } });
  }
}

const endpointOf = { User: 'users', Group: 'groups', Role: 'roles', Entitlement: 'entitlements' } as const;

function planReference<F>(fields: CommonFields<F>, comparison: BoundComparison): Planned<F> {
  const { id, endpoint, isNegated } = referenceComparison(comparison);
  const isElsewhere = endpoint !== undefined && endpoint !== endpointOf[fields.resourceType];
  const plan: Planned<F> = id === undefined || isElsewhere ? false : fields.id({ equals: id });
  return isNegated ? noneOf(fields, plan) : plan;
}

function planTime<F>(comparison: BoundComparison, field: (filter: DateTimeFilter) => F): Planned<F> {
  return comparison.value === null ? comparison.operator === 'ne' : field(dateTimeFilter(comparison));
}

function planVersion<F>(fields: CommonFields<F>, comparison: BoundComparison): Planned<F> {
  const { operator, value, target } = comparison;
  const version = typeof value === 'string' ? versionOfEtag(value) : undefined;
  if (version !== undefined) return fields.version(intFilter(target.path, operator, version));
  assertEquality(operator, target.path);
  return operator === 'ne';
}

import {
  type BoundFilter,
  bindFilter,
  type FilterNode,
  matchesFilter,
  parseFilter,
  type ResourceTypeDefinition,
  resolveAttribute,
} from '@rollcall/scim-protocol';
import { allOf, anyOf, type FilterCombiner, noneOf, type Planned } from '../filter/planned-filter.ts';
import { pathTolerances } from '../resources/path-tolerances.ts';

const combiner: FilterCombiner<BoundFilter> = {
  and: (operands) => ({ kind: 'and', operands }),
  or: (operands) => ({ kind: 'or', operands }),
  not: (operand) => ({ kind: 'not', operand }),
};

type Leaf = Extract<FilterNode, { kind: 'compare' | 'present' | 'valuePath' }>;

/**
 * What a filter means for each of the types searched at once. To a type that does not have an attribute, it is one
 * without a value (RFC 7644 §3.4.2.1): what that makes true or false is known at once.
 *
 * @throws ScimError invalidFilter for what can't be parsed, or an attribute that none of the types has
 */
export function filterByType(
  text: string | undefined,
  types: readonly ResourceTypeDefinition[],
): Planned<BoundFilter>[] {
  if (text === undefined) return types.map(() => true);
  const filter = parseFilter(text);
  return types.map((type) => bindFor(filter, type, types));
}

function bindFor(
  filter: FilterNode,
  type: ResourceTypeDefinition,
  types: readonly ResourceTypeDefinition[],
): Planned<BoundFilter> {
  const bind = (part: FilterNode) => bindFor(part, type, types);
  switch (filter.kind) {
    case 'and':
      return allOf(combiner, filter.operands.map(bind));
    case 'or':
      return anyOf(combiner, filter.operands.map(bind));
    case 'not':
      return noneOf(combiner, bind(filter.operand));
    default:
      return bindLeaf(filter, type, types);
  }
}

function bindLeaf(
  leaf: Leaf,
  type: ResourceTypeDefinition,
  types: readonly ResourceTypeDefinition[],
): Planned<BoundFilter> {
  const owner = knows(type, leaf) ? type : types.find((other) => knows(other, leaf));
  // Of a type that does not know it, the refusal says so.
  const bound = bindFilter(leaf, owner ?? type, pathTolerances);
  return owner === undefined || owner === type ? bound : matchesFilter(bound, {});
}

const knows = (type: ResourceTypeDefinition, { path }: Leaf): boolean =>
  resolveAttribute(type, path, pathTolerances) !== undefined;

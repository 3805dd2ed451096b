import type { SchemaType } from '@rollcall/graphql-client';
import { type BoundComparison, type BoundFilter, invalidFilter } from '@rollcall/scim-protocol';
import type { FilterLeaf } from '../filter/plan-tree.ts';
import { type FilterCombiner, noneOf, type Planned } from '../filter/planned-filter.ts';
import { referenceComparison } from '../filter/resource-reference.ts';

type TeamFilter = SchemaType<'TeamFilter'>;

/** Which members an element filter means: those with one of these ids, or every one. */
type MemberIds = 'every' | readonly string[];

const isPresent: TeamFilter = { members: { isPresent: true } };

/** Plans a leaf about `members` (RFC 7643 §4.2): a member is known by its id, and is always a User. */
export function planMembers(combiner: FilterCombiner<TeamFilter>, leaf: FilterLeaf): Planned<TeamFilter> {
  if (leaf.kind === 'present') return isPresent;
  if (leaf.kind === 'valuePath') return someOf(memberIds(leaf.filter));
  if (leaf.value === null) return leaf.operator === 'ne' ? isPresent : combiner.not(isPresent);
  if (leaf.operator !== 'ne') return someOf(memberIds(leaf));
  return noneOf(combiner, someOf(memberIds({ ...leaf, operator: 'eq' })));
}

function someOf(ids: MemberIds): Planned<TeamFilter> {
  if (ids === 'every') return isPresent;
  const [first] = ids;
  if (first === undefined) return false;
  return { members: { someId: ids.length === 1 ? { equals: first } : { in: [...ids] } } };
}

function memberIds(filter: BoundFilter): MemberIds {
  switch (filter.kind) {
    case 'and':
      return filter.operands.map(memberIds).reduce(intersection);
    case 'or':
      return filter.operands.map(memberIds).reduce(union);
    case 'present':
      return 'every';
    case 'compare':
      return comparedIds(filter);
    default:
      throw unsearchable();
  }
}

function comparedIds(comparison: BoundComparison): MemberIds {
  const { operator, value, target } = comparison;
  const name = target.subAttribute?.name;
  if (name === 'type' && operator === 'eq') return String(value).toLowerCase() === 'user' ? 'every' : [];
  if (name !== 'value' && name !== '$ref') throw unsearchable();
  const { id, isNegated } = referenceComparison(comparison);
  if (isNegated) throw unsearchable();
  return id === undefined ? [] : [id];
}

function intersection(left: MemberIds, right: MemberIds): MemberIds {
  if (left === 'every') return right;
  return right === 'every' ? left : left.filter((id) => right.includes(id));
}

function union(left: MemberIds, right: MemberIds): MemberIds {
  return left === 'every' || right === 'every' ? 'every' : [...new Set([...left, ...right])];
}

function unsearchable() {
  return invalidFilter(
    'members can be searched by value, as in members.value eq "…" or members[value eq "…"].',
  );
}

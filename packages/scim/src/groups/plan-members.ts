import type { SchemaType } from '@rollcall/graphql-client';
import {
  type BoundComparison,
  type BoundFilter,
  invalidFilter,
  matchesElement,
} from '@rollcall/scim-protocol';
import { type FilterLeaf, planTree } from '../filter/plan-tree.ts';
import { type FilterCombiner, noneOf, type Planned } from '../filter/planned-filter.ts';
import { type ReferenceComparison, referenceComparison } from '../filter/resource-reference.ts';
import { stringFilter } from '../filter/scalar-filters.ts';

type TeamFilter = SchemaType<'TeamFilter'>;
type MemberMatch = SchemaType<'MemberMatch'>;

const isPresent: TeamFilter = { members: { isPresent: true } };

/** Plans a leaf about `members` (RFC 7643 §4.2): a member is a User or a Group, and every part of it is always there. */
export function planMembers(combiner: FilterCombiner<TeamFilter>, leaf: FilterLeaf): Planned<TeamFilter> {
  if (leaf.kind === 'present') return isPresent;
  if (leaf.kind === 'valuePath') return someMember(leaf.filter);
  if (leaf.value === null) return leaf.operator === 'ne' ? isPresent : combiner.not(isPresent);
  if (leaf.operator !== 'ne') return someMember(leaf);
  return noneOf(combiner, someMember({ ...leaf, operator: 'eq' }));
}

function someMember(filter: BoundFilter): Planned<TeamFilter> {
  const plan = planTree(matches, filter, planMember);
  if (typeof plan === 'boolean') return plan ? isPresent : false;
  const { id: someId, type, ...rest } = plan;
  if (Object.keys(rest).length > 0) return { members: { some: plan } };
  // What identity providers ask when they match, in the form that begins at the member and not at the group.
  return { members: { ...(someId === undefined ? { isPresent: true } : { someId }), ...(type && { type }) } };
}

const matches: FilterCombiner<MemberMatch> = {
  and: allOfMember,
  or: (or) => ({ or }),
  not: (not) => ({ not }),
};

/** Conditions on different parts are one match; on the same part they stay apart. */
function allOfMember(and: MemberMatch[]): MemberMatch {
  const parts = and.flatMap(Object.keys);
  return new Set(parts).size === parts.length ? Object.assign({}, ...and) : { and };
}

function planMember(leaf: FilterLeaf): Planned<MemberMatch> {
  if (leaf.kind === 'valuePath')
    throw invalidFilter(`${leaf.target.path} can not be followed by [...] here.`);
  if (leaf.kind === 'present') return true;
  if (leaf.value === null) return leaf.operator === 'ne';
  switch (leaf.target.subAttribute?.name) {
    case 'type':
      return planType(leaf);
    case 'display':
      return { displayName: stringFilter(leaf) };
    default:
      return planReference(referenceComparison(leaf));
  }
}

function planType(comparison: BoundComparison): Planned<MemberMatch> {
  const isUser = matchesElement(comparison, { type: 'User' });
  const isGroup = matchesElement(comparison, { type: 'Group' });
  return isUser === isGroup ? isUser : { type: isUser ? 'USER' : 'TEAM' };
}

function planReference({ id, endpoint, isNegated }: ReferenceComparison): Planned<MemberMatch> {
  const plan: Planned<MemberMatch> = id === undefined ? false : { id: { equals: id }, ...typeAt(endpoint) };
  return isNegated ? noneOf(matches, plan) : plan;
}

function typeAt(endpoint: ReferenceComparison['endpoint']): MemberMatch {
  if (endpoint === undefined) return {};
  return { type: endpoint === 'users' ? 'USER' : 'TEAM' };
}

import type { SchemaType } from '@rollcall/graphql-client';
import {
  type BoundComparison,
  type BoundFilter,
  invalidFilter,
  matchesElement,
} from '@rollcall/scim-protocol';
import { planTree } from '../filter/plan-tree.ts';
import { type FilterCombiner, noneOf, type Planned } from '../filter/planned-filter.ts';
import { referenceComparison } from '../filter/resource-reference.ts';
import {
  type BooleanFilter,
  booleanFilter,
  type StringFilter,
  stringFilter,
} from '../filter/scalar-filters.ts';

type AttributeValueMatch = SchemaType<'AttributeValueMatch'>;
type AddressMatch = SchemaType<'AddressMatch'>;
type TeamMatch = SchemaType<'TeamMatch'>;

/** How the elements of one kind of multi-valued attribute are matched. */
export interface ElementFields<M> extends FilterCombiner<M> {
  text: Record<string, (filter: StringFilter) => M>;
  primary?(filter: BooleanFilter): M;
}

/** The default sub-attributes of RFC 7643 §2.4. */
export const valueElements: ElementFields<AttributeValueMatch> = {
  and: (and) => ({ and }),
  or: (or) => ({ or }),
  not: (not) => ({ not }),
  text: {
    value: (value) => ({ value }),
    display: (display) => ({ display }),
    type: (type) => ({ type }),
  },
  primary: (primary) => ({ primary }),
};

/** The sub-attributes of addresses (RFC 7643 §4.1.2). */
export const addressElements: ElementFields<AddressMatch> = {
  and: (and) => ({ and }),
  or: (or) => ({ or }),
  not: (not) => ({ not }),
  text: {
    formatted: (formatted) => ({ formatted }),
    streetAddress: (streetAddress) => ({ streetAddress }),
    locality: (locality) => ({ locality }),
    region: (region) => ({ region }),
    postalCode: (postalCode) => ({ postalCode }),
    country: (country) => ({ country }),
    type: (type) => ({ type }),
  },
  primary: (primary) => ({ primary }),
};

/** Plans what one element has to be like: the filter in the brackets of a value path, or a single comparison. */
export function planElement<M>(fields: ElementFields<M>, filter: BoundFilter): Planned<M> {
  return planTree(fields, filter, (leaf) => {
    const name = leaf.target.subAttribute?.name ?? 'value';
    if (leaf.kind === 'valuePath')
      throw invalidFilter(`${leaf.target.path} can not be followed by [...] here.`);
    if (name === 'primary' && fields.primary !== undefined) {
      if (leaf.kind === 'present') return fields.primary({ isPresent: true });
      return planPrimary(fields, fields.primary, leaf);
    }
    const field = fields.text[name];
    if (field === undefined) throw invalidFilter(`${leaf.target.path} can not be filtered.`);
    return field(leaf.kind === 'present' ? { isPresent: true } : stringFilter(leaf));
  });
}

/** A value that does not say whether it is the primary one is not (RFC 7643 §2.4). */
function planPrimary<M>(
  fields: ElementFields<M>,
  primary: (filter: BooleanFilter) => M,
  comparison: BoundComparison,
): Planned<M> {
  if (comparison.value === null) return primary(booleanFilter(comparison));
  const wanted = comparison.value === (comparison.operator === 'eq');
  return wanted ? primary({ equals: true }) : fields.not(primary({ equals: true }));
}

const teamCombiner: FilterCombiner<TeamMatch> = {
  and: (and) => ({ and }),
  or: (or) => ({ or }),
  not: (not) => ({ not }),
};

/** Plans what one of the user's groups has to be like. */
export function planTeamElement(filter: BoundFilter): Planned<TeamMatch> {
  return planTree(teamCombiner, filter, (leaf) => {
    if (leaf.kind === 'valuePath')
      throw invalidFilter(`${leaf.target.path} can not be followed by [...] here.`);
    const name = leaf.target.subAttribute?.name ?? 'value';
    if (leaf.kind === 'present') return true;
    if (name === 'display') return { displayName: stringFilter(leaf) };
    // Every membership is a direct one here.
    if (name === 'type') return matchesElement(leaf, { type: 'direct' });
    const { id, endpoint, isNegated } = referenceComparison(leaf);
    const plan: Planned<TeamMatch> =
      id === undefined || endpoint === 'users' ? false : { id: { equals: id } };
    return isNegated ? noneOf(teamCombiner, plan) : plan;
  });
}

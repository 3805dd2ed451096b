import {
  type AttributeTarget,
  type BoundComparison,
  type BoundFilter,
  ENTERPRISE_USER_SCHEMA,
  invalidFilter,
  type ResourceTypeDefinition,
  USER_SCHEMA,
  userResourceType,
} from '@rollcall/scim-protocol';
import { type CommonFields, planCommon } from '../filter/plan-common.ts';
import { planSchemas } from '../filter/plan-schemas.ts';
import { type FilterLeaf, planTree } from '../filter/plan-tree.ts';
import { allOf, anyOf, noneOf, type Planned } from '../filter/planned-filter.ts';
import { booleanFilter, stringFilter } from '../filter/scalar-filters.ts';
import { isCustom } from './custom-attributes.ts';
import { planCustom, plannedExtensions } from './plan-custom-filter.ts';
import { addressElements, planElement, planTeamElement, valueElements } from './plan-elements.ts';
import { isManagerPresent, planManager } from './plan-manager.ts';
import {
  coreTexts,
  enterpriseTexts,
  isValueList,
  nameParts,
  type UserFilter,
  valueLists,
} from './user-attributes.ts';

const fields: CommonFields<UserFilter> = {
  resourceType: 'User',
  and: (and) => ({ and }),
  or: (or) => ({ or }),
  not: (not) => ({ not }),
  id: (id) => ({ id }),
  version: (version) => ({ version }),
  createdAt: (createdAt) => ({ createdAt }),
  updatedAt: (updatedAt) => ({ updatedAt }),
};

/**
 * Plans which users a list has: those of a GraphQL filter that means the same as the SCIM filter, all (true) or none
 * (false). Nothing is left to be filtered in memory. Deprovisioned users are in no list that does not ask for them.
 *
 * @throws ScimError invalidFilter for what the schema knows but can't be searched by
 */
export function planUserFilter(
  filter: Planned<BoundFilter>,
  userType: ResourceTypeDefinition = userResourceType,
): Planned<UserFilter> {
  if (typeof filter === 'boolean') return filter;
  return planTree(fields, filter, (leaf) => planLeaf(leaf, userType));
}

const searchedParts: ReadonlySet<string> = new Set(nameParts);
const searchedTexts: ReadonlySet<string> = new Set([
  'userName',
  'externalId',
  ...coreTexts,
  ...enterpriseTexts,
]);

function planLeaf(leaf: FilterLeaf, userType: ResourceTypeDefinition): Planned<UserFilter> {
  const common = planCommon(fields, leaf);
  if (common !== undefined) return common;
  if (leaf.kind === 'valuePath') return planValuePath(leaf.target, leaf.filter, userType);
  if (isCustom(leaf.target)) return planCustom(leaf);
  const { attribute } = leaf.target;
  if (attribute.multiValued && attribute.type === 'complex') return planPlural(leaf);
  if (attribute.name === 'name') return planName(leaf);
  if (attribute.name === 'manager') return planManager(leaf);
  if (attribute.name === 'active') {
    return leaf.kind === 'present' ? true : { active: booleanFilter(leaf) };
  }
  if (attribute.name === 'schemas') return planUserSchemas(leaf, userType);
  if (!searchedTexts.has(attribute.name)) throw unsearchable(leaf.target);
  return { [attribute.name]: leaf.kind === 'present' ? { isPresent: true } : stringFilter(leaf) };
}

function planUserSchemas(
  leaf: Exclude<FilterLeaf, { kind: 'valuePath' }>,
  userType: ResourceTypeDefinition,
): Planned<UserFilter> {
  if (leaf.kind === 'present') return true;
  return planSchemas(fields, leaf, USER_SCHEMA, [
    { urn: ENTERPRISE_USER_SCHEMA, isPresent: isEnterprisePresent },
    ...plannedExtensions(userType),
  ]);
}

const isEnterprisePresent = anyOf(fields, [
  ...enterpriseTexts.map((name): UserFilter => ({ [name]: { isPresent: true } })),
  isManagerPresent,
]);

function planName(leaf: Exclude<FilterLeaf, { kind: 'valuePath' }>): UserFilter {
  const part = leaf.target.subAttribute;
  if (part === undefined) return { name: { isPresent: true } };
  if (!searchedParts.has(part.name)) throw unsearchable(leaf.target);
  return { name: { [part.name]: leaf.kind === 'present' ? { isPresent: true } : stringFilter(leaf) } };
}

/** A value path over a single-valued attribute asks for its comparisons, and that there is one. */
function planValuePath(
  target: AttributeTarget,
  filter: BoundFilter,
  userType: ResourceTypeDefinition,
): Planned<UserFilter> {
  if (target.attribute.multiValued) return planSome(target, filter);
  const plan = (leaf: FilterLeaf) => planLeaf(leaf, userType);
  return allOf(fields, [plan({ kind: 'present', target }), planTree(fields, filter, plan)]);
}

/**
 * A comparison outside brackets asks for any one value (RFC 7644 §3.4.2.2). `ne` and `eq null` deny one, so they
 * hold when no value is as named.
 */
function planPlural(leaf: Exclude<FilterLeaf, { kind: 'valuePath' }>): Planned<UserFilter> {
  const { target } = leaf;
  if (leaf.kind === 'present') {
    return target.subAttribute === undefined ? planPresence(target) : planSome(target, leaf);
  }
  if (leaf.value === null) {
    const isPresent = planSome(target, { kind: 'present', target });
    return leaf.operator === 'ne' ? isPresent : noneOf(fields, isPresent);
  }
  if (leaf.operator !== 'ne') return planSome(target, leaf);
  const equal: BoundComparison = { ...leaf, operator: 'eq' };
  return noneOf(fields, planSome(target, equal));
}

function planPresence({ attribute, path }: AttributeTarget): UserFilter {
  if (isValueList(attribute.name)) return { [valueLists[attribute.name]]: { isPresent: true } };
  if (attribute.name === 'addresses') return { addresses: { isPresent: true } };
  if (attribute.name === 'groups') return { teams: { isPresent: true } };
  throw invalidFilter(`${path} can not be filtered.`);
}

function planSome(target: AttributeTarget, filter: BoundFilter): Planned<UserFilter> {
  const { name } = target.attribute;
  if (isValueList(name)) {
    const field = valueLists[name];
    return whereSome(planElement(valueElements, filter), target, (some) => ({ [field]: { some } }));
  }
  if (name === 'addresses') {
    return whereSome(planElement(addressElements, filter), target, (some) => ({ addresses: { some } }));
  }
  if (name === 'groups') return whereSome(planTeamElement(filter), target, (some) => ({ teams: { some } }));
  throw unsearchable(target);
}

/** "Some element is like this" when every element is: there is one. When none can be: false. */
function whereSome<M>(
  plan: Planned<M>,
  target: AttributeTarget,
  some: (match: M) => UserFilter,
): Planned<UserFilter> {
  if (plan === true) return planPresence(target);
  return plan === false ? false : some(plan);
}

function unsearchable(target: AttributeTarget) {
  return invalidFilter(`${target.path} can not be searched by; use another attribute.`);
}

import type { SchemaType } from '@rollcall/graphql-client';
import {
  type BoundFilter,
  invalidFilter,
  matchesFilter,
  OKTA_ROLE_SCHEMA,
  ROLE_SCHEMA,
  type SortRequest,
} from '@rollcall/scim-protocol';
import { type CommonFields, planCommon } from '../filter/plan-common.ts';
import { planSchemas } from '../filter/plan-schemas.ts';
import { type FilterLeaf, planTree } from '../filter/plan-tree.ts';
import type { Planned } from '../filter/planned-filter.ts';
import { booleanFilter, stringFilter } from '../filter/scalar-filters.ts';
import { planOrder } from '../resources/plan-order.ts';

export type RoleFilter = SchemaType<'PublishedRoleFilter'>;

const fields: CommonFields<RoleFilter> = {
  resourceType: 'Role',
  and: (and) => ({ and }),
  or: (or) => ({ or }),
  not: (not) => ({ not }),
  id: (id) => ({ id }),
  createdAt: (createdAt) => ({ createdAt }),
  version: () => notSearched('meta.version'),
  updatedAt: () => notSearched('meta.lastModified'),
};

function notSearched(path: string): never {
  throw invalidFilter(`${path} of roles can not be searched by; use another attribute.`);
}

/**
 * Plans which roles a list has: those of a GraphQL filter that means the same as the SCIM filter, or none (false).
 * @throws ScimError invalidFilter for what the schema knows but can't be searched by
 */
export function planRoleFilter(filter: Planned<BoundFilter>): RoleFilter | false {
  const plan = typeof filter === 'boolean' ? filter : planTree(fields, filter, planLeaf);
  return plan === true ? {} : plan;
}

function planLeaf(leaf: FilterLeaf): Planned<RoleFilter> {
  const common = planCommon(fields, leaf);
  if (common !== undefined) return common;
  const { attribute, path } = leaf.target;
  if (leaf.kind === 'valuePath') return notSearched(path);
  const isPresent = leaf.kind === 'present';
  switch (attribute.name) {
    case 'value':
    case 'display':
    case 'displayName':
      return isPresent ? true : { name: stringFilter(leaf) };
    case 'description':
      return { description: isPresent ? { isPresent } : stringFilter(leaf) };
    case 'supported':
      return isPresent ? true : { assignable: booleanFilter(leaf) };
    case 'limitedAssignmentsPermitted':
      return isPresent || matchesFilter(leaf, { limitedAssignmentsPermitted: false });
    case 'externalId':
      return !isPresent && matchesFilter(leaf, {});
    case 'schemas':
      return isPresent
        ? true
        : planSchemas(fields, leaf, ROLE_SCHEMA, [{ urn: OKTA_ROLE_SCHEMA, isPresent: true }]);
    default:
      return notSearched(path);
  }
}

type OrderField = SchemaType<'PublishedRoleOrderField'>;

/** By the path of an attribute, what roles are sorted by; of what is the same for all, the id decides. */
const orderFields: ReadonlyMap<string, OrderField> = new Map<string, OrderField>([
  ['schemas', 'ID'],
  ['id', 'ID'],
  ['externalId', 'ID'],
  ['value', 'NAME'],
  ['display', 'NAME'],
  ['displayName', 'NAME'],
  ['description', 'DESCRIPTION'],
  ['supported', 'ASSIGNABLE'],
  ['limitedAssignmentsPermitted', 'ID'],
  ['meta.resourceType', 'ID'],
  ['meta.created', 'CREATED_AT'],
  ['meta.lastModified', 'ID'],
  ['meta.location', 'ID'],
  ['meta.version', 'ID'],
]);

/**
 * Plans the order of a list of roles (RFC 7644 §3.4.2.3); undefined leaves it to GraphQL.
 * @throws ScimError invalidValue for an attribute that roles can't be sorted by
 */
export const planRoleOrder = (sort: SortRequest | undefined) => sort && planOrder(orderFields, sort);

import type { SchemaType } from '@rollcall/graphql-client';
import { type BoundFilter, GROUP_SCHEMA, invalidFilter } from '@rollcall/scim-protocol';
import { type CommonFields, planCommon } from '../filter/plan-common.ts';
import { planSchemas } from '../filter/plan-schemas.ts';
import { type FilterLeaf, planTree } from '../filter/plan-tree.ts';
import type { Planned } from '../filter/planned-filter.ts';
import { stringFilter } from '../filter/scalar-filters.ts';
import { planMembers } from './plan-members.ts';

export type TeamFilter = SchemaType<'TeamFilter'>;

const fields: CommonFields<TeamFilter> = {
  resourceType: 'Group',
  and: (and) => ({ and }),
  or: (or) => ({ or }),
  not: (not) => ({ not }),
  id: (id) => ({ id }),
  version: (version) => ({ version }),
  createdAt: (createdAt) => ({ createdAt }),
  updatedAt: (updatedAt) => ({ updatedAt }),
};

/**
 * Plans which groups a list has: those of a GraphQL filter that means the same as the SCIM filter, or none (false).
 * Only teams that a directory pushed are groups.
 *
 * @throws ScimError invalidFilter for what the schema knows but can't be searched by
 */
export function planGroupFilter(filter: Planned<BoundFilter>): TeamFilter | false {
  const plan = typeof filter === 'boolean' ? filter : planTree(fields, filter, planLeaf);
  if (plan === false) return false;
  return plan === true ? { origin: 'DIRECTORY' } : { ...plan, origin: 'DIRECTORY' };
}

function planLeaf(leaf: FilterLeaf): Planned<TeamFilter> {
  const common = planCommon(fields, leaf);
  if (common !== undefined) return common;
  const { attribute, path } = leaf.target;
  if (attribute.name === 'members') return planMembers(fields, leaf);
  if (leaf.kind === 'valuePath') return planTree(fields, leaf.filter, planLeaf);
  const text = leaf.kind === 'present' ? { isPresent: true } : stringFilter(leaf);
  switch (attribute.name) {
    case 'displayName':
      return { displayName: text };
    case 'externalId':
      return { externalId: text };
    case 'schemas':
      return leaf.kind === 'present' ? true : planSchemas(fields, leaf, GROUP_SCHEMA);
    default:
      throw invalidFilter(`${path} can not be searched by; use another attribute.`);
  }
}

import {
  attribute,
  groupResourceType,
  parseSorting,
  type ResourceTypeDefinition,
  roleResourceType,
  topLevelTargets,
  userResourceType,
  withExtension,
} from '@rollcall/scim-protocol';
import { describe, expect, test } from 'vitest';
import { planGroupOrder } from './groups/plan-order.ts';
import { planRoleOrder } from './published/plan-roles.ts';
import { planUserOrder } from './users/plan-order.ts';

/** The paths of everything simple that can be read of a resource, parts of complex attributes too. */
function readablePaths(type: ResourceTypeDefinition): string[] {
  return topLevelTargets(type)
    .filter(({ attribute }) => attribute.returned !== 'never')
    .flatMap(({ attribute, path }) =>
      attribute.type === 'complex'
        ? (attribute.subAttributes ?? []).map(({ name }) => `${path}.${name}`)
        : [path],
    );
}

const orderOf = (type: ResourceTypeDefinition, sortBy: string, sortOrder?: string) => {
  const sort = parseSorting({ sortBy, sortOrder }, type);
  if (type === roleResourceType) return planRoleOrder(sort);
  return type === userResourceType ? planUserOrder(sort) : planGroupOrder(sort);
};

describe.each([userResourceType, groupResourceType, roleResourceType])('$name', (type) => {
  test.each(readablePaths(type))('can be sorted by %s', (path) => {
    expect(orderOf(type, path)).toEqual({ field: expect.any(String), direction: 'ASC' });
  });

  test('without sortBy the order is left to GraphQL', () => {
    expect(orderOf(type, '', 'descending')).toBeUndefined();
  });
});

test.each([
  ['USERNAME', 'descending', 'USER_NAME', 'DESC'],
  ['emails', 'ascending', 'EMAILS_VALUE', 'ASC'],
  ['urn:ietf:params:scim:schemas:core:2.0:User:name.familyName', 'DESCENDING', 'NAME_FAMILY_NAME', 'DESC'],
  ['roles.display', undefined, 'DIRECTORY_ROLES_DISPLAY', 'ASC'],
  ['groups', undefined, 'TEAM_ID', 'ASC'],
])('%s %s is by %s %s', (sortBy, sortOrder, field, direction) => {
  expect(orderOf(userResourceType, sortBy, sortOrder)).toEqual({ field, direction });
});

test('a custom attribute can be sorted by', () => {
  const schema = 'urn:example:params:scim:schemas:extension:acme:2.0:User';
  const badge = attribute('badge', 'The number of the badge.', { type: 'integer' });
  const type = withExtension(userResourceType, {
    id: schema,
    name: 'Acme',
    description: '',
    attributes: [badge],
  });
  expect(planUserOrder(parseSorting({ sortBy: `${schema}:badge`, sortOrder: 'descending' }, type))).toEqual({
    field: 'CUSTOM_ATTRIBUTE',
    customAttribute: { schema, name: 'badge' },
    direction: 'DESC',
  });
});

test.each(['password', 'name', 'addresses', 'shoeSize', 'name.nobody'])(
  '%s can not be sorted by',
  (sortBy) => {
    expect(() => orderOf(userResourceType, sortBy)).toThrow(
      expect.objectContaining({ scimType: 'invalidValue' }),
    );
  },
);

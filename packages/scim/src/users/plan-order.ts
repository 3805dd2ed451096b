import type { SchemaType } from '@rollcall/graphql-client';
import { ENTERPRISE_USER_SCHEMA, type SortRequest } from '@rollcall/scim-protocol';
import { commonOrderFields, orderDirection, planOrder } from '../resources/plan-order.ts';
import { partsOf, textPaths, valueLists } from './user-attributes.ts';

type OrderField = SchemaType<'UserOrderField'>;

/** GraphQL's name of the order by a field, as in NAME_FAMILY_NAME. */
const named = (...fields: string[]): OrderField =>
  fields.map((field) => field.replace(/[A-Z]/g, '_$&').toUpperCase()).join('_') as OrderField;

/** The parts of a complex attribute, each by GraphQL's order by it. */
const byPart = (name: string, field: string) =>
  partsOf(name).map((part) => [`${name}.${part}`, named(field, part)] as const);

/** By the path of an attribute, what users are sorted by. */
const fields: ReadonlyMap<string, OrderField> = new Map<string, OrderField>([
  ...commonOrderFields,
  ['userName', 'USER_NAME'],
  ...byPart('name', 'name'),
  ...textPaths.map(([path, field]) => [path, named(field)] as const),
  ['active', 'ACTIVE'],
  ...Object.entries(valueLists).flatMap(([name, field]) => byPart(name, field)),
  ...byPart('addresses', 'addresses'),
  ['groups.value', 'TEAM_ID'],
  ['groups.$ref', 'TEAM_ID'],
  ['groups.display', 'TEAM_DISPLAY_NAME'],
  ['groups.type', 'IN_TEAM'],
  [`${ENTERPRISE_USER_SCHEMA}:manager.value`, 'MANAGER_REFERENCE'],
  [`${ENTERPRISE_USER_SCHEMA}:manager.$ref`, 'MANAGER_ID'],
  [`${ENTERPRISE_USER_SCHEMA}:manager.displayName`, 'MANAGER_DISPLAY_NAME'],
]);

/**
 * Plans the order of a list of users (RFC 7644 §3.4.2.3); undefined leaves it to GraphQL.
 * @throws ScimError invalidValue for an attribute that users can't be sorted by
 */
export function planUserOrder(sort: SortRequest | undefined): SchemaType<'UserOrder'> | undefined {
  if (sort === undefined) return undefined;
  const { attribute, extension } = sort.target;
  if (extension === undefined || extension === ENTERPRISE_USER_SCHEMA) return planOrder(fields, sort);
  return {
    field: 'CUSTOM_ATTRIBUTE',
    customAttribute: { schema: extension, name: attribute.name },
    direction: orderDirection(sort.isDescending),
  };
}

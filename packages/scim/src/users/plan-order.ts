import type { SchemaType } from '@rollcall/graphql-client';
import { ENTERPRISE_USER_SCHEMA, type SortRequest } from '@rollcall/scim-protocol';
import { commonOrderFields, orderDirection, planOrder } from '../resources/plan-order.ts';

type OrderField = SchemaType<'UserOrderField'>;

const columns = {
  emails: 'EMAILS',
  phoneNumbers: 'PHONE_NUMBERS',
  ims: 'IMS',
  photos: 'PHOTOS',
  entitlements: 'ENTITLEMENTS',
  roles: 'DIRECTORY_ROLES',
  x509Certificates: 'X509_CERTIFICATES',
} as const;

/** The default sub-attributes of a multi-valued attribute (RFC 7643 §2.4). */
function elementFields([name, column]: [string, (typeof columns)[keyof typeof columns]]): [
  string,
  OrderField,
][] {
  return [
    [`${name}.value`, `${column}_VALUE`],
    [`${name}.display`, `${column}_DISPLAY`],
    [`${name}.type`, `${column}_TYPE`],
    [`${name}.primary`, `${column}_PRIMARY`],
  ];
}

/** By the path of an attribute, what users are sorted by. */
const fields: ReadonlyMap<string, OrderField> = new Map<string, OrderField>([
  ...commonOrderFields,
  ['userName', 'USER_NAME'],
  ['name.formatted', 'NAME_FORMATTED'],
  ['name.familyName', 'NAME_FAMILY_NAME'],
  ['name.givenName', 'NAME_GIVEN_NAME'],
  ['name.middleName', 'NAME_MIDDLE_NAME'],
  ['name.honorificPrefix', 'NAME_HONORIFIC_PREFIX'],
  ['name.honorificSuffix', 'NAME_HONORIFIC_SUFFIX'],
  ['nickName', 'NICK_NAME'],
  ['profileUrl', 'PROFILE_URL'],
  ['title', 'TITLE'],
  ['userType', 'USER_TYPE'],
  ['preferredLanguage', 'PREFERRED_LANGUAGE'],
  ['locale', 'LOCALE'],
  ['timezone', 'TIMEZONE'],
  ['active', 'ACTIVE'],
  ...Object.entries(columns).flatMap(elementFields),
  ['addresses.formatted', 'ADDRESSES_FORMATTED'],
  ['addresses.streetAddress', 'ADDRESSES_STREET_ADDRESS'],
  ['addresses.locality', 'ADDRESSES_LOCALITY'],
  ['addresses.region', 'ADDRESSES_REGION'],
  ['addresses.postalCode', 'ADDRESSES_POSTAL_CODE'],
  ['addresses.country', 'ADDRESSES_COUNTRY'],
  ['addresses.type', 'ADDRESSES_TYPE'],
  ['addresses.primary', 'ADDRESSES_PRIMARY'],
  ['groups.value', 'TEAM_ID'],
  ['groups.$ref', 'TEAM_ID'],
  ['groups.display', 'TEAM_DISPLAY_NAME'],
  ['groups.type', 'IN_TEAM'],
  [`${ENTERPRISE_USER_SCHEMA}:employeeNumber`, 'EMPLOYEE_NUMBER'],
  [`${ENTERPRISE_USER_SCHEMA}:costCenter`, 'COST_CENTER'],
  [`${ENTERPRISE_USER_SCHEMA}:organization`, 'ORGANIZATION'],
  [`${ENTERPRISE_USER_SCHEMA}:division`, 'DIVISION'],
  [`${ENTERPRISE_USER_SCHEMA}:department`, 'DEPARTMENT'],
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

import { type AttributeDefinition, attribute, type SchemaDefinition } from './attribute.ts';
import { ENTITLEMENT_SCHEMA, OKTA_ENTITLEMENT_SCHEMA, OKTA_ROLE_SCHEMA, ROLE_SCHEMA } from './urns.ts';

const readOnly = { mutability: 'readOnly' } as const;

/** What Okta reads of either; the name that is shown is the same as `display`. */
const readByOkta: readonly AttributeDefinition[] = [
  attribute('displayName', 'Name for people to read.', { ...readOnly, required: true }),
  attribute('description', 'What it is for.', readOnly),
];

const entitlementType = attribute('type', 'What kind of entitlement it is.', readOnly);

/** What can be told of either without counting those who have it. */
const published = (of: string): readonly AttributeDefinition[] => [
  attribute('value', `What names the ${of} in an attribute of a User.`, { ...readOnly, required: true }),
  attribute('display', 'Name for people to read.', readOnly),
  attribute('supported', `Whether the client may give the ${of} to a User.`, {
    ...readOnly,
    type: 'boolean',
    required: true,
  }),
  attribute('limitedAssignmentsPermitted', `Whether only so many can have the ${of}.`, {
    ...readOnly,
    type: 'boolean',
  }),
  ...readByOkta,
];

/** The schema of a Role (draft-ietf-scim-roles-entitlements-01 §3), and what Okta reads of one. */
export const roleSchema: SchemaDefinition = {
  id: ROLE_SCHEMA,
  name: 'Role',
  description: 'A role that people can have',
  attributes: published('role'),
};

/** The schema of an Entitlement (draft-ietf-scim-roles-entitlements-01 §3), and what Okta reads of one. */
export const entitlementSchema: SchemaDefinition = {
  id: ENTITLEMENT_SCHEMA,
  name: 'Entitlement',
  description: 'What roles allow',
  attributes: [...published('entitlement'), entitlementType],
};

/** The same under the URNs that Okta knows. */
export const oktaRoleSchema: SchemaDefinition = {
  id: OKTA_ROLE_SCHEMA,
  name: 'Role',
  description: 'A role that people can have, as Okta reads it',
  attributes: readByOkta,
};
export const oktaEntitlementSchema: SchemaDefinition = {
  id: OKTA_ENTITLEMENT_SCHEMA,
  name: 'Entitlement',
  description: 'What roles allow, as Okta reads it',
  attributes: [...readByOkta, entitlementType],
};

import type { SchemaDefinition } from './attribute.ts';
import { enterpriseUserSchema } from './enterprise-user.ts';
import { groupSchema } from './group.ts';
import { entitlementSchema, oktaRoleSchema, roleSchema } from './role.ts';
import { userSchema } from './user.ts';

/** A schema extension of a resource type (RFC 7643 §6). */
export interface SchemaExtension {
  readonly schema: SchemaDefinition;
  readonly required: boolean;
}

/** A kind of resource: where it lives and which schemas describe it (RFC 7643 §6). */
export interface ResourceTypeDefinition {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Relative to the base URL, such as `/Users`. */
  readonly endpoint: string;
  readonly schema: SchemaDefinition;
  readonly extensions: readonly SchemaExtension[];
}

/** The User resource type with the enterprise extension. */
export const userResourceType: ResourceTypeDefinition = {
  id: 'User',
  name: 'User',
  description: 'User Account',
  endpoint: '/Users',
  schema: userSchema,
  extensions: [{ schema: enterpriseUserSchema, required: false }],
};

/** The Group resource type. */
export const groupResourceType: ResourceTypeDefinition = {
  id: 'Group',
  name: 'Group',
  description: 'Group',
  endpoint: '/Groups',
  schema: groupSchema,
  extensions: [],
};

/** The Role resource type (draft-ietf-scim-roles-entitlements-01). */
export const roleResourceType: ResourceTypeDefinition = {
  id: 'Role',
  name: 'Role',
  description: 'Roles that people can have',
  endpoint: '/Roles',
  schema: roleSchema,
  extensions: [],
};

/** The Entitlement resource type (draft-ietf-scim-roles-entitlements-01). */
export const entitlementResourceType: ResourceTypeDefinition = {
  id: 'Entitlement',
  name: 'Entitlement',
  description: 'What roles allow; nobody is given it but by a role',
  endpoint: '/Entitlements',
  schema: entitlementSchema,
  extensions: [],
};

/**
 * The same roles for Okta, which asks the endpoint of each resource type with a URN of its own what can be given to people
 * (okta-developer-docs, "SCIM 2.0 with entitlements"). Entitlements are not offered so: they would be given in vain.
 */
export const oktaRoleResourceType: ResourceTypeDefinition = {
  ...roleResourceType,
  id: 'OktaRole',
  schema: oktaRoleSchema,
};

/** The resource type with one more extension, such as an account's custom attributes (RFC 7643 §3.3). */
export function withExtension(
  resourceType: ResourceTypeDefinition,
  schema: SchemaDefinition,
): ResourceTypeDefinition {
  return { ...resourceType, extensions: [...resourceType.extensions, { schema, required: false }] };
}

import type { SchemaDefinition } from './attribute.ts';
import { enterpriseUserSchema } from './enterprise-user.ts';
import { groupSchema } from './group.ts';
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

/** The resource type with one more extension, such as an account's custom attributes (RFC 7643 §3.3). */
export function withExtension(
  resourceType: ResourceTypeDefinition,
  schema: SchemaDefinition,
): ResourceTypeDefinition {
  return { ...resourceType, extensions: [...resourceType.extensions, { schema, required: false }] };
}

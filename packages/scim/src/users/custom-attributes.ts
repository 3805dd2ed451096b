import { isDeepStrictEqual } from 'node:util';
import type { SchemaType } from '@rollcall/graphql-client';
import {
  type AttributeTarget,
  ENTERPRISE_USER_SCHEMA,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type ResourceTypeDefinition,
  type SchemaDefinition,
  topLevelTargets,
} from '@rollcall/scim-protocol';
import type { UserResult } from './documents.ts';

/** A custom attribute and its value, null to clear it. */
export type CustomAttributeInput = SchemaType<'CustomAttributeValueInput'>;

/** Is this an attribute that the account defined? */
export const isCustom = ({ extension }: AttributeTarget): boolean =>
  extension !== undefined && extension !== ENTERPRISE_USER_SCHEMA;

/** The extensions that the account defined. */
export function customSchemas({ extensions }: ResourceTypeDefinition): SchemaDefinition[] {
  return extensions.map(({ schema }) => schema).filter(({ id }) => id !== ENTERPRISE_USER_SCHEMA);
}

/**
 * Reads every custom attribute of a User resource, null for what is unassigned (RFC 7644 §3.5.1); undefined where the
 * account defined none.
 */
export function toCustomAttributes(
  resource: JsonObject,
  userType: ResourceTypeDefinition,
): CustomAttributeInput[] | undefined {
  const schemas = customSchemas(userType);
  if (schemas.length === 0) return undefined;
  return schemas.flatMap(({ id, attributes }) => {
    const container = resource[id];
    const values = new Map(isJsonObject(container) ? Object.entries(container) : []);
    return attributes.map(({ name }) => ({ schema: id, name, value: values.get(name) ?? null }));
  });
}

/** The change of the custom attribute at a path; nothing when it is none. */
export function customChange(
  path: string,
  value: JsonValue,
  userType: ResourceTypeDefinition,
): CustomAttributeInput[] {
  const target = topLevelTargets(userType).find((each) => isCustom(each) && each.path === path);
  if (target === undefined) return [];
  const { attribute, extension } = target;
  return [{ schema: extension, name: attribute.name, value }];
}

/** Those that are otherwise now; both lists are of the same attributes in the same order. */
export function changedCustomAttributes(
  before: readonly CustomAttributeInput[] | null | undefined,
  after: readonly CustomAttributeInput[] | null | undefined,
): CustomAttributeInput[] {
  return (after ?? []).filter((attribute, index) => !isDeepStrictEqual(attribute, before?.[index]));
}

/** Puts a user's custom attributes into the containers of their extensions, whose URNs it gives (RFC 7643 §3.3). */
export function assignCustomAttributes(resource: JsonObject, user: UserResult): string[] {
  const containers = new Map<string, JsonObject>();
  for (const { schema, name, value } of user.customAttributes) {
    const container = containers.get(schema) ?? {};
    containers.set(schema, container);
    container[name] = toJson(value);
  }
  for (const [urn, container] of containers) resource[urn] = container;
  return [...containers.keys()];
}

/** The schema lets any JSON through; a value is simple, or a list of simple ones. */
function toJson(value: unknown): JsonValue {
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  throw new TypeError('A custom attribute has a value that SCIM has no type for.');
}

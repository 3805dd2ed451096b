import { invalidSyntax, invalidValue } from '../errors.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import { type AttributeTarget, type PathTolerance, topLevelTargets } from '../schema/resolve-attribute.ts';
import type { ResourceTypeDefinition } from '../schema/resource-type.ts';
import { isUnassigned } from '../tolerances/empty-string.ts';
import { assertSchemasAllow } from '../tolerances/schemas-list.ts';
import type { Assignment } from './assignment.ts';
import { assertDistinctNamesThroughout } from './distinct-names.ts';
import { membersOf, readAssignments } from './read-assignments.ts';
import { readValue } from './read-value.ts';
import { getAttribute, schemasOf } from './resource-state.ts';

/** What a caller may opt into when a body is read. */
export interface ParseResourceOptions {
  readonly tolerances?: readonly PathTolerance[];
}

/**
 * Validates and normalises the body of a POST or PUT (RFC 7644 §3.3, §3.5.1): canonical names, coerced values,
 * `schemas` as the content has it; unassigned, unknown and read-only attributes left out. Throws invalidSyntax or
 * invalidValue naming the attribute.
 */
export function parseResource(
  body: unknown,
  resourceType: ResourceTypeDefinition,
  options: ParseResourceOptions = {},
): JsonObject {
  if (!isJsonObject(body)) {
    throw invalidSyntax(
      `a ${resourceType.name} is a JSON object; send one with Content-Type application/scim+json.`,
    );
  }
  assertDistinctNamesThroughout(body);
  const members = membersOf(body, resourceType);
  for (const [name, raw] of members) {
    if (isSchemas(name)) assertSchemasAllow(raw, resourceType.schema.id);
  }
  const resource: JsonObject = {};
  for (const assignment of readAssignments(members, resourceType, options.tolerances)) {
    assign(resource, assignment);
  }
  assertRequired(resource, resourceType);
  return { schemas: schemasOf(resource, resourceType), ...resource };
}

const isSchemas = (name: string): boolean =>
  name.length === 'schemas'.length && name.toLowerCase() === 'schemas';

/** Throws invalidValue for the first required attribute that the resource lacks (RFC 7643 §2.2). */
function assertRequired(resource: JsonObject, resourceType: ResourceTypeDefinition): void {
  const missing = topLevelTargets(resourceType).find(
    (target) =>
      target.attribute.required &&
      target.attribute.mutability !== 'readOnly' &&
      (target.extension === undefined || resource[target.extension] !== undefined) &&
      getAttribute(resource, target) === undefined,
  );
  if (missing === undefined) return;
  throw invalidValue(
    missing.path,
    `is required for a ${resourceType.name} and was not given. Add it to the body.`,
  );
}

/** Puts what was assigned into the resource that is being read. */
function assign(resource: JsonObject, { target, raw }: Assignment): void {
  const { attribute, subAttribute } = target;
  if (subAttribute === undefined) {
    const value = readValue(attribute, raw, target.path);
    if (value !== undefined) put(resource, target, value);
    return;
  }
  if (attribute.multiValued) {
    throw invalidValue(target.path, `can not be set without an element; send ${attribute.name} as an array.`);
  }
  const value = isUnassigned(raw) ? undefined : readValue(subAttribute, raw, target.path);
  if (value === undefined) return;
  const whole = getAttribute(resource, target);
  put(resource, target, { ...(isJsonObject(whole) ? whole : {}), [subAttribute.name]: value });
}

function put(resource: JsonObject, { extension, attribute }: AttributeTarget, value: JsonValue): void {
  if (extension === undefined) resource[attribute.name] = value;
  else resource[extension] = { ...(resource[extension] as JsonObject | undefined), [attribute.name]: value };
}

import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import type { AttributeTarget } from '../schema/resolve-attribute.ts';
import type { ResourceTypeDefinition } from '../schema/resource-type.ts';

/** The value of a top-level attribute, in its extension's container where it has one. */
export function getAttribute(resource: JsonObject, target: AttributeTarget): JsonValue | undefined {
  const container = target.extension === undefined ? resource : resource[target.extension];
  const { name } = target.attribute;
  // An account may call an attribute `constructor`, which every object inherits.
  return isJsonObject(container) && Object.hasOwn(container, name) ? container[name] : undefined;
}

/** A copy of the resource with the top-level attribute set, or unassigned when the value is undefined. */
export function withAttribute(
  resource: JsonObject,
  target: AttributeTarget,
  value: JsonValue | undefined,
): JsonObject {
  const { extension, attribute } = target;
  if (extension === undefined) return withMember(resource, attribute.name, value);
  const container = resource[extension];
  const changed = withMember(isJsonObject(container) ? container : {}, attribute.name, value);
  return withMember(resource, extension, Object.keys(changed).length === 0 ? undefined : changed);
}

/** A copy of the object with one member set, or removed when the value is undefined. */
export function withMember(object: JsonObject, name: string, value: JsonValue | undefined): JsonObject {
  const copy = { ...object };
  if (value === undefined) delete copy[name];
  else copy[name] = value;
  return copy;
}

/** The URNs of the schemas whose attributes the resource has, core first (RFC 7643 §3). */
export function schemasOf(resource: JsonObject, resourceType: ResourceTypeDefinition): string[] {
  const extensions = resourceType.extensions.map(({ schema }) => schema.id);
  return [resourceType.schema.id, ...extensions.filter((urn) => resource[urn] !== undefined)];
}

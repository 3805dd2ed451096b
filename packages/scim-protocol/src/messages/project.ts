import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import { type AttributeTarget, attributeTarget, topLevelTargets } from '../schema/resolve-attribute.ts';
import type { ResourceTypeDefinition } from '../schema/resource-type.ts';
import { isProjected, type Projection } from './projection.ts';

/**
 * The representation of a resource under a projection (RFC 7644 §3.9): `id` and `schemas` always, `password` never
 * (RFC 7643 §7, "returned"). Members that no schema knows are left out.
 */
export function project(
  resource: JsonObject,
  projection: Projection,
  resourceType: ResourceTypeDefinition,
): JsonObject {
  const result: JsonObject = {};
  for (const target of topLevelTargets(resourceType)) {
    const { extension, attribute } = target;
    const source = extension === undefined ? resource : resource[extension];
    const value = isJsonObject(source) ? source[attribute.name] : undefined;
    if (value === undefined || !isProjected(projection, target)) continue;
    const projected = projectValue(value, target, projection);
    if (projected !== undefined) place(result, target, projected);
  }
  return result;
}

function place(result: JsonObject, { extension, attribute }: AttributeTarget, value: JsonValue): void {
  if (extension === undefined) {
    result[attribute.name] = value;
    return;
  }
  const container = result[extension];
  if (isJsonObject(container)) container[attribute.name] = value;
  else result[extension] = { [attribute.name]: value };
}

function projectValue(
  value: JsonValue,
  target: AttributeTarget,
  projection: Projection,
): JsonValue | undefined {
  const { attribute, extension } = target;
  const kept = (attribute.subAttributes ?? []).filter((part) =>
    isProjected(projection, attributeTarget(attribute, extension, part)),
  );
  if (kept.length === (attribute.subAttributes?.length ?? 0)) return value;
  const projectElement = (element: JsonValue): readonly JsonValue[] => {
    if (!isJsonObject(element)) return [element];
    const parts = kept.flatMap(({ name }) => {
      const part = element[name];
      return part === undefined ? [] : [[name, part] as const];
    });
    return parts.length === 0 ? [] : [Object.fromEntries(parts)];
  };
  if (!Array.isArray(value)) return projectElement(value)[0];
  const elements = value.flatMap(projectElement);
  return elements.length === 0 ? undefined : elements;
}

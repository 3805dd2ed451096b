import { invalidValue } from '../errors.ts';
import type { JsonValue } from '../json.ts';
import { commonAttributes } from '../schema/common-attributes.ts';
import {
  type AttributeTarget,
  attributeTarget,
  findExtension,
  isCoreSchema,
  type PathTolerance,
  resolveAttribute,
} from '../schema/resolve-attribute.ts';
import type { ResourceTypeDefinition } from '../schema/resource-type.ts';

/** Which attributes a representation has: the default set, only some, or all default ones but some. */
export interface Projection {
  readonly mode: 'default' | 'only' | 'except';
  /** Canonical attribute paths, such as `name.familyName` or `urn:…:User:department`. */
  readonly paths: ReadonlySet<string>;
}

/** The parameters `attributes` and `excludedAttributes`: comma-separated, or arrays in a SearchRequest. */
export interface ProjectionParameters {
  readonly attributes?: JsonValue | undefined;
  readonly excludedAttributes?: JsonValue | undefined;
}

/** How many names `attributes` or `excludedAttributes` may have. */
export const maxProjectedNames = 500;

export const defaultProjection: Projection = { mode: 'default', paths: new Set() };

/**
 * Reads the projection parameters (RFC 7644 §3.9). They exclude each other there; when both come, `attributes`
 * wins. Names that no schema knows are ignored. Throws invalidValue for what is no list of names.
 */
export function parseProjection(
  parameters: ProjectionParameters,
  resourceType: ResourceTypeDefinition,
  tolerances: readonly PathTolerance[] = [],
): Projection {
  const only = namesIn('attributes', parameters.attributes);
  const except = namesIn('excludedAttributes', parameters.excludedAttributes);
  const names = only.length > 0 ? only : except;
  if (names.length === 0) return defaultProjection;
  const paths = names.flatMap((name) => pathsOf(name, resourceType, tolerances));
  return { mode: only.length > 0 ? 'only' : 'except', paths: new Set(paths) };
}

/**
 * Tells whether a representation has the attribute, or any part of it: what need not be returned need not be read.
 */
export function isProjected(projection: Projection, target: AttributeTarget): boolean {
  const { attribute, subAttribute } = target;
  const whole = attributeTarget(attribute, target.extension);
  const { returned } = subAttribute ?? attribute;
  if (attribute.returned === 'never' || returned === 'never') return false;
  if (attribute.returned === 'always') return true;
  const { mode, paths } = projection;
  if (mode === 'only') {
    if (paths.has(whole.path) || paths.has(target.path))
      return returned !== 'request' || paths.has(target.path);
    return hasPartOf(paths, whole.path) && (subAttribute === undefined || returned === 'always');
  }
  if (attribute.returned === 'request' || returned === 'request') return false;
  return mode === 'default' || returned === 'always' || !(paths.has(whole.path) || paths.has(target.path));
}

function hasPartOf(paths: ReadonlySet<string>, whole: string): boolean {
  for (const path of paths) if (path.startsWith(`${whole}.`)) return true;
  return false;
}

function namesIn(parameter: string, value: JsonValue | undefined): readonly string[] {
  if (value === undefined || value === null) return [];
  const items = typeof value === 'string' ? value.split(',', maxProjectedNames + 1) : value;
  if (!Array.isArray(items) || !items.every((item) => typeof item === 'string')) {
    throw invalidValue(parameter, 'must be a list of attribute names separated by commas.');
  }
  if (items.length > maxProjectedNames) {
    throw invalidValue(
      parameter,
      `names more than ${maxProjectedNames} attributes. Name a schema by its URN for all of its attributes.`,
    );
  }
  return items.map((item) => item.trim()).filter((item) => item !== '');
}

/** A schema's URN stands for all attributes of that schema. */
function pathsOf(
  name: string,
  resourceType: ResourceTypeDefinition,
  tolerances: readonly PathTolerance[],
): readonly string[] {
  const extension = findExtension(resourceType, name);
  if (extension !== undefined) {
    return extension.attributes.map((attribute) => attributeTarget(attribute, extension.id).path);
  }
  if (isCoreSchema(resourceType, name)) {
    return [...commonAttributes, ...resourceType.schema.attributes].map((attribute) => attribute.name);
  }
  const target = resolveAttribute(resourceType, name, tolerances);
  return target === undefined ? [] : [target.path];
}

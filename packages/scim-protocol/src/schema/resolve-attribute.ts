import { type AttributeDefinition, findAttribute, type SchemaDefinition } from './attribute.ts';
import { commonAttributes } from './common-attributes.ts';
import type { ResourceTypeDefinition } from './resource-type.ts';

/** What an attribute path of RFC 7644 §3.10 leads to. */
export interface AttributeTarget {
  /** The path in canonical spelling: extension attributes with their URN, core attributes without. */
  readonly path: string;
  /** URN of the extension whose container holds the attribute; absent for core and common attributes. */
  readonly extension?: string;
  readonly attribute: AttributeDefinition;
  readonly subAttribute?: AttributeDefinition;
}

/** Rewrites a path that the schemas do not know into one that they do, or returns undefined. */
export type PathTolerance = (path: string, resourceType: ResourceTypeDefinition) => string | undefined;

interface RegisteredSchema {
  readonly prefix: string;
  readonly schema: SchemaDefinition;
  readonly isExtension: boolean;
}

const registries = new WeakMap<ResourceTypeDefinition, readonly RegisteredSchema[]>();

/** Resolves a path, ignoring case and with or without URN; undefined when no schema of the type knows it. */
export function resolveAttribute(
  resourceType: ResourceTypeDefinition,
  path: string,
  tolerances: readonly PathTolerance[] = [],
): AttributeTarget | undefined {
  const exact = resolveExactly(resourceType, path);
  if (exact !== undefined) return exact;
  for (const tolerance of tolerances) {
    const rewritten = tolerance(path, resourceType);
    const found = rewritten === undefined ? undefined : resolveExactly(resourceType, rewritten);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Finds the extension whose URN is exactly this text, ignoring case. */
export function findExtension(
  resourceType: ResourceTypeDefinition,
  urn: string,
): SchemaDefinition | undefined {
  if (!urn.includes(':')) return undefined;
  const wanted = `${urn.toLowerCase()}:`;
  return registry(resourceType).find(({ prefix, isExtension }) => isExtension && prefix === wanted)?.schema;
}

/** Tells whether a text is exactly the URN of the type's core schema, ignoring case. */
export function isCoreSchema({ schema }: ResourceTypeDefinition, urn: string): boolean {
  return urn.length === schema.id.length && urn.toLowerCase() === schema.id.toLowerCase();
}

/** The target of one attribute, or of one of its sub-attributes, in the core schema or an extension. */
export function attributeTarget(
  attribute: AttributeDefinition,
  extension?: string,
  subAttribute?: AttributeDefinition,
): AttributeTarget {
  const prefix = extension === undefined ? '' : `${extension}:`;
  if (subAttribute === undefined) {
    const path = `${prefix}${attribute.name}`;
    return extension === undefined ? { path, attribute } : { path, attribute, extension };
  }
  const path = `${prefix}${attribute.name}.${subAttribute.name}`;
  return extension === undefined
    ? { path, attribute, subAttribute }
    : { path, attribute, extension, subAttribute };
}

/** All top-level attributes of a resource type: common, core, then extensions. */
export function topLevelTargets(resourceType: ResourceTypeDefinition): readonly AttributeTarget[] {
  const known = topLevel.get(resourceType);
  if (known !== undefined) return known;
  const targets = [
    ...[...commonAttributes, ...resourceType.schema.attributes].map((definition) =>
      attributeTarget(definition),
    ),
    ...resourceType.extensions.flatMap(({ schema }) =>
      schema.attributes.map((definition) => attributeTarget(definition, schema.id)),
    ),
  ];
  topLevel.set(resourceType, targets);
  return targets;
}

const topLevel = new WeakMap<ResourceTypeDefinition, readonly AttributeTarget[]>();

function resolveExactly(resourceType: ResourceTypeDefinition, path: string): AttributeTarget | undefined {
  const registered = path.includes(':') ? findRegistered(resourceType, path.toLowerCase()) : undefined;
  const schema = registered?.schema ?? resourceType.schema;
  const local = registered ? path.slice(registered.prefix.length) : path;
  const dot = local.indexOf('.');
  const name = dot === -1 ? local : local.slice(0, dot);
  const isExtension = registered?.isExtension ?? false;
  const definition =
    findAttribute(schema.attributes, name) ??
    (isExtension ? undefined : findAttribute(commonAttributes, name));
  if (definition === undefined) return undefined;
  const extension = isExtension ? schema.id : undefined;
  if (dot === -1) return attributeTarget(definition, extension);
  const subAttribute = findAttribute(definition.subAttributes, local.slice(dot + 1));
  return subAttribute && attributeTarget(definition, extension, subAttribute);
}

function findRegistered(resourceType: ResourceTypeDefinition, path: string): RegisteredSchema | undefined {
  return registry(resourceType).find(({ prefix }) => path.startsWith(prefix));
}

/** Longest URN first, since one registered URN may be the beginning of another (RFC 7644 §3.10). */
function registry(resourceType: ResourceTypeDefinition): readonly RegisteredSchema[] {
  const known = registries.get(resourceType);
  if (known !== undefined) return known;
  const schemas = [
    { schema: resourceType.schema, isExtension: false },
    ...resourceType.extensions.map(({ schema }) => ({ schema, isExtension: true })),
  ]
    .map((entry) => ({ ...entry, prefix: `${entry.schema.id.toLowerCase()}:` }))
    .sort((left, right) => right.prefix.length - left.prefix.length);
  registries.set(resourceType, schemas);
  return schemas;
}

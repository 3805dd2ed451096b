import {
  type AttributeTarget,
  comparedAttribute,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type ResourceTypeDefinition,
  resolveAttribute,
  topLevelTargets,
  versionOfEtag,
} from '@rollcall/scim-protocol';

/** Everything simple that can be read of a resource, as /Schemas tells it; the parts of complex attributes too. */
export function readablePaths(type: ResourceTypeDefinition): string[] {
  return topLevelTargets(type)
    .filter(({ attribute }) => attribute.returned !== 'never')
    .flatMap(({ attribute, path }) =>
      attribute.type === 'complex'
        ? (attribute.subAttributes ?? []).map(({ name }) => `${path}.${name}`)
        : [path],
    );
}

/** The ids of resources that come sorted by id, as RFC 7644 §3.4.2.3 sorts them by an attribute. */
export function sortedIds(
  type: ResourceTypeDefinition,
  resources: readonly JsonObject[],
  path: string,
  isDescending: boolean,
): string[] {
  const target = resolveAttribute(type, path);
  if (target === undefined) throw new Error(`${type.name} has no ${path}`);
  const keyed = resources
    .map(withBareVersion)
    .map((resource) => ({ id: String(resource.id), key: keyOf(resource, target) }));
  const { caseExact, type: kind } = comparedAttribute(target);
  // A reference is case exact whatever its schema says (RFC 7643 §2.3.7).
  const compareKeys = caseExact || kind === 'reference' ? byCharacter : alphabetically;
  keyed.sort((left, right) => compare(left.key, right.key, compareKeys) || byCharacter(left.id, right.id));
  if (isDescending) keyed.reverse();
  return keyed.map(({ id }) => id);
}

type Comparison = (left: string, right: string) => number;

const byCharacter: Comparison = (left, right) => (left === right ? 0 : left < right ? -1 : 1);
/** By the alphabet of Unicode, which English has: É comes with E, and case decides last. */
const alphabetically: Comparison = new Intl.Collator('en').compare;

function compare(left: string | undefined, right: string | undefined, comparison: Comparison): number {
  if (left === right) return 0;
  if (left === undefined) return 1;
  return right === undefined ? -1 : comparison(left, right);
}

function keyOf(resource: JsonObject, target: AttributeTarget): string | undefined {
  const container = target.extension === undefined ? resource : resource[target.extension];
  const value = isJsonObject(container) ? sortedValue(container[target.attribute.name]) : undefined;
  const part =
    target.subAttribute === undefined
      ? value
      : isJsonObject(value)
        ? value[target.subAttribute.name]
        : undefined;
  return part === undefined || part === null ? undefined : String(part);
}

/** What a tag tells of others, behind the version, is in no row of the resource. */
const withBareVersion = (resource: JsonObject): JsonObject =>
  isJsonObject(resource.meta)
    ? { ...resource, meta: { ...resource.meta, version: `${versionOfEtag(String(resource.meta.version))}` } }
    : resource;

/** Of several values the primary one, or else the first. */
function sortedValue(value: JsonValue | undefined): JsonValue | undefined {
  if (!Array.isArray(value)) return value;
  return value.find((element) => isJsonObject(element) && element.primary === true) ?? value[0];
}

import { invalidValue } from '../errors.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import { type AttributeDefinition, findAttribute } from '../schema/attribute.ts';
import { groupResourceType, userResourceType } from '../schema/resource-type.ts';
import { canonicalId } from './canonical-id.ts';

/** Where a reference stands, and the names of the resource types that it may lead to. */
export interface ReferenceRule {
  readonly where: string;
  readonly types: readonly string[];
}

/**
 * The id that a reference names: its `value`, or what its `$ref` ends with (RFC 7643 §2.4). Of an address, endpoint and id
 * count: one server has as many base URLs as ways lead to it, and Microsoft Entra ID's examples have one of their own. Throws
 * invalidValue for the address of something else.
 */
export function referencedId({ value, $ref }: JsonObject, rule: ReferenceRule): string | undefined {
  if (typeof value === 'string') return value;
  return typeof $ref === 'string' ? idInAddress($ref, rule) : undefined;
}

/**
 * An element that refers to a resource, such as a member, with the id in `value`, in the one spelling that ids have here.
 * Throws invalidValue for one that names nobody, or what can't be referred to here.
 */
export function withReferencedId(
  attribute: AttributeDefinition,
  element: JsonValue | undefined,
  where: string,
): JsonObject {
  const given = isJsonObject(element) ? element : {};
  const said = referencedId(given, { where, types: typesOf(attribute, given, where) });
  if (said === undefined || said === '') {
    throw invalidValue(where, 'names nobody. Give the id in value, or the address of the resource in $ref.');
  }
  const id = canonicalId(said);
  return given.value === id ? given : { ...given, value: id };
}

/** The type that the element says, or all that are possible. */
function typesOf(attribute: AttributeDefinition, { type }: JsonObject, where: string): readonly string[] {
  const possible = findAttribute(attribute.subAttributes, '$ref')?.referenceTypes ?? [];
  if (typeof type !== 'string') return possible;
  const said = possible.filter((name) => name.toLowerCase() === type.toLowerCase());
  if (said.length === 0) throw invalidValue(`${where}.type`, `must be ${possible.join(' or ')}.`);
  return said;
}

function idInAddress(address: string, { where, types }: ReferenceRule): string {
  const [path = ''] = address.split(/[?#]/, 1);
  const [endpoint, id] = lastSegments(path);
  if (endpoint === '' || types.some((type) => endpointOf(type) === endpoint.toLowerCase())) return id;
  throw invalidValue(`${where}.$ref`, `is not the address of a ${types.join(' or ')}.`);
}

function endpointOf(type: string): string | undefined {
  const found = [userResourceType, groupResourceType].find(({ name }) => name === type);
  return found?.endpoint.slice(1).toLowerCase();
}

// A regular expression would try each of many slashes as the first of those at the end.
function lastSegments(path: string): [endpoint: string, id: string] {
  let end = path.length;
  while (end > 0 && path[end - 1] === '/') end -= 1;
  const slash = end === 0 ? -1 : path.lastIndexOf('/', end - 1);
  const id = path.slice(slash + 1, end);
  if (slash < 1) return ['', id];
  return [path.slice(path.lastIndexOf('/', slash - 1) + 1, slash), id];
}

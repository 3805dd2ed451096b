import { invalidValue } from '../errors.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';

/** The id that a reference names: its `value`, or what its `$ref` ends with (RFC 7643 §2.4). */
export function referencedId({ value, $ref }: JsonObject): string | undefined {
  if (typeof value === 'string') return value;
  return typeof $ref === 'string' ? lastSegment($ref) : undefined;
}

// A regular expression would try each of many slashes as the first of those at the end.
function lastSegment(address: string): string {
  let end = address.length;
  while (end > 0 && address[end - 1] === '/') end -= 1;
  return address.slice(address.lastIndexOf('/', end - 1) + 1, end);
}

/**
 * An element that refers to a resource, such as a member, with the id in `value`. Throws invalidValue for one that names
 * nobody.
 */
export function withReferencedId(element: JsonValue | undefined, where: string): JsonObject {
  const id = isJsonObject(element) ? referencedId(element) : undefined;
  if (id === undefined || id === '') {
    throw invalidValue(where, 'names nobody. Give the id in value, or the address of the resource in $ref.');
  }
  return isJsonObject(element) && element.value === id ? element : { ...Object(element), value: id };
}

/** Any value that JSON can carry (RFC 8259). */
export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;

/** A JSON object; absent members are undefined, never null. */
export interface JsonObject {
  [member: string]: JsonValue;
}

/** Tells whether a value is a JSON object, and not an array or null. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Deeper than any value of SCIM: what is nested without end must not exhaust the stack. */
const maxComparedDepth = 100;

/** Tells whether two JSON values are the same, whatever the order of members. */
export function isSameJson(left: JsonValue | undefined, right: JsonValue | undefined, depth = 0): boolean {
  if (left === right) return true;
  if (depth > maxComparedDepth) return false;
  if (Array.isArray(left) && Array.isArray(right)) {
    return (
      left.length === right.length && left.every((item, index) => isSameJson(item, right[index], depth + 1))
    );
  }
  if (!isJsonObject(left) || !isJsonObject(right)) return false;
  const members = Object.keys(left);
  return (
    members.length === Object.keys(right).length &&
    members.every(
      (member) => Object.hasOwn(right, member) && isSameJson(left[member], right[member], depth + 1),
    )
  );
}

/** Finds the member of an object by name without regard to case; names are case-insensitive (RFC 7643 §2.1). */
export function findMember(object: JsonObject, name: string): JsonValue | undefined {
  if (Object.hasOwn(object, name)) return object[name];
  const wanted = name.toLowerCase();
  const found = Object.keys(object).find((member) => member.toLowerCase() === wanted);
  return found === undefined ? undefined : object[found];
}

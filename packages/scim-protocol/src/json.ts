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

/** Large enough that its names are looked up sooner than they are listed. */
const largeObject = 64;

const namesOfLarge = new WeakMap<object, readonly string[]>();

/**
 * The names of the members of an object that is not changed any more, as all that came in a body. Those of a large one are
 * listed once: that takes as long as all else that is done with a name, and several rules look at each.
 */
export function namesOf(object: object): readonly string[] {
  const known = namesOfLarge.get(object);
  if (known !== undefined) return known;
  const names = Object.keys(object);
  if (names.length >= largeObject) namesOfLarge.set(object, names);
  return names;
}

/** Finds the member of an object by name without regard to case; names are case-insensitive (RFC 7643 §2.1). */
export function findMember(object: JsonObject, name: string): JsonValue | undefined {
  if (Object.hasOwn(object, name)) return object[name];
  const wanted = name.toLowerCase();
  const found = namesOf(object).find(
    (member) => member.length === wanted.length && member.toLowerCase() === wanted,
  );
  return found === undefined ? undefined : object[found];
}

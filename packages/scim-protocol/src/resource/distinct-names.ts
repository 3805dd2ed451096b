import { invalidSyntax, payloadTooLarge } from '../errors.ts';
import { isJsonObject, type JsonObject, type JsonValue, namesOf } from '../json.ts';

/** Most members of one object: far more than schemas have attributes, and few enough to be looked at one by one. */
export const maxObjectMembers = 3_000;

/**
 * Names are one whatever their case (RFC 7643 §2.1), so an object that has `active` and `Active` has one attribute twice.
 * Which of them is meant nobody can tell. Throws invalidSyntax, and 413 for more members than any object has.
 */
export function assertDistinctNames(object: JsonObject): void {
  assertDistinct(namesOf(object), object);
}

function assertDistinct(names: readonly string[], object: JsonObject): void {
  if (names.length < 2) return;
  assertMemberCount(names.length);
  /** In lower case, those that are not in the object; most names of most objects are in lower case. */
  const seen = new Set<string>();
  for (const name of names) {
    const lowered = name.toLowerCase();
    if (lowered === name) continue;
    if (seen.has(lowered) || Object.hasOwn(object, lowered)) throw givenTwice(lowered);
    seen.add(lowered);
  }
}

/** The same of every object in a value, however deep. Throws as that does. */
export function assertDistinctNamesThroughout(value: JsonValue): void {
  // A list and no recursion: a body that is nested without end must not exhaust the stack.
  const left: JsonValue[] = [value];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (Array.isArray(next)) {
      for (const item of next) if (isContainer(item)) left.push(item);
    } else if (isJsonObject(next)) {
      const names = namesOf(next);
      assertDistinct(names, next);
      for (const name of names) {
        const item = next[name];
        if (isContainer(item)) left.push(item);
      }
    }
  }
}

const isContainer = (value: JsonValue | undefined): value is JsonObject | JsonValue[] =>
  typeof value === 'object' && value !== null;

/** Throws 413 for more members than any object has. */
export function assertMemberCount(count: number): void {
  if (count <= maxObjectMembers) return;
  throw payloadTooLarge(
    `An object of the body has ${count} members; at most ${maxObjectMembers} are allowed. Leave out what no schema knows, or send it in several requests.`,
  );
}

/** 400: one attribute has two values in one object. */
export const givenTwice = (name: string) =>
  invalidSyntax(`it gives ${name.slice(0, 100)} twice, and only one can be meant. Send it once.`);

import { isJsonObject, isSameJson, type JsonValue } from '../json.ts';
import { findAttribute } from '../schema/attribute.ts';
import { attributeTarget } from '../schema/resolve-attribute.ts';
import { singleValueFromArray } from '../tolerances/array-or-single.ts';
import { objectFromBareValue } from '../tolerances/bare-value.ts';
import { isUnassigned } from '../tolerances/empty-string.ts';
import type { Assignment } from './assignment.ts';
import { givenTwice } from './distinct-names.ts';

/**
 * Keeps what an object gave already. An attribute has several spellings, with its URN or in a container, as a whole or in
 * parts: two of them that agree do no harm, and of two that differ nobody can tell which is meant.
 */
export class GivenOnce {
  readonly #values = new Map<string, JsonValue>();

  /** Throws invalidSyntax for an attribute that was given with another value before. */
  add(assignment: Assignment): void {
    for (const [path, value] of partsOf(assignment)) {
      const before = this.#values.get(path);
      if (before !== undefined && !isSameJson(before, value)) throw givenTwice(path);
      this.#values.set(path, value);
    }
  }
}

/** The value of each part of a single complex attribute; of any other, all of it. */
function partsOf({ target, raw }: Assignment): [path: string, value: JsonValue][] {
  const { attribute, subAttribute, extension } = target;
  if (attribute.type !== 'complex' || attribute.multiValued || subAttribute !== undefined) {
    return [[target.path, raw]];
  }
  const pathOf = (name: string) => {
    const part = findAttribute(attribute.subAttributes, name);
    return part && attributeTarget(attribute, extension, part).path;
  };
  const value = objectFromBareValue(attribute, singleValueFromArray(raw));
  const members: [string, JsonValue][] = isUnassigned(value)
    ? (attribute.subAttributes ?? []).map(({ name }) => [name, null])
    : Object.entries(isJsonObject(value) ? value : {});
  return members.flatMap(([name, part]): [string, JsonValue][] => {
    const path = pathOf(name);
    return path === undefined ? [] : [[path, part]];
  });
}

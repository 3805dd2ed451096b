import { isJsonObject, isSameJson, type JsonObject, type JsonValue } from '../json.ts';
import type { AttributeDefinition } from '../schema/attribute.ts';
import { elementKey, isSameElement } from './element.ts';

/**
 * Adds elements to a multi-valued attribute. One that is there already only gains what the given one says in
 * addition, so adding twice is adding once (RFC 7644 §3.5.2.1). Gives the same array when nothing changes.
 */
export function mergeElements(
  attribute: AttributeDefinition,
  existing: readonly JsonValue[],
  given: readonly JsonValue[],
): readonly JsonValue[] {
  const merged = new MergedElements(attribute, existing);
  for (const element of given) merged.add(element);
  return merged.isChanged ? merged.elements : existing;
}

/** Keeps an index by `value`, so that a group of thousands is merged in one pass. */
class MergedElements {
  readonly elements: JsonValue[];
  isChanged = false;
  readonly #attribute: AttributeDefinition;
  readonly #indexes = new Map<string | undefined, number[]>();

  constructor(attribute: AttributeDefinition, existing: readonly JsonValue[]) {
    this.#attribute = attribute;
    this.elements = [...existing];
    for (const [index, element] of existing.entries()) this.#remember(element, index);
  }

  add(given: JsonValue): void {
    const index = this.#find(given);
    const existing = index === undefined ? undefined : this.elements[index];
    if (index === undefined || existing === undefined) {
      this.#remember(given, this.elements.push(given) - 1);
      this.#clearOtherPrimaries(given, this.elements.length - 1);
      this.isChanged = true;
      return;
    }
    if (!isJsonObject(existing) || !isJsonObject(given)) return;
    const merged = { ...existing, ...given };
    if (isSameJson(existing, merged)) return;
    this.elements[index] = merged;
    this.#clearOtherPrimaries(given, index);
    this.isChanged = true;
  }

  #find(given: JsonValue): number | undefined {
    const candidates = this.#indexes.get(elementKey(this.#attribute, given)) ?? [];
    return candidates.find((index) => isSameElement(this.#attribute, this.elements[index] ?? null, given));
  }

  #remember(element: JsonValue, index: number): void {
    const key = elementKey(this.#attribute, element);
    const indexes = this.#indexes.get(key);
    if (indexes === undefined) this.#indexes.set(key, [index]);
    else indexes.push(index);
  }

  #clearOtherPrimaries(given: JsonValue, keep: number): void {
    if (!isJsonObject(given) || given.primary !== true) return;
    for (const [index, element] of this.elements.entries()) {
      if (index !== keep) this.elements[index] = withoutPrimary(element);
    }
  }
}

/** The element no longer marked primary; the mark stays as `false` (RFC 7644 §3.5.2). */
export function withoutPrimary(element: JsonValue): JsonValue {
  if (!isJsonObject(element) || element.primary !== true) return element;
  const cleared: JsonObject = { ...element, primary: false };
  return cleared;
}

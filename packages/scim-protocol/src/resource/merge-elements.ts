import { isJsonObject, isSameJson, type JsonObject, type JsonValue } from '../json.ts';
import type { AttributeDefinition } from '../schema/attribute.ts';
import { isSameElement } from './element.ts';
import { ElementIndex } from './element-index.ts';

/**
 * Adds elements to a multi-valued attribute. One that is there already only gains what the given one says in
 * addition, so adding twice is adding once (RFC 7644 §3.5.2.1). Gives the same array when nothing changes.
 */
export function mergeElements(
  attribute: AttributeDefinition,
  existing: readonly JsonValue[],
  given: readonly JsonValue[],
): readonly JsonValue[] {
  const merged = new MergedElements(attribute, existing, given.length > 2);
  for (const element of given) merged.add(element);
  return merged.isChanged ? merged.elements : existing;
}

class MergedElements {
  readonly elements: JsonValue[];
  isChanged = false;
  readonly #attribute: AttributeDefinition;
  /** Worth building for many, and not for one. */
  readonly #index: ElementIndex | undefined;

  constructor(attribute: AttributeDefinition, existing: readonly JsonValue[], isIndexed: boolean) {
    this.#attribute = attribute;
    this.elements = [...existing];
    if (isIndexed) this.#index = new ElementIndex(attribute, existing);
  }

  add(given: JsonValue): void {
    const at = this.#find(given);
    const existing = at === undefined ? undefined : this.elements[at];
    if (at === undefined || existing === undefined) {
      this.#index?.add(given, this.elements.length);
      this.elements.push(given);
      this.#clearOtherPrimaries(given, this.elements.length - 1);
      this.isChanged = true;
      return;
    }
    if (!isJsonObject(existing) || !isJsonObject(given)) return;
    const merged = { ...existing, ...given };
    if (isSameJson(existing, merged)) return;
    this.elements[at] = merged;
    if (existing.type === undefined && merged.type !== undefined) this.#index?.add(merged, at);
    this.#clearOtherPrimaries(given, at);
    this.isChanged = true;
  }

  #find(given: JsonValue): number | undefined {
    if (this.#index !== undefined) return this.#index.find(given);
    const at = this.elements.findIndex((existing) => isSameElement(this.#attribute, existing, given));
    return at === -1 ? undefined : at;
  }

  #clearOtherPrimaries(given: JsonValue, keep: number): void {
    if (!isJsonObject(given) || given.primary !== true) return;
    for (let index = 0; index < this.elements.length; index++) {
      if (index !== keep) this.elements[index] = withoutPrimary(this.elements[index] ?? null);
    }
  }
}

/** The element no longer marked primary; the mark stays as `false` (RFC 7644 §3.5.2). */
export function withoutPrimary(element: JsonValue): JsonValue {
  if (!isJsonObject(element) || element.primary !== true) return element;
  const cleared: JsonObject = { ...element, primary: false };
  return cleared;
}

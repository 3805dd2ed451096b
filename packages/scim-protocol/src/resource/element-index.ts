import { foldCase } from '../filter/match.ts';
import { isJsonObject, type JsonValue } from '../json.ts';
import { type AttributeDefinition, findAttribute } from '../schema/attribute.ts';
import { elementKey, isSameElement } from './element.ts';

/**
 * Finds an element among others in one step, so that thousands are merged in one pass, be they of one value too. Those
 * of an attribute that has no `value` are looked through one by one; `valueLimits` keeps them few.
 */
export class ElementIndex {
  readonly #attribute: AttributeDefinition;
  readonly #type: AttributeDefinition | undefined;
  /** By value, the place of the first element that has it. */
  readonly #first = new Map<JsonValue, number>();
  /** By value, the place of the first element that has it and no type. */
  readonly #untyped = new Map<JsonValue, number>();
  /** By type and value, the place of the first element that has both. */
  readonly #typed = new Map<JsonValue, Map<JsonValue, number>>();
  /** Those without a key, in the form in which they are compared. */
  readonly #withoutKey: { readonly at: number; readonly folded: JsonValue }[] = [];

  constructor(attribute: AttributeDefinition, elements: readonly JsonValue[] = []) {
    this.#attribute = attribute;
    this.#type = findAttribute(attribute.subAttributes, 'type');
    for (const [at, element] of elements.entries()) this.add(element, at);
  }

  /** The place of the first of the indexed elements that is the same as the given one (RFC 7643 §2.4). */
  find(given: JsonValue): number | undefined {
    const key = elementKey(this.#attribute, given);
    if (key === undefined) {
      const wanted = this.#fold(given);
      return this.#withoutKey.find(({ folded }) => isSameElement(this.#attribute, folded, wanted))?.at;
    }
    const first = this.#first.get(key);
    const type = this.#typeOf(given);
    if (first === undefined || type === undefined) return first;
    const typed = this.#typed.get(type)?.get(key);
    const untyped = this.#untyped.get(key);
    if (typed === undefined || untyped === undefined) return typed ?? untyped;
    return Math.min(typed, untyped);
  }

  /** Remembers the element at a place; again when it has gained a type. */
  add(element: JsonValue, at: number): void {
    const key = elementKey(this.#attribute, element);
    if (key === undefined) {
      this.#withoutKey.push({ at, folded: this.#fold(element) });
      return;
    }
    if (!this.#first.has(key)) this.#first.set(key, at);
    const type = this.#typeOf(element);
    if (type === undefined) {
      if (!this.#untyped.has(key)) this.#untyped.set(key, at);
      return;
    }
    if (this.#untyped.get(key) === at) this.#untyped.delete(key);
    const ofType = this.#typed.get(type) ?? new Map<JsonValue, number>();
    this.#typed.set(type, ofType);
    if (!ofType.has(key)) ofType.set(key, at);
  }

  #fold(element: JsonValue): JsonValue {
    if (!isJsonObject(element)) return element;
    const parts = Object.entries(element).map(([name, value]) => [
      name,
      foldCase(findAttribute(this.#attribute.subAttributes, name), value) ?? null,
    ]);
    return Object.fromEntries(parts);
  }

  #typeOf(element: JsonValue): JsonValue | undefined {
    return isJsonObject(element) ? foldCase(this.#type, element.type) : undefined;
  }
}

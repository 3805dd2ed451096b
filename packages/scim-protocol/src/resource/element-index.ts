import { foldCase } from '../filter/match.ts';
import { isJsonObject, type JsonValue } from '../json.ts';
import { type AttributeDefinition, findAttribute } from '../schema/attribute.ts';
import { elementKey, isSameElement } from './element.ts';

/** The elements of one value: the first of them, the first of each type, and the first that has no type. */
interface SameValue {
  readonly first: number;
  readonly byType: Map<JsonValue, number>;
  untyped: number | undefined;
}

/**
 * Finds an element among others in one step, so that thousands are merged in one pass, be they of one value too. Those
 * that have no `value` are looked through one by one; `valueLimits` keeps them few.
 */
export class ElementIndex {
  readonly #attribute: AttributeDefinition;
  readonly #type: AttributeDefinition | undefined;
  readonly #byValue = new Map<string, SameValue>();
  readonly #withoutValue: number[] = [];

  constructor(attribute: AttributeDefinition, elements: readonly JsonValue[] = []) {
    this.#attribute = attribute;
    this.#type = findAttribute(attribute.subAttributes, 'type');
    for (const [at, element] of elements.entries()) this.add(element, at);
  }

  /** The place of the first of the indexed elements that is the same as the given one (RFC 7643 §2.4). */
  find(elements: readonly JsonValue[], given: JsonValue): number | undefined {
    const key = elementKey(this.#attribute, given);
    if (key === undefined) {
      return this.#withoutValue.find((at) => isSameElement(this.#attribute, elements[at] ?? null, given));
    }
    const same = this.#byValue.get(key);
    const type = this.#typeOf(given);
    if (same === undefined || type === undefined) return same?.first;
    const typed = same.byType.get(type);
    if (typed === undefined || same.untyped === undefined) return typed ?? same.untyped;
    return Math.min(typed, same.untyped);
  }

  /** Remembers the element at a place; again when it has gained a type. */
  add(element: JsonValue, at: number): void {
    const key = elementKey(this.#attribute, element);
    if (key === undefined) {
      this.#withoutValue.push(at);
      return;
    }
    const same = this.#byValue.get(key) ?? { first: at, byType: new Map(), untyped: undefined };
    this.#byValue.set(key, same);
    const type = this.#typeOf(element);
    if (type === undefined) {
      same.untyped ??= at;
      return;
    }
    if (same.untyped === at) same.untyped = undefined;
    if (!same.byType.has(type)) same.byType.set(type, at);
  }

  #typeOf(element: JsonValue): JsonValue | undefined {
    return isJsonObject(element) ? foldCase(this.#type, element.type) : undefined;
  }
}

import { listAttributes } from '../model/user-attributes.ts';
import { fold } from '../text/fold.ts';
import { exactValues } from './list-filter.ts';
import type { UserChanges } from './user-properties.ts';

type Parts = Readonly<Record<string, unknown>>;

/** The changes with each value of one type once in every list, as SCIM merges them (RFC 7643 §2.4). */
export function withMergedValues<Changes extends UserChanges>(changes: Changes): Changes {
  const merged: Record<string, unknown> = {};
  for (const { field, column } of listAttributes) {
    const elements = changes[field];
    if (elements != null && elements.length > 1) merged[field] = mergedElements(elements, column);
  }
  return { ...changes, ...merged };
}

/** The elements in the order in which they came; one that was there already gains what the later one says in addition. */
function mergedElements(elements: readonly object[], column: string): Parts[] {
  const merged = new MergedElements();
  for (const element of elements) merged.add({ ...element }, comparedParts(element, exactValues.has(column)));
  return merged.elements;
}

interface Merged {
  element: Parts;
  compared: Parts;
}

class MergedElements {
  readonly #all: Merged[] = [];
  /** By value, those that have it, by type; one without a type is alone, for whatever comes later is the same. */
  readonly #byValue = new Map<unknown, Map<unknown, Merged>>();

  get elements(): Parts[] {
    return this.#all.map(({ element }) => element);
  }

  add(element: Parts, compared: Parts): void {
    const same = this.#find(compared);
    if (same === undefined) {
      const added = { element, compared };
      this.#all.push(added);
      this.#note(added);
      return;
    }
    const { type } = same.compared;
    same.element = { ...same.element, ...element };
    same.compared = { ...same.compared, ...compared };
    if (same.compared.type === type) return;
    this.#byValue.get(same.compared.value)?.delete(type);
    this.#note(same);
  }

  /** What has no value, as addresses, is the same in all that it says, and looked for among all: there are few. */
  #find(given: Parts): Merged | undefined {
    if (given.value === undefined) {
      const parts = Object.entries(given);
      return this.#all.find(({ compared }) => parts.every(([part, said]) => compared[part] === said));
    }
    const byType = this.#byValue.get(given.value);
    if (byType === undefined) return undefined;
    if (given.type === undefined) return byType.values().next().value;
    return byType.get(given.type) ?? byType.get(undefined);
  }

  #note(merged: Merged): void {
    const { value, type } = merged.compared;
    const byType = this.#byValue.get(value) ?? new Map<unknown, Merged>();
    this.#byValue.set(value, byType.set(type, merged));
  }
}

/** The parts that tell one element from another, in the form in which equal ones are identical. */
const comparedParts = (element: object, isExact: boolean): Parts =>
  Object.fromEntries(
    Object.entries(element).flatMap(([part, said]) => {
      if (part === 'primary') return [];
      return [[part, typeof said === 'string' && !(isExact && part === 'value') ? fold(said) : said]];
    }),
  );

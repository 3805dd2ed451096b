import { fold } from '../text/fold.ts';
import { exactValues } from './list-filter.ts';
import { listAttributes } from './user-attributes.ts';
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
  const merged: { element: Parts; compared: Parts }[] = [];
  for (const element of elements) {
    const compared = comparedParts(element, exactValues.has(column));
    const same = merged.find((other) => isSame(other.compared, compared));
    if (same === undefined) {
      merged.push({ element: { ...element }, compared });
    } else {
      same.element = { ...same.element, ...element };
      same.compared = { ...same.compared, ...compared };
    }
  }
  return merged.map(({ element }) => element);
}

/** The parts that tell one element from another, in the form in which equal ones are identical. */
const comparedParts = (element: object, isExact: boolean): Parts =>
  Object.fromEntries(
    Object.entries(element).flatMap(([part, said]) => {
      if (part === 'primary') return [];
      return [[part, typeof said === 'string' && !(isExact && part === 'value') ? fold(said) : said]];
    }),
  );

/** Of one value, a type that one side leaves out is no difference. What has no value, as addresses, is the same in all it says. */
function isSame(existing: Parts, given: Parts): boolean {
  if (given.value === undefined)
    return Object.entries(given).every(([part, said]) => existing[part] === said);
  const isTyped = existing.type !== undefined && given.type !== undefined;
  return existing.value === given.value && (!isTyped || existing.type === given.type);
}

import {
  parseSorting,
  type ResourceTypeDefinition,
  resolveAttribute,
  type SearchRequest,
  type SortRequest,
  unknownSortBy,
} from '@rollcall/scim-protocol';
import { pathTolerances } from '../resources/path-tolerances.ts';
import { mergedList } from './merged-list.ts';
import type { ResourceList } from './resource-list.ts';
import { compareKeys, isMergeable } from './sort-keys.ts';

/**
 * How each of the types searched at once is sorted; undefined for one that does not have the attribute, as for all when no
 * order is asked for.
 *
 * @throws ScimError invalidValue for an attribute that none of the types has
 */
export function sortingByType(
  request: SearchRequest,
  types: readonly ResourceTypeDefinition[],
): (SortRequest | undefined)[] {
  const { sortBy } = request;
  const knows = (type: ResourceTypeDefinition) =>
    typeof sortBy === 'string' && resolveAttribute(type, sortBy.trim(), pathTolerances) !== undefined;
  const isKnown = types.some(knows);
  if (!isKnown && (sortBy ?? '') !== '') throw unknownSortBy(types.map(({ name }) => name));
  return types.map((type) =>
    isKnown && !knows(type) ? undefined : parseSorting(request, type, pathTolerances),
  );
}

/** The list of one type, and what it is sorted by. */
export interface SortedList {
  readonly list: ResourceList;
  readonly sort: SortRequest | undefined;
  readonly typeName: string;
}

/**
 * Lists of several types in an order in which, read one after the other, all is sorted (RFC 7644 §3.4.2.3): merged where each
 * has values of its own, else one behind the other. Resources of a type that does not have the attribute have no value: they
 * come last, and first when descending. What is the same for all of a type, such as meta.resourceType, is sorted by its name.
 */
export function inOneOrder(lists: readonly SortedList[]): ResourceList[] {
  const sort = lists.find((one) => one.sort !== undefined)?.sort;
  if (sort === undefined) return lists.map(({ list }) => list);
  if (isMergeable(sort) && lists.every((one) => one.sort !== undefined)) {
    const merged = lists
      .map(({ list }) => list)
      .reduce((left, right) => mergedList([left, right], compareKeys(sort)));
    return [merged];
  }
  const ascending = [...lists].sort(
    (left, right) =>
      Number(left.sort === undefined) - Number(right.sort === undefined) ||
      (left.typeName < right.typeName ? -1 : 1),
  );
  return (sort.isDescending ? ascending.reverse() : ascending).map(({ list }) => list);
}

import { fold, type SortRequest } from '@rollcall/scim-protocol';
import type { StoredResource } from '../resources/resource-port.ts';

/** What a resource is sorted by in its list; null for one without a value. */
export type SortKey = string | number | null;

/** Tells which of two comes first: negative for the left one. */
export type CompareKeys = (left: SortKey, right: SortKey) => number;

/** What resources of every type have, and can be sorted by together. */
const keys: Readonly<Record<string, (resource: StoredResource) => SortKey>> = {
  id: ({ id }) => id,
  externalId: ({ externalId }) => externalId,
  displayName: ({ displayName }) => displayName,
  'meta.created': ({ createdAt }) => String(createdAt),
  'meta.lastModified': ({ updatedAt }) => String(updatedAt),
  'meta.version': ({ version }) => version,
};

/** Can lists of several types be merged by this attribute? */
export const isMergeable = ({ target }: SortRequest): boolean => Object.hasOwn(keys, target.path);

/** What a resource is sorted by; null where it has no value, or where lists are not merged by the attribute. */
export function sortKeyOf(resource: StoredResource, sort: SortRequest | undefined): SortKey {
  return sort === undefined ? null : (keys[sort.target.path]?.(resource) ?? null);
}

/** The alphabet of Unicode, which English has and the lists are sorted by; capitals make no difference. */
const alphabet = new Intl.Collator('en');

/**
 * Compares what two lists are sorted by in the way they are (RFC 7644 §3.4.2.3): what has no value is last, and first when
 * descending.
 */
export function compareKeys({ target, isDescending }: SortRequest): CompareKeys {
  const { caseExact, type } = target.subAttribute ?? target.attribute;
  const isName = type === 'string' && !caseExact;
  const ascending: CompareKeys = (left, right) => {
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    if (isName) return alphabet.compare(fold(String(left)), fold(String(right)));
    return left < right ? -1 : Number(left > right);
  };
  return isDescending ? (left, right) => ascending(right, left) : ascending;
}

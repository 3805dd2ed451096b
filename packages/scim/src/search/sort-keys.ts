import { fold, type SortRequest } from '@rollcall/scim-protocol';
import type { CompareKeys } from './merged-list.ts';
import type { SortKey } from './resource-list.ts';

/** What resources of every type have, and can be sorted by together. */
interface Sortable {
  readonly id: string;
  readonly externalId: string | null;
  readonly displayName: string | null;
  readonly version: number;
  readonly createdAt: unknown;
  readonly updatedAt: unknown;
}

const keys: Readonly<Record<string, (resource: Sortable) => SortKey>> = {
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
export function sortKeyOf(resource: Sortable, sort: SortRequest | undefined): SortKey {
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

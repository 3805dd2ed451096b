import type { PropertyChange } from '../model/event.ts';

/** What differs between an object as it was and as it is, as an event tells it. */
export function changesBetween(before: object, after: object): PropertyChange[] {
  const old = new Map<string, unknown>(Object.entries(before));
  return Object.entries(after)
    .map(([field, value]) => ({ field, before: old.get(field) ?? null, after: value }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after));
}

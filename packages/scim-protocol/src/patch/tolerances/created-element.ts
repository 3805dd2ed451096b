import type { BoundFilter } from '../../filter/bound-filter.ts';
import type { JsonObject } from '../../json.ts';

/**
 * Microsoft Entra ID replaces `emails[type eq "work"].value` also for a user who has no work e-mail and repeats it
 * for ever when it is answered 400 noTarget as RFC 7644 §3.5.2.3 says (entra-docs; ssoready 228 and 249). Such an
 * element is created from the terms of the filter, which only works for `eq` joined by `and`; else undefined.
 */
export function elementFromFilter(filter: BoundFilter | undefined): JsonObject | undefined {
  if (filter === undefined) return {};
  if (filter.kind === 'and') {
    const parts = filter.operands.map(elementFromFilter);
    return parts.every((part) => part !== undefined) ? Object.assign({}, ...parts) : undefined;
  }
  if (filter.kind !== 'compare' || filter.operator !== 'eq' || filter.value === null) return undefined;
  const { subAttribute } = filter.target;
  if (subAttribute === undefined) return undefined;
  const value = filter.value instanceof Date ? filter.value.toISOString() : filter.value;
  return { [subAttribute.name]: value };
}

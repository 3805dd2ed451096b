import { invalidCount, invalidCursor, invalidValue } from '../errors.ts';
import type { JsonValue } from '../json.ts';

/** Page parameters as a query string or a SearchRequest carries them. */
export interface PageParameters {
  readonly startIndex?: JsonValue | undefined;
  readonly count?: JsonValue | undefined;
  readonly cursor?: JsonValue | undefined;
}

/** Page sizes as published in ServiceProviderConfig. */
export interface PageLimits {
  readonly defaultCount: number;
  readonly maxCount: number;
}

/**
 * A page to return: from a 1-based index, or from a cursor, where '' is the first page (RFC 9865 §2). With a cursor,
 * `count` is left out where the client says none: it is the one that the cursor was given out for.
 */
export type PageRequest =
  | { readonly kind: 'index'; readonly startIndex: number; readonly count: number }
  | { readonly kind: 'cursor'; readonly cursor: string; readonly count?: number };

/**
 * Reads page parameters: startIndex below 1 is 1, a negative count is 0, a count above the cap is the cap (RFC 7644
 * §3.4.2.4). A cursor, even an empty one, asks for cursor paging. Throws invalidValue for what is not a whole
 * number, with a cursor invalidCount or invalidCursor (RFC 9865 §2.1).
 */
export function parsePagination(parameters: PageParameters, limits: PageLimits): PageRequest {
  const { cursor } = parameters;
  if (cursor !== undefined && cursor !== null) {
    if (typeof cursor !== 'string') throw invalidCursor();
    const given = wholeNumber(parameters.count);
    if (given === 'invalid') throw invalidCount('must be a whole number.');
    return { kind: 'cursor', cursor, ...(given === undefined ? {} : { count: countWithin(given, limits) }) };
  }
  const startIndex = wholeNumber(parameters.startIndex) ?? 1;
  if (startIndex === 'invalid')
    throw invalidValue('startIndex', 'must be a whole number; the first result is 1.');
  const count = wholeNumber(parameters.count);
  if (count === 'invalid') throw invalidValue('count', 'must be a whole number.');
  return { kind: 'index', startIndex: Math.max(1, startIndex), count: countWithin(count, limits) };
}

function countWithin(count: number | undefined, limits: PageLimits): number {
  return Math.max(0, Math.min(count ?? limits.defaultCount, limits.maxCount));
}

/** More than a number holds exactly is more than there ever is. */
function wholeNumber(value: JsonValue | undefined): number | undefined | 'invalid' {
  if (value === undefined || value === null || value === '') return undefined;
  const number = typeof value === 'string' && /^[+-]?\d+$/.test(value.trim()) ? Number(value) : value;
  if (typeof number !== 'number' || !(Number.isInteger(number) || Math.abs(number) === Infinity))
    return 'invalid';
  return Math.max(Number.MIN_SAFE_INTEGER, Math.min(number, Number.MAX_SAFE_INTEGER));
}

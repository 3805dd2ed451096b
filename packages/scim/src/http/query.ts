import { invalidValue, parseSearchQuery, type SearchRequest } from '@rollcall/scim-protocol';
import type { FastifyRequest } from 'fastify';

/**
 * Reads the query string of a request.
 * @throws ScimError invalidValue for a parameter that is given twice, since either could be the one that was meant
 */
export function searchQueryOf(request: FastifyRequest): SearchRequest {
  const { query } = request;
  const given = typeof query === 'object' && query !== null ? Object.entries(query) : [];
  return given.length === 0
    ? {}
    : parseSearchQuery(given.map(([name, value]) => [name, onlyText(name, value)]));
}

function onlyText(name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  throw invalidValue(name, 'is given more than once. Send it once.');
}

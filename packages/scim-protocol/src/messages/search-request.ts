import { invalidSyntax, invalidValue } from '../errors.ts';
import { findMember, isJsonObject, type JsonValue } from '../json.ts';
import { assertDistinctNames } from '../resource/distinct-names.ts';
import { SEARCH_REQUEST } from '../schema/urns.ts';
import { assertMessageSchemas } from '../tolerances/schemas-list.ts';
import type { PageParameters } from './pagination.ts';
import type { ProjectionParameters } from './projection.ts';

/** A search: what GET has in its query and POST /.search in its body (RFC 7644 §3.4.3). */
export interface SearchRequest extends PageParameters, ProjectionParameters {
  readonly filter?: string;
  readonly sortBy?: JsonValue | undefined;
  readonly sortOrder?: JsonValue | undefined;
}

/**
 * Reads the body of POST /.search. A filter that is given but empty, here as in the query of a GET, is refused by the
 * parser, not taken for "all": a client whose template has nothing to fill in looks for one and would find everybody.
 * Throws invalidSyntax when it is no SearchRequest, invalidValue for its filter.
 */
export function parseSearchRequest(body: unknown): SearchRequest {
  if (!isJsonObject(body)) throw invalidSyntax('a search is a JSON object.');
  assertDistinctNames(body);
  assertMessageSchemas(findMember(body, 'schemas'), SEARCH_REQUEST, 'search');
  const filter = findMember(body, 'filter') ?? undefined;
  if (filter !== undefined && typeof filter !== 'string') throw invalidValue('filter', 'must be a string.');
  return {
    ...(filter === undefined ? {} : { filter }),
    attributes: findMember(body, 'attributes'),
    excludedAttributes: findMember(body, 'excludedAttributes'),
    sortBy: findMember(body, 'sortBy'),
    sortOrder: findMember(body, 'sortOrder'),
    startIndex: findMember(body, 'startIndex'),
    count: findMember(body, 'count'),
    cursor: findMember(body, 'cursor'),
  };
}

const parameterNames = [
  'attributes',
  'excludedAttributes',
  'sortBy',
  'sortOrder',
  'startIndex',
  'count',
  'cursor',
] as const;

/**
 * Reads the query of a GET. Names are matched in any case, since Microsoft Entra ID writes `startindex`.
 */
export function parseSearchQuery(query: Iterable<readonly [string, string]>): SearchRequest {
  const given = new Map([...query].map(([name, value]) => [name.toLowerCase(), value]));
  const filter = given.get('filter');
  const others = parameterNames.map((name) => [name, given.get(name.toLowerCase())] as const);
  return { ...(filter === undefined ? {} : { filter }), ...Object.fromEntries(others) };
}

import { parseSearchRequest, type SearchRequest } from '@rollcall/scim-protocol';
import type { FastifyRequest } from 'fastify';
import type { Endpoint } from '../adapter/adapter.ts';
import { requestScope } from '../adapter/request-scope.ts';
import { searchQueryOf } from '../http/query.ts';
import { sendJson } from '../http/send.ts';
import type { ReadablePort } from '../resources/resource-port.ts';
import { search } from './search.ts';

/** Makes the GET of a list of these types (RFC 7644 §3.4.2); of all of them at the base URL (§3.4.2.1). */
export const listOf = (types: readonly ReadablePort[]): Endpoint => searchBy(types, searchQueryOf);

/** Makes the POST of a search of these types (RFC 7644 §3.4.3). */
export const searchOf = (types: readonly ReadablePort[]): Endpoint =>
  searchBy(types, ({ body }) => parseSearchRequest(body));

const searchBy =
  (types: readonly ReadablePort[], read: (request: FastifyRequest) => SearchRequest): Endpoint =>
  (adapter) =>
  async (request, reply) => {
    const scope = requestScope(adapter, request);
    return sendJson(reply, 200, JSON.stringify(await search(scope, types, read(request))));
  };

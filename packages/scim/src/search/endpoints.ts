import { parseSearchRequest } from '@rollcall/scim-protocol';
import type { Endpoint } from '../adapter.ts';
import { authenticate } from '../authenticate.ts';
import { searchQueryOf } from '../http/query.ts';
import { sendJson } from '../http/send.ts';
import { resourceUrls } from '../resource-urls.ts';
import type { ListedType } from './resource-list.ts';
import { search } from './search.ts';

/** Makes the GET of a list of these types (RFC 7644 §3.4.2); of all of them at the base URL (§3.4.2.1). */
export const listOf =
  (types: readonly ListedType[]): Endpoint =>
  (adapter) =>
  async (request, reply) => {
    const asker = { caller: authenticate(request), urls: resourceUrls(adapter.baseUrlOf(request)) };
    const found = await search(adapter, { types, request: searchQueryOf(request), asker });
    return sendJson(reply, 200, JSON.stringify(found));
  };

/** Makes the POST of a search of these types (RFC 7644 §3.4.3). */
export const searchOf =
  (types: readonly ListedType[]): Endpoint =>
  (adapter) =>
  async (request, reply) => {
    const asker = { caller: authenticate(request), urls: resourceUrls(adapter.baseUrlOf(request)) };
    const found = await search(adapter, { types, request: parseSearchRequest(request.body), asker });
    return sendJson(reply, 200, JSON.stringify(found));
  };

import { parseSearchRequest } from '@rollcall/scim-protocol';
import type { Endpoint } from '../adapter.ts';
import { authenticate } from '../authenticate.ts';
import { groups } from '../groups/list-groups.ts';
import { searchQueryOf } from '../http/query.ts';
import { sendJson } from '../http/send.ts';
import { resourceUrls } from '../resource-urls.ts';
import { users } from '../users/list-users.ts';
import type { ListedType } from './resource-list.ts';
import { search } from './search.ts';

/** Makes the GET of a list (RFC 7644 §3.4.2). */
const listOf =
  (types: readonly ListedType[]): Endpoint =>
  (adapter) =>
  async (request, reply) => {
    const asker = { caller: authenticate(request), urls: resourceUrls(adapter.baseUrlOf(request)) };
    const found = await search(adapter, { types, request: searchQueryOf(request), asker });
    return sendJson(reply, 200, JSON.stringify(found));
  };

/** Makes the POST of a search (RFC 7644 §3.4.3). */
const searchOf =
  (types: readonly ListedType[]): Endpoint =>
  (adapter) =>
  async (request, reply) => {
    const asker = { caller: authenticate(request), urls: resourceUrls(adapter.baseUrlOf(request)) };
    const found = await search(adapter, { types, request: parseSearchRequest(request.body), asker });
    return sendJson(reply, 200, JSON.stringify(found));
  };

export const listUsers = listOf([users]);
export const searchUsers = searchOf([users]);
export const listGroups = listOf([groups]);
export const searchGroups = searchOf([groups]);
/** Of the base URL itself: every type (RFC 7644 §3.4.2.1). */
export const listEverything = listOf([users, groups]);
export const searchEverything = searchOf([users, groups]);

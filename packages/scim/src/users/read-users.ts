import type { GraphQLRequestHeaders } from '@rollcall/graphql-client';
import { listResponse, notFound, type Projection, userResourceType } from '@rollcall/scim-protocol';
import type { Adapter, Endpoint } from '../adapter.ts';
import { authenticate } from '../authenticate.ts';
import { answerRead } from '../http/answer-resource.ts';
import { searchQueryOf } from '../http/query.ts';
import { sendJson } from '../http/send.ts';
import { emptyList, type ListPlan, pageOf, planList } from '../list-plan.ts';
import { resourceIdOf } from '../resource-id.ts';
import { type ResourceUrls, resourceUrls } from '../resource-urls.ts';
import {
  CountUsers,
  GetUser,
  GetUserWithoutGroups,
  ListUsers,
  ListUsersWithoutGroups,
  type UserResult,
} from './documents.ts';
import { planUserFilter } from './plan-filter.ts';
import { projectUser, representUser, showsGroups, userProjectionOf } from './represent.ts';
import type { UserFilter } from './user-fields.ts';

/** GET /Users/{id} (RFC 7644 §3.4.1). */
export const getUser: Endpoint = (adapter) => async (request, reply) => {
  const caller = authenticate(request);
  const id = resourceIdOf(request, 'User');
  const projection = userProjectionOf(request);
  const user = await findUser(adapter, { id, projection, caller });
  return answerRead(
    request,
    reply,
    representUser(user, projection, resourceUrls(adapter.baseUrlOf(request))),
  );
};

/** GET /Users (RFC 7644 §3.4.2). */
export const listUsers: Endpoint = (adapter) => async (request, reply) => {
  const caller = authenticate(request);
  const plan = planList(searchQueryOf(request), userResourceType, adapter.limits);
  const urls = resourceUrls(adapter.baseUrlOf(request));
  return sendJson(reply, 200, JSON.stringify(await searchUsers(adapter, { plan, caller, urls })));
};

/** What a list or search of users is asked with. */
export interface UserSearch {
  plan: ListPlan;
  caller: GraphQLRequestHeaders;
  urls: ResourceUrls;
}

/** Runs a list or search of users and gives the list response. */
async function searchUsers(adapter: Adapter, { plan, caller, urls }: UserSearch) {
  const matching = planUserFilter(plan.filter);
  if (matching === false) return emptyList(plan);
  const filter = matching === true ? undefined : matching;
  const { totalCount, nodes } = await readPage(adapter, { plan, filter, caller });
  return listResponse({
    resources: nodes.map((user) => projectUser(user, plan.projection, urls)),
    totalResults: totalCount,
    startIndex: plan.startIndex,
  });
}

interface PageRead {
  plan: ListPlan;
  filter: UserFilter | undefined;
  caller: GraphQLRequestHeaders;
}

async function readPage(
  { client }: Adapter,
  { plan, filter, caller }: PageRead,
): Promise<{ totalCount: number; nodes: readonly UserResult[] }> {
  if (plan.count === 0) {
    const { users } = await client.execute(CountUsers, { filter }, caller);
    return { totalCount: users.totalCount, nodes: [] };
  }
  const variables = { filter, ...pageOf(plan) };
  const { users } = showsGroups(plan.projection)
    ? await client.execute(ListUsers, variables, caller)
    : await client.execute(ListUsersWithoutGroups, variables, caller);
  return users;
}

/** Which user is to be read, and how much of them. */
export interface UserRead {
  id: string;
  projection: Projection;
  caller: GraphQLRequestHeaders;
}

/**
 * Reads one user.
 * @throws ScimError 404 when there is none, or none any more
 */
export async function findUser(
  { client }: Adapter,
  { id, projection, caller }: UserRead,
): Promise<UserResult> {
  const { user } = showsGroups(projection)
    ? await client.execute(GetUser, { id }, caller)
    : await client.execute(GetUserWithoutGroups, { id }, caller);
  if (user === null || user.status === 'DEPROVISIONED') throw notFound('User', id);
  return user;
}

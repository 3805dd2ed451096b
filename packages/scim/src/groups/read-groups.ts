import type { GraphQLRequestHeaders } from '@rollcall/graphql-client';
import { groupResourceType, listResponse, notFound } from '@rollcall/scim-protocol';
import type { Adapter, Endpoint } from '../adapter.ts';
import { authenticate } from '../authenticate.ts';
import { answerRead } from '../http/answer-resource.ts';
import { searchQueryOf } from '../http/query.ts';
import { sendJson } from '../http/send.ts';
import { emptyList, type ListPlan, pageOf, planList } from '../list-plan.ts';
import { resourceIdOf } from '../resource-id.ts';
import { type ResourceUrls, resourceUrls } from '../resource-urls.ts';
import {
  CountTeams,
  GetTeam,
  GetTeamWithoutMembers,
  ListTeams,
  ListTeamsWithoutMembers,
  type TeamResult,
} from './documents.ts';
import { planGroupFilter, type TeamFilter } from './plan-filter.ts';
import { groupProjectionOf, projectGroup, representGroup, showsMembers } from './represent.ts';

/** GET /Groups/{id} (RFC 7644 §3.4.1). */
export const getGroup: Endpoint = (adapter) => async (request, reply) => {
  const caller = authenticate(request);
  const id = resourceIdOf(request, 'Group');
  const projection = groupProjectionOf(request);
  const team = await findGroup(adapter, { id, withMembers: showsMembers(projection), caller });
  return answerRead(
    request,
    reply,
    representGroup(team, projection, resourceUrls(adapter.baseUrlOf(request))),
  );
};

/** GET /Groups (RFC 7644 §3.4.2). */
export const listGroups: Endpoint = (adapter) => async (request, reply) => {
  const caller = authenticate(request);
  const plan = planList(searchQueryOf(request), groupResourceType, adapter.limits);
  const urls = resourceUrls(adapter.baseUrlOf(request));
  return sendJson(reply, 200, JSON.stringify(await searchGroups(adapter, { plan, caller, urls })));
};

/** What a list or search of groups is asked with. */
export interface GroupSearch {
  plan: ListPlan;
  caller: GraphQLRequestHeaders;
  urls: ResourceUrls;
}

/** Runs a list or search of groups and gives the list response. */
async function searchGroups(adapter: Adapter, { plan, caller, urls }: GroupSearch) {
  const filter = planGroupFilter(plan.filter);
  if (filter === false) return emptyList(plan);
  const { totalCount, nodes } = await readPage(adapter, { plan, filter, caller });
  return listResponse({
    resources: nodes.map((team) => projectGroup(team, plan.projection, urls)),
    totalResults: totalCount,
    startIndex: plan.startIndex,
  });
}

interface PageRead {
  plan: ListPlan;
  filter: TeamFilter;
  caller: GraphQLRequestHeaders;
}

async function readPage(
  { client }: Adapter,
  { plan, filter, caller }: PageRead,
): Promise<{ totalCount: number; nodes: readonly TeamResult[] }> {
  if (plan.count === 0) {
    const { teams } = await client.execute(CountTeams, { filter }, caller);
    return { totalCount: teams.totalCount, nodes: [] };
  }
  const variables = { filter, ...pageOf(plan) };
  const { teams } = showsMembers(plan.projection)
    ? await client.execute(ListTeams, variables, caller)
    : await client.execute(ListTeamsWithoutMembers, variables, caller);
  return teams;
}

/** Which group is to be read, and whether with its members. */
export interface GroupRead {
  id: string;
  withMembers: boolean;
  caller: GraphQLRequestHeaders;
}

/**
 * Reads one group.
 * @throws ScimError 404 when there is no such team, or one that no directory pushed
 */
export async function findGroup(
  { client }: Adapter,
  { id, withMembers, caller }: GroupRead,
): Promise<TeamResult> {
  const { team } = withMembers
    ? await client.execute(GetTeam, { id }, caller)
    : await client.execute(GetTeamWithoutMembers, { id }, caller);
  if (team === null || team.origin !== 'DIRECTORY') throw notFound('Group', id);
  return team;
}

import type { GraphQLCaller } from '@rollcall/graphql-client';
import { notFound } from '@rollcall/scim-protocol';
import type { Adapter, Endpoint } from '../adapter.ts';
import { authenticate } from '../authenticate.ts';
import { answerRead } from '../http/answer-resource.ts';
import { resourceIdOf } from '../resource-id.ts';
import { resourceUrls } from '../resource-urls.ts';
import { GetTeam, GetTeamWithoutMembers, type TeamResult } from './documents.ts';
import { groupProjectionOf, representGroup, showsMembers } from './represent.ts';

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

/** Which group is to be read, and whether with its members. */
export interface GroupRead {
  id: string;
  withMembers: boolean;
  caller: GraphQLCaller;
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

import type { GraphQLRequestHeaders, SchemaType } from '@rollcall/graphql-client';
import {
  applyPatch,
  groupResourceType,
  type PatchOperation,
  parsePatchRequest,
  parseResource,
  preconditionFailed,
  toMemberChange,
  weakEtag,
} from '@rollcall/scim-protocol';
import type { FastifyRequest } from 'fastify';
import type { Adapter, Endpoint } from '../adapter.ts';
import { authenticate } from '../authenticate.ts';
import { answerWritten } from '../http/answer-resource.ts';
import { requiredVersion } from '../http/preconditions.ts';
import { searchQueryOf } from '../http/query.ts';
import { untilNotOvertaken } from '../overtaken.ts';
import { resourceIdOf } from '../resource-id.ts';
import { type ResourceUrls, resourceUrls } from '../resource-urls.ts';
import {
  CreateTeam,
  DeleteTeam,
  type TeamResult,
  UpdateTeam,
  UpdateTeamWithoutMembers,
} from './documents.ts';
import { toWholeGroup } from './from-scim.ts';
import { planDifference, planMemberChange } from './plan-patch.ts';
import { findGroup } from './read-groups.ts';
import { groupProjectionOf, representGroup, showsMembers } from './represent.ts';
import { toScimGroup } from './to-scim.ts';

/** POST /Groups (RFC 7644 §3.3); the members of the answer are those of the request, so they are not read back. */
export const createGroup: Endpoint = (adapter) => async (request, reply) => {
  const caller = authenticate(request);
  const projection = groupProjectionOf(request);
  const input = toWholeGroup(parseGroup(request));
  const { createTeam } = await adapter.client.execute(CreateTeam, { input }, caller);
  const memberReferences = input.memberIds.map((id) => ({ id, displayName: null }));
  const urls = resourceUrls(adapter.baseUrlOf(request));
  return answerWritten(
    reply,
    201,
    representGroup({ ...createTeam.team, memberReferences }, projection, urls),
  );
};

/** PUT /Groups/{id} (RFC 7644 §3.5.1). */
export const replaceGroup: Endpoint = (adapter) => async (request, reply) => {
  const projection = groupProjectionOf(request);
  const write = beginWrite(adapter, request, showsMembers(projection));
  const { memberIds, ...attributes } = toWholeGroup(parseGroup(request));
  const team = await write.update({
    ...attributes,
    setMemberIds: memberIds,
    ifVersion: write.ifVersion,
  });
  return answerWritten(reply, 200, representGroup(team, projection, write.urls));
};

/**
 * PATCH /Groups/{id} (RFC 7644 §3.5.2): 204, since the members may be very many and no client waits for them; 200
 * with the resource when `attributes` says that some of it is wanted.
 */
export const patchGroup: Endpoint = (adapter) => async (request, reply) => {
  const isAnswered = searchQueryOf(request).attributes !== undefined;
  const projection = groupProjectionOf(request);
  const write = beginWrite(adapter, request, isAnswered && showsMembers(projection));
  const operations = parsePatchRequest(request.body, groupResourceType, { resourceId: write.id });
  const change = toMemberChange(operations);
  const team =
    change === undefined
      ? await untilNotOvertaken({
          maxAttempts: adapter.limits.maxPatchAttempts,
          ifVersion: write.ifVersion,
          attempt: () => patchCurrent(adapter, write, operations),
        })
      : await write.update({ ...planMemberChange(change), ifVersion: write.ifVersion });
  if (isAnswered) return answerWritten(reply, 200, representGroup(team, projection, write.urls));
  return reply.code(204).header('etag', weakEtag(team.version)).send();
};

/** DELETE /Groups/{id} (RFC 7644 §3.6). */
export const deleteGroup: Endpoint = (adapter) => async (request, reply) => {
  const caller = authenticate(request);
  const input = { id: resourceIdOf(request, 'Group'), ifVersion: requiredVersion(request) };
  await adapter.client.execute(DeleteTeam, { input }, caller);
  return reply.code(204).send();
};

/** A change of one group, as far as the request's line and headers tell. */
interface GroupWrite {
  id: string;
  ifVersion: number | undefined;
  caller: GraphQLRequestHeaders;
  urls: ResourceUrls;
  update(change: Omit<SchemaType<'UpdateTeamInput'>, 'id'>): Promise<TeamResult>;
}

function beginWrite(adapter: Adapter, request: FastifyRequest, withMembers: boolean): GroupWrite {
  const caller = authenticate(request);
  const id = resourceIdOf(request, 'Group');
  const document = withMembers ? UpdateTeam : UpdateTeamWithoutMembers;
  return {
    id,
    caller,
    ifVersion: requiredVersion(request),
    urls: resourceUrls(adapter.baseUrlOf(request)),
    async update(change) {
      const { updateTeam } = await adapter.client.execute(document, { input: { ...change, id } }, caller);
      return updateTeam.team;
    },
  };
}

/** Reads, computes, and writes unless somebody else was faster. */
async function patchCurrent(
  adapter: Adapter,
  write: GroupWrite,
  operations: readonly PatchOperation[],
): Promise<TeamResult> {
  const team = await findGroup(adapter, { ...write, withMembers: true });
  if (write.ifVersion !== undefined && write.ifVersion !== team.version) throw preconditionFailed();
  const before = toScimGroup(team, write.urls);
  const after = applyPatch(before, operations, groupResourceType);
  if (after === before) return team;
  return write.update({ ...planDifference(before, after), ifVersion: team.version });
}

function parseGroup(request: FastifyRequest) {
  return parseResource(request.body, groupResourceType);
}

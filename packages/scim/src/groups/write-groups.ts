import type { FastifyRequest } from 'fastify';
import type { Endpoint } from '../adapter.ts';
import { answerPatched, answerWritten } from '../http/answer-resource.ts';
import { writeConditionOf } from '../http/preconditions.ts';
import { patchAnswerOf } from '../http/preferences.ts';
import { resourceIdOf } from '../resource-id.ts';
import { writeScopeOf } from '../write-scope.ts';
import {
  createGroupFrom,
  type GroupTarget,
  patchGroupBy,
  removeGroup,
  replaceGroupBy,
} from './change-groups.ts';
import { groupProjectionOf, representGroup, showsMembers } from './represent.ts';

/** POST /Groups (RFC 7644 §3.3). */
export const createGroup: Endpoint = (adapter) => async (request, reply) => {
  const scope = writeScopeOf(adapter, request);
  const projection = groupProjectionOf(request);
  const withMembers = showsMembers(projection);
  const team = await createGroupFrom(scope, { withMembers }, request.body);
  return answerWritten(reply, 201, representGroup(team, projection, scope.urls));
};

/** PUT /Groups/{id} (RFC 7644 §3.5.1). */
export const replaceGroup: Endpoint = (adapter) => async (request, reply) => {
  const scope = writeScopeOf(adapter, request);
  const projection = groupProjectionOf(request);
  const team = await replaceGroupBy(scope, targetOf(request, showsMembers(projection)), request.body);
  return answerWritten(reply, 200, representGroup(team, projection, scope.urls));
};

/**
 * PATCH /Groups/{id} (RFC 7644 §3.5.2): 204, since the members may be very many and hardly any client waits for them; 200
 * with the resource when the request asks for it, or the connection is set so.
 */
export const patchGroup: Endpoint = (adapter) => async (request, reply) => {
  const scope = writeScopeOf(adapter, request);
  const answer = await patchAnswerOf(
    request,
    async () => (await adapter.settings(scope.caller)).answersGroupPatch,
  );
  const projection = groupProjectionOf(request);
  const target = targetOf(request, answer.showsResource && showsMembers(projection));
  const team = await patchGroupBy(scope, target, request.body);
  return answerPatched(reply, answer, () => representGroup(team, projection, scope.urls));
};

/** DELETE /Groups/{id} (RFC 7644 §3.6). */
export const deleteGroup: Endpoint = (adapter) => async (request, reply) => {
  await removeGroup(writeScopeOf(adapter, request), targetOf(request, false));
  return reply.code(204).send();
};

function targetOf(request: FastifyRequest, withMembers: boolean): GroupTarget {
  return { id: resourceIdOf(request, 'Group'), condition: writeConditionOf(request), withMembers };
}

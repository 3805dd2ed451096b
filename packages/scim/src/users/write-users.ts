import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Adapter, Endpoint } from '../adapter.ts';
import { answerPatched, answerWritten } from '../http/answer-resource.ts';
import { writeConditionOf } from '../http/preconditions.ts';
import { patchAnswerOf } from '../http/preferences.ts';
import { type WriteScope, writeScopeOf } from '../write-scope.ts';
import { type Addressee, idInPath } from './addressee.ts';
import { createUserFrom, patchUserBy, removeUser, replaceUserBy } from './change-users.ts';
import { representUser, showsGroups, type UserView, userViewOf } from './represent.ts';

/** POST /Users (RFC 7644 §3.3). */
export const createUser: Endpoint = (adapter) => async (request, reply) => {
  const scope = writeScopeOf(adapter, request);
  const view = await userViewOf(request, scope.userType);
  const user = await createUserFrom(scope, request.body);
  return answerWritten(reply, 201, representUser(user, view, scope.urls));
};

/** PUT of the user whom the request addresses (RFC 7644 §3.5.1). */
export function replaceUserOf(addressee: Addressee): Endpoint {
  return (adapter) => async (request, reply) => {
    const { scope, view, id } = await addressedUser(adapter, addressee, { request, reply });
    const target = { id, condition: writeConditionOf(request), withGroups: showsGroups(view) };
    const user = await replaceUserBy(scope, target, request.body);
    return answerWritten(reply, 200, representUser(user, view, scope.urls));
  };
}

/** PATCH of the user whom the request addresses (RFC 7644 §3.5.2). */
export function patchUserOf(addressee: Addressee): Endpoint {
  return (adapter) => async (request, reply) => {
    const { scope, view, id } = await addressedUser(adapter, addressee, { request, reply });
    const answer = await patchAnswerOf(request, () => true);
    const withGroups = answer.showsResource && showsGroups(view);
    const user = await patchUserBy(
      scope,
      { id, condition: writeConditionOf(request), withGroups },
      request.body,
    );
    return answerPatched(reply, answer, () => representUser(user, view, scope.urls));
  };
}

/** DELETE of the user whom the request addresses (RFC 7644 §3.6). */
export function deleteUserOf(addressee: Addressee): Endpoint {
  return (adapter) => async (request, reply) => {
    const scope = writeScopeOf(adapter, request);
    const id = await addressee(adapter, { request, reply, caller: scope.caller });
    await removeUser(scope, { id, condition: writeConditionOf(request) });
    return reply.code(204).send();
  };
}

/** PUT /Users/{id}. */
export const replaceUser: Endpoint = replaceUserOf(idInPath);

/** PATCH /Users/{id}. */
export const patchUser: Endpoint = patchUserOf(idInPath);

/** DELETE /Users/{id}. */
export const deleteUser: Endpoint = deleteUserOf(idInPath);

/** Who is to be changed by a request, on whose behalf, and how they are shown afterwards. */
async function addressedUser(
  adapter: Adapter,
  addressee: Addressee,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
): Promise<{ scope: WriteScope; id: string; view: UserView }> {
  const scope = writeScopeOf(adapter, request);
  const id = await addressee(adapter, { request, reply, caller: scope.caller });
  return { scope, id, view: await userViewOf(request, scope.userType) };
}

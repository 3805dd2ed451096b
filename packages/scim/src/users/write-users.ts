import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Endpoint } from '../adapter.ts';
import { answerWritten } from '../http/answer-resource.ts';
import { writeConditionOf } from '../http/preconditions.ts';
import { type WriteScope, writeScopeOf } from '../write-scope.ts';
import { type Addressee, idInPath } from './addressee.ts';
import { createUserFrom, patchUserBy, removeUser, replaceUserBy, type UserTarget } from './change-users.ts';
import type { UserResult } from './documents.ts';
import { representUser, showsGroups, userViewOf } from './represent.ts';

/** POST /Users (RFC 7644 §3.3). */
export const createUser: Endpoint = (adapter) => async (request, reply) => {
  const scope = writeScopeOf(adapter, request);
  const view = await userViewOf(request, scope.userType);
  const user = await createUserFrom(scope, request.body);
  return answerWritten(reply, 201, representUser(user, view, scope.urls));
};

/** PUT of the user whom the request addresses (RFC 7644 §3.5.1). */
export const replaceUserOf = (addressee: Addressee): Endpoint => changeOf(addressee, replaceUserBy);

/** PATCH of the user whom the request addresses (RFC 7644 §3.5.2). */
export const patchUserOf = (addressee: Addressee): Endpoint => changeOf(addressee, patchUserBy);

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

type Change = (scope: WriteScope, target: UserTarget, body: unknown) => Promise<UserResult>;

/** A change that is answered with the user as they are afterwards. */
function changeOf(addressee: Addressee, change: Change): Endpoint {
  return (adapter) => async (request: FastifyRequest, reply: FastifyReply) => {
    const scope = writeScopeOf(adapter, request);
    const id = await addressee(adapter, { request, reply, caller: scope.caller });
    const view = await userViewOf(request, scope.userType);
    const target = { id, condition: writeConditionOf(request), withGroups: showsGroups(view) };
    const user = await change(scope, target, request.body);
    return answerWritten(reply, 200, representUser(user, view, scope.urls));
  };
}

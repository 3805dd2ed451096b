import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Adapter, Endpoint } from '../adapter/adapter.ts';
import { type RequestScope, requestScope } from '../adapter/request-scope.ts';
import { answerPatched, answerRead, answerWritten } from '../http/answer-resource.ts';
import { writeConditionOf } from '../http/preconditions.ts';
import { patchAnswerOf } from '../http/preferences.ts';
import { type Addressee, idInPath } from './addressee.ts';
import { createResource, deleteResource, patchResource, replaceResource } from './change-resource.ts';
import { represent, showsMemberships, type View, viewOf } from './represent.ts';
import type { ReadablePort, ResourcePort } from './resource-port.ts';

/** POST of a resource (RFC 7644 §3.3). */
export const createOf =
  (port: ResourcePort): Endpoint =>
  (adapter) =>
  async (request, reply) => {
    const scope = requestScope(adapter, request);
    const view = await viewOf(port, scope, request);
    const withMemberships = showsMemberships(port, view);
    const created = await createResource(port, scope, { body: request.body, withMemberships });
    return answerWritten(reply, 201, represent(port, created, { view, urls: scope.urls }));
  };

/** GET of the one resource that a request addresses, by its path or in another way (RFC 7644 §3.4.1). */
export function readOf(port: ReadablePort, addressee: Addressee = idInPath): Endpoint {
  const address = addressing(port, addressee);
  return (adapter) => async (request, reply) => {
    const { scope, id, view } = await address(adapter, request, reply);
    const found = await port.get(scope, id, showsMemberships(port, view));
    return answerRead(request, reply, represent(port, found, { view, urls: scope.urls }));
  };
}

/** The endpoints of the one resource that a request addresses. */
export function oneOf(port: ResourcePort, addressee: Addressee = idInPath) {
  const address = addressing(port, addressee);
  return {
    GET: readOf(port, addressee),

    /** RFC 7644 §3.5.1. */
    PUT: (adapter) => async (request, reply) => {
      const { scope, id, view } = await address(adapter, request, reply);
      const target = {
        id,
        condition: writeConditionOf(request),
        withMemberships: showsMemberships(port, view),
      };
      const replaced = await replaceResource(port, scope, { ...target, body: request.body });
      return answerWritten(reply, 200, represent(port, replaced, { view, urls: scope.urls }));
    },

    /** RFC 7644 §3.5.2. */
    PATCH: (adapter) => async (request, reply) => {
      const { scope, id, view } = await address(adapter, request, reply);
      const answer = await patchAnswerOf(request, () => port.answersPatch(scope));
      const withMemberships = answer.showsResource && showsMemberships(port, view);
      const target = { id, condition: writeConditionOf(request), withMemberships };
      const patched = await patchResource(port, scope, { ...target, body: request.body });
      return answerPatched(reply, answer, () => represent(port, patched, { view, urls: scope.urls }));
    },

    /** RFC 7644 §3.6; shows nothing, so that what the query asks to be shown is not looked at. */
    DELETE: (adapter) => async (request, reply) => {
      const scope = requestScope(adapter, request);
      const id = await addressee(port, { scope, request, reply });
      await deleteResource(port, scope, { id, condition: writeConditionOf(request) });
      return reply.code(204).send();
    },
  } satisfies Record<string, Endpoint>;
}

/** Who asks, for which resource, and how it is shown. */
function addressing(port: ReadablePort, addressee: Addressee) {
  return async (
    adapter: Adapter,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<{ scope: RequestScope; id: string; view: View }> => {
    const scope = requestScope(adapter, request);
    const id = await addressee(port, { scope, request, reply });
    return { scope, id, view: await viewOf(port, scope, request) };
  };
}

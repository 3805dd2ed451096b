import { randomUUID } from 'node:crypto';
import type { WebsocketHandler } from '@fastify/websocket';
import type { RequestContext } from '@rollcall/core';
import type { FastifyRequest } from 'fastify';
import { specifiedRules, validate } from 'graphql';
import { makeHandler } from 'graphql-ws/use/@fastify/websocket';
import { apiHeaders, sessionOf } from '../credentials.ts';
import { toContract } from './apollo.ts';
import type { GraphQLRouteOptions } from './route-options.ts';

/** Close codes of our own, from the range that applications may use. */
const ACCESS_ENDED = 4403;

/**
 * Subscriptions over graphql-ws. The credential is a person's cookie, or `authorization` among the connection's
 * parameters; the socket is closed as soon as it stops being valid.
 */
export function liveQueries({
  core,
  validationRules,
  allowedOrigins,
}: GraphQLRouteOptions): WebsocketHandler {
  const headersOf = (request: FastifyRequest, parameters: Readonly<Record<string, unknown>> = {}) => {
    const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
    const authorization = text(parameters.authorization) ?? request.headers.authorization;
    const account = text(parameters['rollcall-account']) ?? request.headers['rollcall-account'];
    return apiHeaders({ ...request.headers, authorization, 'rollcall-account': account }, randomUUID());
  };
  const stopWatching = new WeakMap<object, () => void>();
  return makeHandler<Record<string, unknown>>({
    schema: core.schema,
    validate: (schema, document) => validate(schema, document, [...specifiedRules, ...validationRules]),
    async onConnect({ connectionParams, extra: { request, socket } }) {
      if (!isTrusted(request, allowedOrigins)) return false;
      const context = await core.createContext(headersOf(request, connectionParams));
      if (context.viewer.kind === 'ANONYMOUS') return false;
      stopWatching.set(
        socket,
        core.onAccessEnded(context, () => socket.close(ACCESS_ENDED, 'Your access ended')),
      );
      return true;
    },
    context: ({ connectionParams, extra: { request } }): Promise<RequestContext> =>
      core.createContext(headersOf(request, connectionParams)),
    onError: (_context, _id, _payload, errors) => errors.map((error) => toContract(error)),
    onDisconnect({ extra: { socket } }) {
      stopWatching.get(socket)?.();
    },
  });
}

/**
 * A browser sends the cookie with any page's WebSocket, so a cookie counts only from our own pages. Tools send no
 * Origin, or a token of their own.
 */
function isTrusted(request: FastifyRequest, allowedOrigins: readonly string[]): boolean {
  const { origin } = request.headers;
  if (origin === undefined || sessionOf(request.headers) === undefined) return true;
  return origin === `${request.protocol}://${request.host}` || allowedOrigins.includes(origin);
}

import { randomUUID } from 'node:crypto';
import type { WebsocketHandler } from '@fastify/websocket';
import type { RequestContext } from '@rollcall/core';
import { hangUpOf } from '@rollcall/graphql-client';
import type { FastifyRequest } from 'fastify';
import type { GraphQLError } from 'graphql';
import { makeHandler } from 'graphql-ws/use/@fastify/websocket';
import { apiCredential, apiHeaders, sessionOf } from '../credentials.ts';
import { RateLimited } from '../rate-limits/rate-limited.ts';
import { noteFailedSignIns } from './admit-operation.ts';
import { toContract } from './contract-error.ts';
import { prepareOperation } from './prepare-operation.ts';
import type { GraphQLRouteOptions } from './route-options.ts';
import { TRY_AGAIN_LATER } from './sockets.ts';

/** Close codes of our own, from the range that applications may use. */
const ACCESS_ENDED = 4403;

/**
 * Subscriptions over graphql-ws. The credential is a person's cookie, or `authorization` among the connection's
 * parameters; the socket is closed as soon as it stops being valid.
 */
export function liveQueries(options: GraphQLRouteOptions): WebsocketHandler {
  const { core, limiter, createContext, allowedOrigins } = options;
  const stopWatching = new WeakMap<object, () => void>();
  return makeHandler<Record<string, unknown>>({
    async onConnect({ connectionParams, extra: { request, socket } }) {
      if (!isTrusted(request, allowedOrigins)) return false;
      const headers = headersOf(request, connectionParams);
      const credential = apiCredential({ authorization: headers.authorization });
      if (credential === undefined) return false;
      limiter.identify(request, credential);
      try {
        if (limiter.isInDoubt(credential)) await limiter.admitInDoubt(request);
      } catch (error) {
        if (!(error instanceof RateLimited)) throw error;
        socket.close(TRY_AGAIN_LATER, error.message);
        return false;
      }
      const context = await createContext(headers);
      if (context.viewer.kind === 'ANONYMOUS') {
        limiter.noteWrong(request);
        return false;
      }
      const end = () => socket.close(ACCESS_ENDED, 'Your access ended');
      stopWatching.set(socket, core.onAccessEnded(context, end));
      return true;
    },
    onSubscribe: ({ extra: { request } }, _id, payload) => prepareOperation(payload, request, options),
    context: ({ connectionParams, extra: { request } }): Promise<RequestContext> =>
      createContext(headersOf(request, connectionParams), hangUpOf(request.socket)),
    onNext({ extra: { request } }, _id, _payload, { contextValue }, { errors, ...result }) {
      if (errors === undefined) return undefined;
      noteFailedSignIns(errors, request, limiter);
      return { ...result, errors: shown(errors, request, requestIdOf(contextValue)) };
    },
    onError: ({ extra: { request } }, _id, _payload, errors) => shown(errors, request, request.id),
    onDisconnect({ extra: { socket } }) {
      stopWatching.get(socket)?.();
    },
  });
}

function headersOf(request: FastifyRequest, parameters: Readonly<Record<string, unknown>> = {}) {
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  const authorization = text(parameters.authorization) ?? request.headers.authorization;
  const account = text(parameters['rollcall-account']) ?? request.headers['rollcall-account'];
  return apiHeaders({ ...request.headers, authorization, 'rollcall-account': account }, randomUUID());
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

const shown = (errors: readonly GraphQLError[], { log }: FastifyRequest, requestId: string | undefined) =>
  errors.map((error) => toContract(error.toJSON(), error, { log, requestId }));

/** Each operation has a request id of its own, which the events that it causes tell too. */
const requestIdOf = (context: unknown): string | undefined =>
  typeof context === 'object' && context !== null && 'requestId' in context
    ? String(context.requestId)
    : undefined;

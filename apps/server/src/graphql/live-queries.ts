import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { WebsocketHandler } from '@fastify/websocket';
import { apiLimits, type Core, RequestContext, type RequestHeaders } from '@rollcall/core';
import { hangUpOf } from '@rollcall/graphql-client';
import type { FastifyRequest } from 'fastify';
import { type ExecutionArgs, type ExecutionResult, execute, GraphQLError, getOperationAST } from 'graphql';
import { CloseCode } from 'graphql-ws';
import { makeHandler } from 'graphql-ws/use/@fastify/websocket';
import { apiHeaders, credentialIn, sessionOf } from '../credentials.ts';
import { RateLimited } from '../rate-limits/rate-limited.ts';
import { noteFailedSignIns } from './admit-operation.ts';
import { closeWhileAway } from './close-while-away.ts';
import { toContract } from './contract-error.ts';
import { LivePlaces, type SocketPlaces } from './live-places.ts';
import { pauseWhile } from './pause-while.ts';
import { prepareOperation } from './prepare-operation.ts';
import type { GraphQLRouteOptions } from './route-options.ts';
import { TRY_AGAIN_LATER } from './sockets.ts';
import { dropIfBehind, type Opened, watchReading } from './watch-reading.ts';

/** Close codes of our own, from the range that applications may use. */
const ACCESS_ENDED = 4403;

/** Its keep-alive ends a socket without a word. */
const NO_KEEP_ALIVE = 0;

const TOO_MANY_SOCKETS = `LIMIT_EXCEEDED: a credential has at most ${apiLimits.maxSocketsPerCredential} sockets. Close some; one carries many subscriptions.`;

/**
 * Subscriptions over graphql-ws. The credential is a person's cookie, or `authorization` among the connection's
 * parameters, where `rollcall-account` and `rollcall-dry-run` may stand too; the socket is closed as soon as it stops being valid.
 */
export function liveQueries(options: GraphQLRouteOptions): WebsocketHandler {
  const { limiter, createContext } = options;
  const livePlaces = new LivePlaces();
  const placesOf = new WeakMap<object, SocketPlaces>();
  return makeHandler<Record<string, unknown>>(
    {
      async onConnect({ connectionParams, extra }) {
        const context = await identify(extra, headersOf(extra.request, connectionParams), options);
        const places = context && letIn(extra, context, { core: options.core, livePlaces });
        if (places === undefined) return false;
        placesOf.set(extra.socket, places);
        return true;
      },
      async onSubscribe({ connectionParams, extra: { request, socket } }, id, payload) {
        const prepared = await pauseWhile(socket, () => prepareOperation(payload, request, options));
        if (!('document' in prepared)) return prepared;
        try {
          const headers = headersOf(request, connectionParams);
          const contextValue = await createContext(headers, hangUpOf(request.socket));
          const refusal = isSubscription(prepared) ? placesOf.get(socket)?.take(id) : undefined;
          return refusal === undefined ? { ...prepared, contextValue } : [refusal];
        } catch (error) {
          if (!(error instanceof GraphQLError)) throw error;
          closeWhileAway(socket, [error]);
          return [error];
        }
      },
      async execute(args) {
        const answer = contractAnswer(args, options);
        if (answer === undefined) return execute(args);
        // In a turn of its own: with many asked at once, it is seen between two whether anybody reads.
        await setImmediate();
        return answer;
      },
      onNext({ extra }, _id, _payload, args, { errors, ...result }) {
        const { request, socket } = extra;
        dropIfBehind(extra);
        const extensions = extensionsOf(args);
        if (errors === undefined) return extensions && { ...result, ...extensions };
        noteFailedSignIns(errors, request, limiter);
        // A message that lacks a part would count as seen.
        if (isSubscription(args)) closeWhileAway(socket, errors);
        return { ...result, ...extensions, errors: shown(errors, request, requestIdOf(args.contextValue)) };
      },
      onError({ extra: { request, socket } }, _id, _payload, errors) {
        closeWhileAway(socket, errors);
        return shown(errors, request, request.id);
      },
      onComplete({ extra: { socket } }, id) {
        placesOf.get(socket)?.release(id);
      },
    },
    NO_KEEP_ALIVE,
  );
}

function contractAnswer(
  args: ExecutionArgs,
  { contractAnswers }: GraphQLRouteOptions,
): ExecutionResult | undefined {
  const { schema, document, operationName, variableValues } = args;
  const operation = getOperationAST(document, operationName);
  return operation == null
    ? undefined
    : contractAnswers({ schema, document, operation, variables: variableValues ?? {} });
}

const isSubscription = ({ document, operationName }: ExecutionArgs): boolean =>
  getOperationAST(document, operationName)?.operation === 'subscription';

/** Who opens the socket; undefined when nobody who may. */
async function identify(
  { socket, request }: Opened,
  headers: RequestHeaders,
  { limiter, createContext, allowedOrigins }: GraphQLRouteOptions,
): Promise<RequestContext | undefined> {
  if (!isTrusted(request, allowedOrigins)) return undefined;
  const credential = credentialIn(headers.authorization);
  if (credential === undefined) return undefined;
  limiter.identify(request, credential);
  try {
    if (limiter.isInDoubt(credential)) await limiter.admitInDoubt(request);
    const context = await createContext(headers);
    if (context.viewer.kind !== 'ANONYMOUS') return context;
    limiter.noteWrong(request);
  } catch (error) {
    if (error instanceof RateLimited) socket.close(TRY_AGAIN_LATER, error.message);
    else if (closeWhileAway(socket, [error])) return undefined;
    else if (isRefusal(error)) socket.close(CloseCode.BadRequest, error.message);
    else throw error;
  }
  return undefined;
}

/** Is it said what is wrong with the request, and not that something is wrong on our side? */
const isRefusal = (error: unknown): error is GraphQLError =>
  error instanceof GraphQLError && error.extensions.code !== 'INTERNAL';

/** Keeps the socket for as long as its credential is valid and its client reads; undefined when there are too many. */
function letIn(
  opened: Opened,
  context: RequestContext,
  { core, livePlaces }: { readonly core: Core; readonly livePlaces: LivePlaces },
): SocketPlaces | undefined {
  const { socket, request } = opened;
  const accountId = context.viewer.kind === 'ANONYMOUS' ? null : context.viewer.accountId;
  const places = livePlaces.admit({ credential: request.rateKey, accountId });
  if (places === undefined) {
    socket.close(TRY_AGAIN_LATER, TOO_MANY_SOCKETS);
    return undefined;
  }
  const stops = [
    core.onAccessEnded(context, () => socket.close(ACCESS_ENDED, 'Your access ended')),
    watchReading(opened),
    () => places.close(),
  ];
  const stop = () => {
    for (const each of stops) each();
  };
  // It may have closed while its credential was looked up.
  if (socket.readyState === socket.CLOSED) stop();
  else socket.once('close', stop);
  return places;
}

function headersOf(request: FastifyRequest, parameters: Readonly<Record<string, unknown>> = {}) {
  const headers = { ...request.headers };
  for (const name of ['authorization', 'rollcall-account', 'rollcall-dry-run']) {
    const value = parameters[name];
    if (value !== undefined && value !== null) headers[name] = headerOf(value);
  }
  return apiHeaders(request, { requestId: randomUUID(), headers });
}

/** Numbers and booleans as text; of an object, which can say that it has no text, nothing that any header takes. */
const headerOf = (value: unknown): string => (typeof value === 'object' ? '' : String(value));

/**
 * A browser sends the cookie with any page's WebSocket, so a cookie counts only from our own pages. Tools send no
 * Origin, or a token of their own.
 */
function isTrusted(request: FastifyRequest, allowedOrigins: readonly string[]): boolean {
  const { origin } = request.headers;
  if (origin === undefined || sessionOf(request) === undefined) return true;
  return origin === `${request.protocol}://${request.host}` || allowedOrigins.includes(origin);
}

const shown = (errors: readonly GraphQLError[], { log }: FastifyRequest, requestId: string | undefined) =>
  errors.map((error) => toContract(error.toJSON(), error, { log, requestId }));

/** What is told with an answer besides its data, as over HTTP. A subscription rehearses nothing. */
function extensionsOf(args: ExecutionArgs): Pick<ExecutionResult, 'extensions'> | undefined {
  const context: unknown = args.contextValue;
  const extensions = context instanceof RequestContext ? context.extensions : undefined;
  return extensions === undefined || isSubscription(args) ? undefined : { extensions: { ...extensions } };
}

/** Each operation has a request id of its own, which the events that it causes tell too. */
const requestIdOf = (context: unknown): string | undefined =>
  typeof context === 'object' && context !== null && 'requestId' in context
    ? String(context.requestId)
    : undefined;

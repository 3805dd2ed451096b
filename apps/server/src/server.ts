import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import websocket from '@fastify/websocket';
import type { Core } from '@rollcall/core';
import { createInProcessClient } from '@rollcall/graphql-client';
import { scimPlugin } from '@rollcall/scim';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { answerClientError } from './client-error.ts';
import { apiCredential, scimCredential } from './credentials.ts';
import { answerErrors, answerUnroutable } from './error-answer.ts';
import { createApollo } from './graphql/apollo.ts';
import { limitRules } from './graphql/limits.ts';
import { graphqlRoutes } from './graphql/routes.ts';
import { socketOptions } from './graphql/sockets.ts';
import { healthRoutes, metricRoutes } from './health.ts';
import { readJsonBodies } from './json-bodies.ts';
import { originOf } from './public-url.ts';
import { limitGuesses, limitRequests, noteWrongCredentials } from './rate-limits/limit-requests.ts';
import { watchedContexts } from './rate-limits/note-right-credentials.ts';
import { openRateLimiter } from './rate-limits/rate-limiter.ts';
import { defaultRateLimits, type RateLimits } from './rate-limits/rate-limits.ts';
import { signInRoutes } from './sign-in/routes.ts';

export interface ServerOptions {
  readonly core: Core;
  readonly logger: FastifyBaseLogger;
  /** How clients reach the server; what they asked for, when left out. */
  readonly publicUrl?: string | undefined;
  /** Origins whose pages may open a WebSocket with a person's cookie. */
  readonly allowedOrigins?: readonly string[];
  readonly rateLimits?: RateLimits;
}

/** The HTTP server with everything mounted; it listens when told to. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const { core, logger, publicUrl, allowedOrigins = [], rateLimits = defaultRateLimits } = options;
  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    trustProxy: 'loopback',
    routerOptions: { caseSensitive: false, ignoreTrailingSlash: true, ignoreDuplicateSlashes: true },
    frameworkErrors: answerUnroutable,
    clientErrorHandler: answerClientError,
    forceCloseConnections: 'idle',
    genReqId: ({ headers }) => acceptableId(headers['x-request-id']) ?? randomUUID(),
  });
  answerErrors(app);
  logRequests(app);
  metricRoutes(app);
  healthRoutes(app, core);
  const limiter = await openRateLimiter(app, rateLimits);
  const createContext = watchedContexts(core, limiter);
  const client = createInProcessClient({ schema: core.schema, createContext });
  await app.register(async (idps) => {
    limitRequests(idps, limiter, scimCredential);
    limitGuesses(idps, limiter, scimCredential);
    noteWrongCredentials(idps, limiter);
    await idps.register(scimPlugin, {
      prefix: '/scim/v2',
      client,
      publicUrl: originOf(publicUrl),
      customAttributesBelievedSeconds: 0,
    });
  });
  const validationRules = limitRules();
  const apollo = createApollo(app, { core, limiter, validationRules });
  await apollo.start();
  app.addHook('onClose', () => apollo.stop());
  // In a scope of its own: identity providers have neither cookies nor sockets, and are not to wait for either.
  await app.register(async (people) => {
    readJsonBodies(people);
    await people.register(cookie);
    await people.register(websocket, socketOptions);
    limitRequests(people, limiter, apiCredential);
    signInRoutes(people, client, limiter);
    await people.register(async (api) => {
      limitGuesses(api, limiter, apiCredential);
      graphqlRoutes(api, { core, apollo, limiter, createContext, validationRules, allowedOrigins });
    });
  });
  return app;
}

const ACCEPTABLE_ID = /^[\w.-]{1,100}$/;

/** A request id that a proxy in front gave, when it is fit for a log line. */
const acceptableId = (header: string | string[] | undefined): string | undefined =>
  typeof header === 'string' && ACCEPTABLE_ID.test(header) ? header : undefined;

/** One line a request, with the id that every error carries too; what went well is told at level debug. */
function logRequests(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    done();
  });
  const tellsAll = app.log.level === 'debug' || app.log.level === 'trace';
  app.addHook('onResponse', (request, reply, done) => {
    const { statusCode } = reply;
    if (statusCode >= 400 || tellsAll) {
      const { method, routeOptions } = request;
      const line = { method, route: routeOptions.url, status: statusCode, ms: Math.round(reply.elapsedTime) };
      // 501 is no failure: SCIM answers so where it has nothing to offer.
      if (statusCode >= 500 && statusCode !== 501) request.log.error(line, 'request failed');
      else if (statusCode >= 400) request.log.info(line, 'request refused');
      else request.log.debug(line, 'request answered');
    }
    done();
  });
}

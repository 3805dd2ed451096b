import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import websocket from '@fastify/websocket';
import type { Core } from '@rollcall/core';
import { createInProcessClient } from '@rollcall/graphql-client';
import { scimPlugin } from '@rollcall/scim';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { answerErrors, answerUnroutable } from './error-answer.ts';
import { createApollo } from './graphql/apollo.ts';
import { limitRules } from './graphql/limits.ts';
import { graphqlRoutes } from './graphql/routes.ts';
import { healthRoutes, metricRoutes } from './health.ts';
import { originOf } from './public-url.ts';
import { signInRoutes } from './sign-in/routes.ts';

export interface ServerOptions {
  readonly core: Core;
  readonly logger: FastifyBaseLogger;
  /** How clients reach the server; what they asked for, when left out. */
  readonly publicUrl?: string | undefined;
  /** Origins whose pages may open a WebSocket with a person's cookie. */
  readonly allowedOrigins?: readonly string[];
}

/** The HTTP server with everything mounted; it listens when told to. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const { core, logger, publicUrl, allowedOrigins = [] } = options;
  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    trustProxy: 'loopback',
    routerOptions: { caseSensitive: false, ignoreTrailingSlash: true },
    frameworkErrors: answerUnroutable,
    forceCloseConnections: 'idle',
    genReqId: ({ headers }) => acceptableId(headers['x-request-id']) ?? randomUUID(),
  });
  answerErrors(app);
  logRequests(app);
  metricRoutes(app);
  await app.register(cookie);
  await app.register(websocket, { options: { maxPayload: 1024 * 1024 } });
  healthRoutes(app, core);
  const client = createInProcessClient({
    schema: core.schema,
    createContext: (headers) => core.createContext(headers),
  });
  signInRoutes(app, client);
  await app.register(scimPlugin, { prefix: '/scim/v2', client, publicUrl: originOf(publicUrl) });
  const validationRules = limitRules();
  const apollo = createApollo(app, core, validationRules);
  await apollo.start();
  app.addHook('onClose', () => apollo.stop());
  graphqlRoutes(app, { core, apollo, validationRules, allowedOrigins });
  return app;
}

const ACCEPTABLE_ID = /^[\w.-]{1,100}$/;

/** A request id that a proxy in front gave, when it is fit for a log line. */
const acceptableId = (header: string | string[] | undefined): string | undefined =>
  typeof header === 'string' && ACCEPTABLE_ID.test(header) ? header : undefined;

/** One line a request, with the id that every error carries too; what went well is told at level debug. */
function logRequests(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions } = request;
    const line = {
      method,
      route: routeOptions.url,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    };
    if (reply.statusCode >= 500) request.log.error(line, 'request failed');
    else if (reply.statusCode >= 400) request.log.info(line, 'request refused');
    else request.log.debug(line, 'request answered');
  });
}

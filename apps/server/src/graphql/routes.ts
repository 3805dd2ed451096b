import { fastifyApolloHandler } from '@as-integrations/fastify';
import { apiLimits } from '@rollcall/core';
import { hangUpOf } from '@rollcall/graphql-client';
import { TooManyValues } from '@rollcall/scim';
import type {
  FastifyError,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  RouteHandlerMethod,
} from 'fastify';
import { GraphQLError } from 'graphql';
import { apiHeaders } from '../credentials.ts';
import { RateLimited } from '../rate-limits/rate-limited.ts';
import { currentRequest, noteContext } from './current-request.ts';
import { refusalOfDepth } from './document-depth.ts';
import { renderExplorer } from './explorer.ts';
import { liveQueries } from './live-queries.ts';
import type { GraphQLRouteOptions } from './route-options.ts';

/** `/graphql`: requests by POST or GET, subscriptions by WebSocket, and for a browser a page to explore with. */
export function graphqlRoutes(app: FastifyInstance, options: GraphQLRouteOptions): void {
  const { apollo, createContext, limiter } = options;
  const explorer = renderExplorer();
  const handle = fastifyApolloHandler(apollo, {
    async context(request: FastifyRequest, reply: FastifyReply) {
      const headers = apiHeaders(request, { requestId: request.id });
      const context = await createContext(headers, hangUpOf(request.socket)).catch((error: unknown) =>
        refuseRequest(error, reply),
      );
      noteContext(request, context);
      if (context.viewer.kind === 'ANONYMOUS' && headers.authorization !== undefined)
        limiter.noteWrong(request);
      return context;
    },
  });
  const answer: RouteHandlerMethod = (request, reply) => {
    const tooDeep = refusalOfDepth(documentOf(request));
    if (tooDeep !== undefined) throw tooDeep;
    return currentRequest.run(request, () => handle.call(app, request, reply));
  };
  const wsHandler = liveQueries(options);
  app.route({
    method: 'GET',
    url: '/graphql',
    // GraphQL over HTTP knows GET and POST.
    exposeHeadRoute: false,
    wsHandler,
    errorHandler: answerRefused,
    handler(request, reply) {
      const wantsPage =
        request.headers.accept?.includes('text/html') === true && !request.url.includes('query=');
      if (!wantsPage) return answer.call(app, request, reply);
      return reply.headers(explorer.headers).type('text/html; charset=utf-8').send(explorer.page);
    },
  });
  app.route({
    method: 'POST',
    url: '/graphql',
    bodyLimit: apiLimits.maxBodyBytes,
    handler: answer,
    errorHandler: answerRefused,
  });
}

/** The document that came, if any. */
function documentOf({ body, query }: FastifyRequest): unknown {
  const given = body ?? query;
  return typeof given === 'object' && given !== null && 'query' in given ? given.query : undefined;
}

/**
 * Nothing was executed, so the status of HTTP says why: in GraphQL over HTTP a response without `data` is 4xx or 5xx. What
 * fails while it is executed is told beside `data`, with status 200.
 */
function refuseRequest(error: unknown, reply: FastifyReply): never {
  if (!(error instanceof GraphQLError)) throw error;
  const { code, retryAfter } = error.extensions;
  if (typeof retryAfter === 'number') reply.header('retry-after', retryAfter);
  const http = { status: statusOf(code) };
  throw new GraphQLError(error.message, { extensions: { ...error.extensions, http } });
}

function statusOf(code: unknown): number {
  if (code === 'INTERNAL') return 500;
  return code === 'UNAVAILABLE' ? 503 : 400;
}

/** What is refused before it reaches GraphQL, such as a body that can't be read; its client looks for `errors` all the same. */
function answerRefused(
  error: FastifyError | RateLimited | GraphQLError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const refuse = (status: number, extensions: object) =>
    reply
      .code(status)
      .send({ errors: [{ message: error.message, extensions: { ...extensions, requestId: request.id } }] });
  if (error instanceof RateLimited) return refuse(429, { code: error.code, ...error.facts });
  if (error instanceof GraphQLError) return refuse(400, error.extensions);
  if (error.statusCode === 413) {
    const limit = error instanceof TooManyValues ? error.limit : apiLimits.maxBodyBytes;
    return refuse(413, { code: 'LIMIT_EXCEEDED', limit });
  }
  if (error.statusCode === undefined || error.statusCode >= 500) throw error;
  return refuse(error.statusCode, { code: 'INVALID_INPUT' });
}

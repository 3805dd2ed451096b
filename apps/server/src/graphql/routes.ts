import { fastifyApolloHandler } from '@as-integrations/fastify';
import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import { apiLimits } from '@rollcall/core';
import type {
  FastifyError,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  RouteHandlerMethod,
} from 'fastify';
import { apiHeaders } from '../credentials.ts';
import { liveQueries } from './live-queries.ts';
import { currentRequestId } from './request-id.ts';
import type { GraphQLRouteOptions } from './route-options.ts';

/** `/graphql`: requests by POST or GET, subscriptions by WebSocket, and for a browser a page to explore with. */
export function graphqlRoutes(app: FastifyInstance, options: GraphQLRouteOptions): void {
  const { core, apollo } = options;
  const explorer = renderGraphiQL({ title: 'Rollcall GraphQL', subscriptionsProtocol: 'WS' });
  const handle = fastifyApolloHandler(apollo, {
    context: (request: FastifyRequest) => core.createContext(apiHeaders(request.headers, request.id)),
  });
  const answer: RouteHandlerMethod = (request, reply) =>
    currentRequestId.run(request.id, () => handle.call(app, request, reply));
  const wsHandler = liveQueries(options);
  app.route({
    method: 'GET',
    url: '/graphql',
    wsHandler,
    handler(request, reply) {
      const wantsPage =
        request.headers.accept?.includes('text/html') === true && !request.url.includes('query=');
      if (!wantsPage) return answer.call(app, request, reply);
      return reply.type('text/html; charset=utf-8').send(explorer);
    },
  });
  app.route({
    method: ['POST', 'OPTIONS'],
    url: '/graphql',
    bodyLimit: apiLimits.maxBodyBytes,
    handler: answer,
    errorHandler: answerUnreadable,
  });
}

/** A body that can't be read never reaches GraphQL; its client looks for `errors` all the same. */
function answerUnreadable(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error.statusCode === undefined || error.statusCode >= 500) throw error;
  const limit = error.statusCode === 413 ? { limit: apiLimits.maxBodyBytes } : {};
  const code = error.statusCode === 413 ? 'LIMIT_EXCEEDED' : 'INVALID_INPUT';
  return reply.code(error.statusCode).send({
    errors: [{ message: error.message, extensions: { code, ...limit, requestId: request.id } }],
  });
}

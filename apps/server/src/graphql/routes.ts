import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import type { Core, RequestContext } from '@rollcall/core';
import { apiLimits } from '@rollcall/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ValidationRule } from 'graphql';
import { apiHeaders } from '../credentials.ts';
import { liveQueries } from './live-queries.ts';

export interface GraphQLRouteOptions {
  readonly core: Core;
  readonly apollo: ApolloServer<RequestContext>;
  readonly validationRules: ValidationRule[];
  /** Origins, besides the server's own, whose pages may open a WebSocket with a person's cookie. */
  readonly allowedOrigins: readonly string[];
}

/** `/graphql`: requests by POST or GET, subscriptions by WebSocket, and for a browser a page to explore with. */
export function graphqlRoutes(app: FastifyInstance, options: GraphQLRouteOptions): void {
  const { core, apollo } = options;
  const explorer = renderGraphiQL({ title: 'Rollcall GraphQL', subscriptionsProtocol: 'WS' });
  const answer = fastifyApolloHandler(apollo, {
    context: (request: FastifyRequest) => core.createContext(apiHeaders(request.headers, request.id)),
  });
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
  });
}

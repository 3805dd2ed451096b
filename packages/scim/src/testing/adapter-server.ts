import type { GraphQLClient } from '@rollcall/graphql-client';
import Fastify, { type FastifyInstance, type InjectOptions } from 'fastify';

import { type ScimPluginOptions, scimPlugin } from '../plugin.ts';

/** The adapter behind a server, as apps mount it. */
export interface AdapterServer {
  fastify: FastifyInstance;
  /** Sends a request below `/scim/v2`, with a token and a JSON body unless told otherwise. */
  send(request: SentRequest): Promise<Answer>;
}

export interface SentRequest {
  method?: InjectOptions['method'];
  path: string;
  /** Sent as it is when it is text or bytes, and as JSON otherwise. */
  body?: unknown;
  headers?: Record<string, string>;
}

export interface Answer {
  status: number;
  headers: Record<string, unknown>;
  text: string;
  body: Record<string, unknown>;
}

const payloadOf = (body: unknown): string | Buffer =>
  typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);

/** Mounts the adapter over a client; nothing listens. */
export function adapterServer(
  client: GraphQLClient,
  limits: ScimPluginOptions['limits'] = {},
): AdapterServer {
  const fastify = Fastify({ routerOptions: { caseSensitive: false } });
  fastify.register(scimPlugin, {
    prefix: '/scim/v2',
    client,
    limits,
    publicUrl: () => 'https://rollcall.example',
  });
  return {
    fastify,
    async send({ method = 'GET', path, body, headers = {} }) {
      const response = await fastify.inject({
        method,
        url: `/scim/v2${path}`,
        headers: {
          authorization: 'Bearer secret',
          ...(body === undefined ? {} : { 'content-type': 'application/scim+json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { payload: payloadOf(body) }),
      });
      const text = response.body;
      return {
        status: response.statusCode,
        headers: response.headers,
        text,
        body: text === '' ? {} : JSON.parse(text),
      };
    },
  };
}

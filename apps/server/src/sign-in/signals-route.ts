import { securityEventError } from '@rollcall/core';
import { type GraphQLClient, GraphQLRequestError, graphql } from '@rollcall/graphql-client';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { scimCredential } from '../credentials.ts';
import type { RateLimiter } from '../rate-limits/rate-limiter.ts';
import { originHeaders } from './origin-headers.ts';

const DeliverSecurityEvent = graphql(`
  mutation DeliverSecurityEvent($input: DeliverSecurityEventInput!) {
    deliverSecurityEvent(input: $input) {
      accepted
    }
  }
`);

const parameters = z.object({ connectionId: z.string() });
/** A token of the longest that is read, and some. */
const MAX_EVENT_BYTES = 20 * 1024;

interface SignalsOptions {
  readonly client: GraphQLClient;
  readonly limiter: RateLimiter;
}

/**
 * `/auth/signals/:connectionId`: where transmitters push security events, answered as RFC 8935 §2 has it. A GraphQL client like
 * any other.
 */
export function signalsRoute(scope: FastifyInstance, { client, limiter }: SignalsOptions): void {
  scope.addContentTypeParser(
    'application/secevent+jwt',
    { parseAs: 'string', bodyLimit: MAX_EVENT_BYTES },
    (_request, body, done) => done(null, body),
  );
  scope.post('/auth/signals/:connectionId', { bodyLimit: MAX_EVENT_BYTES }, async (request, reply) => {
    const { connectionId } = parameters.parse(request.params);
    const token = scimCredential(request);
    if (typeof request.body !== 'string' || request.body === '')
      return refuse(reply, 'invalid_request', 'Send one Security Event Token as application/secevent+jwt.');
    if (token === undefined)
      return refuse(
        reply,
        'authentication_failed',
        'Send the token of the stream: Authorization: Bearer rc_signals_….',
      );
    await limiter.admitSignedMessage(request, reply);
    try {
      const input = { signInConnectionId: connectionId, token, securityEvent: request.body };
      await client.execute(DeliverSecurityEvent, { input }, originHeaders(request));
      return reply.code(202).send();
    } catch (error) {
      if (!(error instanceof GraphQLRequestError) || error.code !== 'TOKEN_REFUSED') throw error;
      limiter.noteRefusedMessage(request);
      return refuse(reply, securityEventError(String(error.facts.reason)), error.message);
    }
  });
}

function refuse(reply: FastifyReply, err: string, description: string): FastifyReply {
  const isUnknown = err === 'authentication_failed';
  if (isUnknown) reply.header('www-authenticate', 'Bearer');
  return reply
    .code(isUnknown ? 401 : 400)
    .headers({ 'content-language': 'en', 'cache-control': 'no-store' })
    .send({ err, description });
}

import { type GraphQLClient, GraphQLRequestError, graphql } from '@rollcall/graphql-client';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { RateLimiter } from '../rate-limits/rate-limiter.ts';
import { originHeaders } from './origin-headers.ts';

const AcceptLogoutToken = graphql(`
  mutation AcceptLogoutToken($input: AcceptLogoutTokenInput!) {
    acceptLogoutToken(input: $input) {
      accepted
    }
  }
`);

const parameters = z.object({ connectionId: z.string() });
const logoutBody = z.object({ logout_token: z.string().min(1) });

interface BackchannelLogoutOptions {
  readonly client: GraphQLClient;
  readonly limiter: RateLimiter;
}

/**
 * `/auth/oidc/:connectionId/backchannel-logout`: what an OpenID provider sends when it has ended sessions, answered as OpenID
 * Connect Back-Channel Logout 1.0 §2.8 has it. A GraphQL client like any other.
 */
export function backchannelLogoutRoute(
  scope: FastifyInstance,
  { client, limiter }: BackchannelLogoutOptions,
): void {
  scope.post('/auth/oidc/:connectionId/backchannel-logout', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const { connectionId } = parameters.parse(request.params);
    const body = logoutBody.safeParse(request.body);
    const refuse = (description: string) =>
      reply.code(400).send({ error: 'invalid_request', error_description: description });
    if (!body.success) return refuse('Send a form with logout_token.');
    await limiter.admitSignedMessage(request, reply);
    try {
      const input = { signInConnectionId: connectionId, logoutToken: body.data.logout_token };
      await client.execute(AcceptLogoutToken, { input }, originHeaders(request));
      return reply.code(200).send();
    } catch (error) {
      if (!(error instanceof GraphQLRequestError) || error.code !== 'TOKEN_REFUSED') throw error;
      limiter.noteRefusedMessage(request);
      return refuse(error.message);
    }
  });
}

import { SCIM_SCOPE, tokenEndpoint } from '@rollcall/core';
import { type GraphQLClient, GraphQLRequestError, graphql } from '@rollcall/graphql-client';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { RateLimiter } from '../rate-limits/rate-limiter.ts';
import { readForms } from '../sign-in/form-bodies.ts';
import { originHeaders } from '../sign-in/origin-headers.ts';

const IssueAccessToken = graphql(`
  mutation IssueAccessToken($input: IssueAccessTokenInput!) {
    issueAccessToken(input: $input) {
      accessToken
      expiresInSeconds
      scope
    }
  }
`);

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
/** An assertion of the longest that is read, and some. */
const MAX_TOKEN_REQUEST_BYTES = 20 * 1024;

const text = z.string().optional();
const tokenBody = z.object({
  grant_type: z.string(),
  client_assertion_type: text,
  client_assertion: text,
  client_secret: text,
  scope: text,
});

interface OAuthOptions {
  readonly client: GraphQLClient;
  readonly limiter: RateLimiter;
  /** Where clients reach the server, without a slash at the end: the issuer. */
  readonly publicUrl: string;
}

/**
 * `/oauth/token` gives programs short-lived SCIM tokens (RFC 6749 §4.4, RFC 7523 §2.2), and RFC 8414 metadata says how. A GraphQL
 * client like any other.
 */
export function oauthRoutes(scope: FastifyInstance, { client, limiter, publicUrl }: OAuthOptions): void {
  readForms(scope);

  scope.get('/.well-known/oauth-authorization-server', async () => ({
    issuer: publicUrl,
    token_endpoint: tokenEndpoint(publicUrl),
    grant_types_supported: ['client_credentials'],
    token_endpoint_auth_methods_supported: ['private_key_jwt'],
    token_endpoint_auth_signing_alg_values_supported: ['RS256', 'PS256', 'ES256'],
    scopes_supported: [SCIM_SCOPE],
    response_types_supported: [],
  }));

  scope.post('/oauth/token', { bodyLimit: MAX_TOKEN_REQUEST_BYTES }, async (request, reply) => {
    reply.headers({ 'cache-control': 'no-store', pragma: 'no-cache' });
    const body = tokenBody.safeParse(request.body);
    if (!body.success)
      return refuse(reply, 'invalid_request', 'Send a form with grant_type, and each parameter once.');
    const { grant_type, client_assertion_type, client_assertion, client_secret, scope: wanted } = body.data;
    if (grant_type !== 'client_credentials')
      return refuse(reply, 'unsupported_grant_type', 'grant_type can be client_credentials alone.');
    if (request.headers.authorization !== undefined || client_secret !== undefined)
      return refuse(reply, 'invalid_client', 'Clients have no secrets here: send a client_assertion.');
    if (client_assertion_type !== ASSERTION_TYPE || client_assertion === undefined)
      return refuse(
        reply,
        'invalid_client',
        `Send client_assertion, and client_assertion_type=${ASSERTION_TYPE}.`,
      );
    await limiter.admitSignedMessage(request, reply);
    try {
      const input = { clientAssertion: client_assertion, scope: wanted ?? null };
      const { issueAccessToken } = await client.execute(IssueAccessToken, { input }, originHeaders(request));
      return reply.send({
        access_token: issueAccessToken.accessToken,
        token_type: 'Bearer',
        expires_in: issueAccessToken.expiresInSeconds,
        scope: issueAccessToken.scope,
      });
    } catch (error) {
      if (!(error instanceof GraphQLRequestError)) throw error;
      if (error.code === 'INVALID_INPUT') return refuse(reply, 'invalid_scope', error.message);
      if (error.code === 'RATE_LIMITED') {
        reply.header('retry-after', Number(error.facts.retryAfter));
        return refuse(reply, 'invalid_request', error.message, 429);
      }
      if (error.code !== 'TOKEN_REFUSED') throw error;
      limiter.noteRefusedMessage(request);
      return refuse(reply, 'invalid_client', error.message);
    }
  });
}

/** Refuses as RFC 6749 §5.2 has it. */
function refuse(
  reply: FastifyReply,
  error: string,
  description: string,
  status = error === 'invalid_client' ? 401 : 400,
): FastifyReply {
  return reply.code(status).send({ error, error_description: description.replaceAll('"', "'") });
}

import '@fastify/cookie';
import { type GraphQLClient, GraphQLRequestError, graphql } from '@rollcall/graphql-client';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { SESSION_COOKIE } from '../credentials.ts';
import { isSecure } from '../http/public-url.ts';
import type { RateLimiter } from '../rate-limits/rate-limiter.ts';
import { originHeaders } from './origin-headers.ts';

const BeginSingleSignOn = graphql(`
  mutation BeginSingleSignOn($input: BeginSingleSignOnInput!) {
    beginSingleSignOn(input: $input) {
      redirectUrl
      browserSecret
      expiresInSeconds
    }
  }
`);

const FinishSingleSignOn = graphql(`
  mutation FinishSingleSignOn($input: FinishSingleSignOnInput!) {
    finishSingleSignOn(input: $input) {
      secret
      returnPath
      session {
        expiresAt
      }
    }
  }
`);

/** Ties a sign-in to the browser that began it. */
const SIGN_IN_COOKIE = 'rollcall_sign_in';
const SIGN_IN_PATH = '/auth/oidc';

const connectionParameters = z.object({ connectionId: z.string() });
const one = z.string().optional().catch(undefined);
/** Third parties write the first three (OpenID Connect Core §4), our own pages `next`. */
const startQuery = z.object({ iss: one, login_hint: one, target_link_uri: one, next: one });

interface SingleSignOnRouteOptions {
  readonly client: GraphQLClient;
  readonly limiter: RateLimiter;
  readonly publicUrl: string | undefined;
  /** Where the sign-in page is. */
  readonly adminUrl: string;
}

/** `/auth/oidc`: takes the browser to an identity provider and back. A GraphQL client like any other. */
export function singleSignOnRoutes(app: FastifyInstance, options: SingleSignOnRouteOptions): void {
  const { client, limiter, publicUrl, adminUrl } = options;
  const cookieOptions = (request: FastifyRequest, path: string) =>
    ({ path, httpOnly: true, sameSite: 'lax', secure: isSecure(publicUrl, request) }) as const;
  /** Goes on to a page of ours; on the sign-in page it says why nobody is signed in. */
  const goTo = (reply: FastifyReply, path: string) => reply.redirect(`${adminUrl}${path}`);
  function goToRefusal(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    if (!(error instanceof GraphQLRequestError)) throw error;
    if (error.code === 'INTERNAL') request.log.error({ requestId: request.id }, 'a sign-in failed');
    const { reason } = error.facts;
    const refused = typeof reason === 'string' ? reason : error.code;
    return goTo(reply, `/sign-in?${new URLSearchParams({ refused, request: request.id })}`);
  }

  app.get(`${SIGN_IN_PATH}/:connectionId/start`, async (request, reply) => {
    await limiter.admitSignIns(request, 1, reply);
    const { connectionId } = connectionParameters.parse(request.params);
    const query = startQuery.parse(request.query);
    try {
      const input = {
        signInConnectionId: connectionId,
        issuer: query.iss ?? null,
        loginHint: query.login_hint ?? null,
        returnTo: query.target_link_uri ?? query.next ?? null,
        browserSecret: request.cookies[SIGN_IN_COOKIE] ?? null,
      };
      const { beginSingleSignOn: begun } = await client.execute(
        BeginSingleSignOn,
        { input },
        originHeaders(request),
      );
      return reply
        .setCookie(SIGN_IN_COOKIE, begun.browserSecret, {
          ...cookieOptions(request, SIGN_IN_PATH),
          maxAge: begun.expiresInSeconds,
        })
        .redirect(begun.redirectUrl);
    } catch (error) {
      return goToRefusal(error, request, reply);
    }
  });

  app.get(`${SIGN_IN_PATH}/:connectionId/callback`, async (request, reply) => {
    await limiter.admitSignIns(request, 1, reply);
    const { connectionId } = connectionParameters.parse(request.params);
    const [, query = ''] = request.url.split(/\?(.*)/s);
    try {
      const input = {
        signInConnectionId: connectionId,
        query,
        browserSecret: request.cookies[SIGN_IN_COOKIE] ?? null,
      };
      const { finishSingleSignOn: finished } = await client.execute(
        FinishSingleSignOn,
        { input },
        originHeaders(request),
      );
      reply.setCookie(SESSION_COOKIE, finished.secret, {
        ...cookieOptions(request, '/'),
        expires: new Date(finished.session.expiresAt),
      });
      return goTo(reply, finished.returnPath ?? '/activity');
    } catch (error) {
      return goToRefusal(error, request, reply);
    }
  });
}

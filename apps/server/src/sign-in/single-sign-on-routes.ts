import '@fastify/cookie';
import { type GraphQLClient, GraphQLRequestError, graphql } from '@rollcall/graphql-client';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify';
import { z } from 'zod';
import { sessionCookie, sessionOf } from '../credentials.ts';
import { nameOfCookie } from '../http/cookie-name.ts';
import type { RateLimiter } from '../rate-limits/rate-limiter.ts';
import { comesBackFrom } from './browser-part.ts';
import { goTo, goToRefusal } from './go-to.ts';
import { originHeaders } from './origin-headers.ts';
import { sendForm } from './send-form.ts';
import { beginTest, finishTest, testedPath } from './sign-in-test.ts';
import { beginProof, finishProof, unprovenPath } from './step-up-at-provider.ts';

const BeginSingleSignOn = graphql(`
  mutation BeginSingleSignOn($input: BeginSingleSignOnInput!) {
    beginSingleSignOn(input: $input) {
      redirectUrl
      formFields {
        name
        value
      }
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

const EndReplacedSession = graphql(`
  mutation EndReplacedSession {
    signOut {
      signedOut
    }
  }
`);

/** Where sign-ins begin: at our own pages by any protocol, at a provider by the address that it was given. */
const STARTS = ['/auth/sso', '/auth/oidc', '/auth/saml'];
/** Where tests begin, which sign nobody in. */
const TESTS = ['/auth/oidc', '/auth/saml'];
/** Where browsers come back, to be compared with those that began. */
const ENDS = ['/auth/oidc/:connectionId/callback', '/auth/saml/:connectionId/finish'];
/** Three texts that are read up to 2048 characters. */
const MAX_START_BYTES = 16 * 1024;

const connectionParameters = z.object({ connectionId: z.string() });
const one = z.string().optional().catch(undefined);
/** Third parties write the first three (OpenID Connect Core §4), our own pages `next`. */
const startQuery = z.object({ iss: one, login_hint: one, target_link_uri: one, next: one });
const stepUpQuery = startQuery.pick({ next: true });

interface SingleSignOnRouteOptions {
  readonly client: GraphQLClient;
  readonly limiter: RateLimiter;
  /** Where the sign-in page is. */
  readonly adminUrl: string;
}

interface BegunAtProvider {
  readonly redirectUrl: string;
  readonly formFields: readonly { readonly name: string; readonly value: string }[] | null;
  readonly browserSecret: string;
  readonly expiresInSeconds: number;
}

/** `/auth/sso`, `/auth/oidc` and `/auth/saml`: takes the browser to an identity provider and back. A GraphQL client like any other. */
export function singleSignOnRoutes(app: FastifyInstance, options: SingleSignOnRouteOptions): void {
  const { client, limiter, adminUrl } = options;
  const cookieOptions = (request: FastifyRequest, path: string) =>
    ({ path, httpOnly: true, sameSite: 'lax', secure: request.isOverTls }) as const;
  /** Ties a sign-in to the browser that began it. */
  const signInCookie = (request: FastifyRequest) => ({
    name: nameOfCookie(request, 'rollcall_sign_in'),
    options: cookieOptions(request, request.isOverTls ? '/' : '/auth'),
  });
  /** Sends the browser on, with the cookie that it has to come back with. */
  const goToProvider = (request: FastifyRequest, reply: FastifyReply, begun: BegunAtProvider) => {
    const { name, options } = signInCookie(request);
    reply.setCookie(name, begun.browserSecret, { ...options, maxAge: begun.expiresInSeconds });
    return begun.formFields == null
      ? reply.redirect(begun.redirectUrl)
      : sendForm(reply, begun.redirectUrl, begun.formFields);
  };
  const begin: RouteHandlerMethod = async (request, reply) => {
    const { connectionId } = connectionParameters.parse(request.params);
    const query = startQuery.parse(request.query);
    if (isOthersDoing(request)) return goTo(adminUrl, reply, confirmationPath(connectionId, query));
    const cookie = signInCookie(request);
    try {
      await limiter.admitSingleSignOn(request, 1);
      const input = {
        signInConnectionId: connectionId,
        issuer: query.iss ?? null,
        loginHint: query.login_hint ?? null,
        returnTo: query.target_link_uri ?? query.next ?? null,
        browserSecret: request.cookies[cookie.name] ?? null,
      };
      const { beginSingleSignOn: begun } = await client.execute(
        BeginSingleSignOn,
        { input },
        originHeaders(request),
      );
      return goToProvider(request, reply, begun);
    } catch (error) {
      return goToRefusal(adminUrl, error, { request, reply });
    }
  };

  app.get('/auth/sso/:connectionId/step-up', async (request, reply) => {
    const { connectionId } = connectionParameters.parse(request.params);
    // Another site takes nobody to a provider in their name; the dialog has a button.
    if (request.headers['sec-fetch-site'] === 'cross-site') return goTo(adminUrl, reply, '/profile');
    const browserSecret = request.cookies[signInCookie(request).name] ?? null;
    const returnTo = stepUpQuery.parse(request.query).next ?? null;
    try {
      await limiter.admitSingleSignOn(request, 1);
      return goToProvider(
        request,
        reply,
        await beginProof(client, request, { connectionId, browserSecret, returnTo }),
      );
    } catch (error) {
      return goTo(adminUrl, reply, unprovenPath(error, request));
    }
  });

  const test: RouteHandlerMethod = async (request, reply) => {
    const { connectionId } = connectionParameters.parse(request.params);
    // Another site takes nobody to a provider in their name; the page has a button.
    if (request.headers['sec-fetch-site'] === 'cross-site')
      return goTo(adminUrl, reply, testedPath(connectionId));
    const cookie = signInCookie(request);
    try {
      await limiter.admitSingleSignOn(request, 1);
      const browserSecret = request.cookies[cookie.name] ?? null;
      const begun = await beginTest(client, request, { connectionId, browserSecret });
      reply.setCookie(cookie.name, begun.browserSecret, {
        ...cookie.options,
        maxAge: begun.expiresInSeconds,
      });
      return begun.formFields == null
        ? reply.redirect(begun.redirectUrl)
        : sendForm(reply, begun.redirectUrl, begun.formFields);
    } catch (error) {
      if (!(error instanceof GraphQLRequestError)) throw error;
      return goTo(adminUrl, reply, testedPath(connectionId, error.code));
    }
  };

  const finishStepUp = async (
    request: FastifyRequest,
    reply: FastifyReply,
    came: { readonly connectionId: string; readonly query: string },
  ) => {
    const { name, options } = signInCookie(request);
    try {
      await limiter.admitSingleSignOn(request, 1);
      const browserSecret = request.cookies[name] ?? null;
      const path = await finishProof(client, request, { ...came, browserSecret });
      return goTo(adminUrl, reply.clearCookie(name, options), path);
    } catch (error) {
      return goTo(adminUrl, reply, unprovenPath(error, request));
    }
  };

  const finish: RouteHandlerMethod = async (request, reply) => {
    const { connectionId } = connectionParameters.parse(request.params);
    const cookie = signInCookie(request);
    const [, query = ''] = request.url.split(/\?(.*)/s);
    if (comesBackFrom('proof', query)) return finishStepUp(request, reply, { connectionId, query });
    try {
      await limiter.admitSingleSignOn(request, 1);
      if (comesBackFrom('test', query)) {
        const browserSecret = request.cookies[cookie.name] ?? null;
        return goTo(
          adminUrl,
          reply,
          await finishTest(client, request, { connectionId, browserSecret, query }),
        );
      }
      const input = {
        signInConnectionId: connectionId,
        query,
        browserSecret: request.cookies[cookie.name] ?? null,
      };
      const { finishSingleSignOn: finished } = await client.execute(
        FinishSingleSignOn,
        { input },
        originHeaders(request),
      );
      await endReplaced(client, request);
      reply.clearCookie(cookie.name, cookie.options).setCookie(sessionCookie(request), finished.secret, {
        ...cookieOptions(request, '/'),
        expires: new Date(finished.session.expiresAt),
      });
      return goTo(adminUrl, reply, finished.returnPath ?? '/activity');
    } catch (error) {
      return goToRefusal(adminUrl, error, { request, reply });
    }
  };

  for (const tested of TESTS) app.get(`${tested}/:connectionId/test`, test);
  for (const start of STARTS) app.get(`${start}/:connectionId/start`, begin);
  for (const end of ENDS) app.get(end, finish);
}

/**
 * Where a provider begins a sign-in by a form (OpenID Connect Core §4): goes on by GET, with which the browser's cookies come
 * along; a POST of another site has none, and would seem to come from a browser in which nobody is signed in.
 */
export function startByFormRoute(scope: FastifyInstance): void {
  scope.post('/auth/oidc/:connectionId/start', { bodyLimit: MAX_START_BYTES }, (request, reply) => {
    const { connectionId } = connectionParameters.parse(request.params);
    const { iss, login_hint, target_link_uri } = startQuery.parse(request.body ?? {});
    const given = Object.entries({ iss, login_hint, target_link_uri }).filter(
      ([, value]) => value !== undefined,
    );
    const query = new URLSearchParams(given as [string, string][]);
    return reply.redirect(`/auth/oidc/${encodeURIComponent(connectionId)}/start?${query}`, 303);
  });
}

/**
 * Whether another site sent a browser here in which somebody is signed in already: it could put them into the account of
 * somebody else without their seeing it.
 */
const isOthersDoing = (request: FastifyRequest): boolean =>
  request.headers['sec-fetch-site'] === 'cross-site' && sessionOf(request) !== undefined;

/** The sign-in page, which asks whether to go on. */
function confirmationPath(
  connectionId: string,
  { login_hint: hint, target_link_uri: target, next = target }: z.infer<typeof startQuery>,
): string {
  const query = { confirm: connectionId, ...(hint && { login_hint: hint }), ...(next && { next }) };
  return `/sign-in?${new URLSearchParams(query)}`;
}

/** Ends the session that the browser had, for which nobody has a cookie any more. */
async function endReplaced(client: GraphQLClient, request: FastifyRequest): Promise<void> {
  const secret = sessionOf(request);
  if (secret === undefined) return;
  try {
    const headers = { authorization: `Bearer ${secret}`, 'x-request-id': request.id };
    await client.execute(EndReplacedSession, {}, headers);
  } catch (error) {
    if (!(error instanceof GraphQLRequestError)) throw error;
    // One that is over already is what is wanted; and whoever is signed in now is not to be kept out by the rest.
    if (error.code !== 'UNAUTHENTICATED')
      request.log.error({ requestId: request.id }, 'a session that was replaced goes on');
  }
}

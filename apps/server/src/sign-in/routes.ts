import '@fastify/cookie';
import { type GraphQLClient, GraphQLRequestError, graphql } from '@rollcall/graphql-client';
import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify';
import { z } from 'zod';
import { apiCredential, SESSION_COOKIE, sessionOf } from '../credentials.ts';
import { isSecure } from '../http/public-url.ts';
import { isFailedSignIn } from '../rate-limits/failed-sign-in.ts';
import { limitGuesses } from '../rate-limits/limit-requests.ts';
import type { RateLimiter } from '../rate-limits/rate-limiter.ts';
import { originHeaders } from './origin-headers.ts';

const SignIn = graphql(`
  mutation SignIn($input: SignInInput!) {
    signIn(input: $input) {
      secret
      session {
        expiresAt
      }
      user {
        id
        displayName
      }
    }
  }
`);

const SignInOptions = graphql(`
  query SignInOptions($email: String, $accountId: ID) {
    signInOptions(email: $email, accountId: $accountId) {
      id
      name
      preset
      accountName
    }
  }
`);

const SignOut = graphql(`
  mutation SignOut {
    signOut {
      providerSignOutUrl
    }
  }
`);

const RequestPasswordReset = graphql(`
  mutation RequestPasswordReset($input: RequestPasswordResetInput!) {
    requestPasswordReset(input: $input) {
      accepted
    }
  }
`);

const ResetPassword = graphql(`
  mutation ResetPassword($input: ResetPasswordInput!) {
    resetPassword(input: $input) {
      userName
    }
  }
`);

const resetRequestBody = z.object({ email: z.string().min(1) });

const resetBody = z.object({ token: z.string().min(1), password: z.string().min(1) });

const signInBody = z.object({
  email: z.string().min(1),
  password: z.string().min(1),
  accountId: z.string().optional(),
});

const optionsBody = z.object({ email: z.string().optional(), accountId: z.string().optional() });

/** Most bytes of a request to sign in. */
export const MAX_SIGN_IN_BYTES = 16 * 1024;

interface SignInRouteOptions {
  readonly client: GraphQLClient;
  readonly limiter: RateLimiter;
  readonly publicUrl: string | undefined;
}

/** `/auth`: turns a session into a cookie that scripts can not read. A GraphQL client like any other. */
export function signInRoutes(app: FastifyInstance, { client, limiter, publicUrl }: SignInRouteOptions): void {
  const cookieOptions = (request: FastifyRequest) =>
    ({ path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure(publicUrl, request) }) as const;
  const options = { bodyLimit: MAX_SIGN_IN_BYTES, onRequest: [refuseForms, refuseRehearsals] };

  app.post('/auth/sign-in', options, async (request, reply) => {
    const body = signInBody.safeParse(request.body);
    if (!body.success) {
      const message =
        'Send {"email", "password"} as JSON, and "accountId" if you belong to several accounts.';
      return refuseBody(request, reply, message);
    }
    await limiter.admitSignIns(request, 1, reply);
    try {
      const { signIn } = await client.execute(SignIn, { input: body.data }, originHeaders(request));
      reply.setCookie(SESSION_COOKIE, signIn.secret, {
        ...cookieOptions(request),
        expires: new Date(signIn.session.expiresAt),
      });
      return { user: signIn.user };
    } catch (error) {
      if (!(error instanceof GraphQLRequestError)) throw error;
      if (isFailedSignIn({ code: error.code, limit: error.facts.limit })) limiter.noteFailedSignIn(request);
      return refuseAs(error, request, reply);
    }
  });

  app.post('/auth/request-password-reset', options, async (request, reply) => {
    const body = resetRequestBody.safeParse(request.body);
    if (!body.success) return refuseBody(request, reply, 'Send {"email"} as JSON.');
    await limiter.admitSignIns(request, 1, reply);
    return answering(request, reply, async () => {
      await client.execute(RequestPasswordReset, { input: body.data }, originHeaders(request));
      return reply.code(202).send({ accepted: true });
    });
  });

  app.post('/auth/reset-password', options, async (request, reply) => {
    const body = resetBody.safeParse(request.body);
    if (!body.success) return refuseBody(request, reply, 'Send {"token", "password"} as JSON.');
    await limiter.admitSignIns(request, 1, reply);
    return answering(request, reply, async () => {
      const { resetPassword } = await client.execute(
        ResetPassword,
        { input: body.data },
        originHeaders(request),
      );
      // Whoever was signed in here is not any more, if it was the same person.
      return reply.clearCookie(SESSION_COOKIE, cookieOptions(request)).send(resetPassword);
    });
  });

  app.post('/auth/options', options, async (request, reply) => {
    const body = optionsBody.safeParse(request.body);
    if (!body.success) return refuseBody(request, reply, 'Send {"email"} or {"accountId"} as JSON.');
    await limiter.admitSingleSignOn(request, 1, reply);
    return answering(request, reply, async () => {
      const { signInOptions } = await client.execute(SignInOptions, body.data, originHeaders(request));
      return reply.send({ options: signInOptions });
    });
  });

  // A session that is not valid is a guess here as anywhere else.
  app.register(async (scope) => {
    limitGuesses(scope, limiter, apiCredential);
    scope.post('/auth/sign-out', options, async (request, reply) => {
      const secret = sessionOf(request.headers);
      let atProvider: string | null = null;
      if (secret !== undefined) {
        const headers = { authorization: `Bearer ${secret}`, 'x-request-id': request.id };
        try {
          atProvider = (await client.execute(SignOut, {}, headers)).signOut.providerSignOutUrl;
        } catch (error) {
          if (!(error instanceof GraphQLRequestError)) throw error;
          // A session that is over already is what was asked for.
          if (error.code !== 'UNAUTHENTICATED') return refuseAs(error, request, reply);
          limiter.noteWrong(request);
        }
      }
      reply.clearCookie(SESSION_COOKIE, cookieOptions(request));
      // Where the browser is to go on to, for the provider to end its own session.
      return atProvider === null ? reply.code(204).send() : reply.send({ redirectUrl: atProvider });
    });
  });
}

/** Answers what GraphQL refuses as HTTP does. */
async function answering(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: () => Promise<FastifyReply>,
): Promise<FastifyReply> {
  try {
    return await answer();
  } catch (error) {
    if (!(error instanceof GraphQLRequestError)) throw error;
    return refuseAs(error, request, reply);
  }
}

const refuseBody = (request: FastifyRequest, reply: FastifyReply, message: string): FastifyReply =>
  refuse(request, reply, 400, { code: 'INVALID_INPUT', message });

/** Any page can make a browser send a form here; JSON it may send only to its own origin. */
const refuseForms: onRequestHookHandler = (request, reply, done) => {
  if (/^application\/json *(;|$)/i.test(request.headers['content-type'] ?? '')) return done();
  const message =
    'Send the request with Content-Type: application/json, and {} where there is nothing to say.';
  refuse(request, reply, 415, { code: 'INVALID_INPUT', message });
};

/** Whoever means to save nothing is not to begin or end a session. */
const refuseRehearsals: onRequestHookHandler = (request, reply, done) => {
  const asked = request.headers['rollcall-dry-run'];
  if (asked === undefined || asked === 'false') return done();
  const message =
    'What has to do with signing in can not be rehearsed here, and nothing was done. Leave the header rollcall-dry-run out.';
  refuse(request, reply, 400, { code: 'INVALID_INPUT', message });
};

/** Refuses as GraphQL did, with the status of HTTP that belongs to it. */
function refuseAs(
  { code, message, facts: { accounts, field, retryAfter } }: GraphQLRequestError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (typeof retryAfter === 'number') reply.header('retry-after', retryAfter);
  return refuse(request, reply, statuses[code] ?? 400, { code, message, accounts, field, retryAfter });
}

const statuses: Readonly<Record<string, number>> = {
  SIGN_IN_FAILED: 401,
  RATE_LIMITED: 429,
  INTERNAL: 500,
  UNAVAILABLE: 503,
};

const refuse = (request: FastifyRequest, reply: FastifyReply, status: number, error: object): FastifyReply =>
  reply.code(status).send({ error: { ...error, requestId: request.id } });

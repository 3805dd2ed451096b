import '@fastify/cookie';
import { type GraphQLClient, GraphQLRequestError, graphql } from '@rollcall/graphql-client';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { apiCredential, sessionCookie, sessionOf } from '../credentials.ts';
import { isFailedSignIn } from '../rate-limits/failed-sign-in.ts';
import { limitGuesses } from '../rate-limits/limit-requests.ts';
import type { RateLimiter } from '../rate-limits/rate-limiter.ts';
import { answering, authOptions, refuseAs, refuseBody } from './auth-answers.ts';
import { originHeaders } from './origin-headers.ts';
import { sessionCookies } from './session-cookies.ts';

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
      pending {
        secret
        expiresInSeconds
        secondFactors
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

interface SignInRouteOptions {
  readonly client: GraphQLClient;
  readonly limiter: RateLimiter;
}

/** `/auth`: turns a session into a cookie that scripts can not read. A GraphQL client like any other. */
export function signInRoutes(app: FastifyInstance, { client, limiter }: SignInRouteOptions): void {
  const cookieOptions = (request: FastifyRequest) =>
    ({ path: '/', httpOnly: true, sameSite: 'lax', secure: request.isOverTls }) as const;
  const { setSession, pendingCookie } = sessionCookies;
  const options = authOptions;

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
      if (signIn.pending !== null) {
        const { secret, expiresInSeconds, secondFactors } = signIn.pending;
        const { name, options } = pendingCookie(request);
        reply.setCookie(name, secret, { ...options, maxAge: expiresInSeconds });
        return { pending: { secondFactors } };
      }
      setSession(request, reply, signIn);
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
      return reply.clearCookie(sessionCookie(request), cookieOptions(request)).send(resetPassword);
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
      const secret = sessionOf(request);
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
      reply.clearCookie(sessionCookie(request), cookieOptions(request));
      // Where the browser is to go on to, for the provider to end its own session.
      return atProvider === null ? reply.code(204).send() : reply.send({ redirectUrl: atProvider });
    });
  });
}

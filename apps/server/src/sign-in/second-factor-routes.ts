import { type GraphQLClient, GraphQLRequestError, graphql } from '@rollcall/graphql-client';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { isFailedSignIn } from '../rate-limits/failed-sign-in.ts';
import type { RateLimiter } from '../rate-limits/rate-limiter.ts';
import { authOptions, refuseAs, refuseBody } from './auth-answers.ts';
import { originHeaders } from './origin-headers.ts';
import { sessionCookies } from './session-cookies.ts';

const FinishSignIn = graphql(`
  mutation FinishSignIn($input: FinishSignInInput!) {
    finishSignIn(input: $input) {
      secret
      session {
        expiresAt
      }
    }
  }
`);

const BeginPasskeyProof = graphql(`
  mutation BeginPasskeyProof($input: BeginPasskeyProofInput!) {
    beginPasskeyProof(input: $input) {
      options
    }
  }
`);

const BeginTotp = graphql(`
  mutation BeginTotp($input: BeginTotpInput!) {
    beginTotp(input: $input) {
      secret
      uri
    }
  }
`);

const ConfirmTotp = graphql(`
  mutation ConfirmTotp($input: ConfirmTotpInput!) {
    confirmTotp(input: $input) {
      recoveryCodes
      signedIn {
        secret
        session {
          expiresAt
        }
      }
    }
  }
`);

const BeginPasskeyRegistration = graphql(`
  mutation BeginPasskeyRegistration($input: BeginPasskeyRegistrationInput!) {
    beginPasskeyRegistration(input: $input) {
      options
    }
  }
`);

const RegisterPasskey = graphql(`
  mutation RegisterPasskey($input: RegisterPasskeyInput!) {
    registerPasskey(input: $input) {
      recoveryCodes
      signedIn {
        secret
        session {
          expiresAt
        }
      }
    }
  }
`);

const BeginPasskeySignIn = graphql(`
  mutation BeginPasskeySignIn($input: BeginPasskeySignInInput!) {
    beginPasskeySignIn(input: $input) {
      options
      browserSecret
      expiresInSeconds
    }
  }
`);

const SignInByPasskey = graphql(`
  mutation SignInByPasskey($input: SignInByPasskeyInput!) {
    signInByPasskey(input: $input) {
      secret
      session {
        expiresAt
      }
    }
  }
`);

const factorBody = z.object({
  totpCode: z.string().optional(),
  recoveryCode: z.string().optional(),
  passkey: z.looseObject({}).optional(),
});
const codeBody = z.object({ code: z.string() });
const registrationBody = z.object({ response: z.looseObject({}), name: z.string() });
const passkeyBody = z.object({ passkey: z.looseObject({}) });

interface SecondFactorRouteOptions {
  readonly client: GraphQLClient;
  readonly limiter: RateLimiter;
}

/** `/auth/second-factor` and `/auth/passkey`: what comes after the password, or in place of it. A GraphQL client like any other. */
export function secondFactorRoutes(
  app: FastifyInstance,
  { client, limiter }: SecondFactorRouteOptions,
): void {
  const { pendingCookie, passkeyCookie, setSession } = sessionCookies;

  /** A step of signing in: each counts, and is refused as GraphQL refuses it. */
  function step<Body>(
    path: string,
    body: z.ZodType<Body>,
    asksFor: string,
    answer: (request: FastifyRequest, reply: FastifyReply, body: Body) => Promise<unknown>,
  ): void {
    app.post(path, authOptions, async (request, reply) => {
      const sent = body.safeParse(request.body);
      if (!sent.success) return refuseBody(request, reply, `Send ${asksFor} as JSON.`);
      await limiter.admitSignIns(request, 1, reply);
      try {
        return await answer(request, reply, sent.data);
      } catch (error) {
        if (!(error instanceof GraphQLRequestError)) throw error;
        if (isFailedSignIn({ code: error.code, limit: error.facts.limit })) limiter.noteFailedSignIn(request);
        return refuseAs(error, request, reply);
      }
    });
  }

  const pendingSecretOf = (request: FastifyRequest): string =>
    request.cookies[pendingCookie(request).name] ?? '';
  function finish(request: FastifyRequest, reply: FastifyReply, signedIn: Parameters<typeof setSession>[2]) {
    const { name, options } = pendingCookie(request);
    reply.clearCookie(name, options);
    setSession(request, reply, signedIn);
  }
  const nothing = z.object({});

  step(
    '/auth/second-factor',
    factorBody,
    '{"totpCode"}, {"recoveryCode"} or {"passkey"}',
    async (request, reply, shown) => {
      const input = { pendingSecret: pendingSecretOf(request), ...shown };
      const { finishSignIn } = await client.execute(FinishSignIn, { input }, originHeaders(request));
      finish(request, reply, finishSignIn);
      return { signedIn: true };
    },
  );

  step('/auth/second-factor/passkey-options', nothing, '{}', async (request) => {
    const input = { pendingSecret: pendingSecretOf(request) };
    const { beginPasskeyProof } = await client.execute(BeginPasskeyProof, { input }, originHeaders(request));
    return beginPasskeyProof;
  });

  step('/auth/second-factor/begin-totp', nothing, '{}', async (request) => {
    const input = { pendingSecret: pendingSecretOf(request) };
    const { beginTotp } = await client.execute(BeginTotp, { input }, originHeaders(request));
    return beginTotp;
  });

  step('/auth/second-factor/confirm-totp', codeBody, '{"code"}', async (request, reply, { code }) => {
    const input = { pendingSecret: pendingSecretOf(request), code };
    const { confirmTotp } = await client.execute(ConfirmTotp, { input }, originHeaders(request));
    return added(request, reply, confirmTotp);
  });

  step('/auth/second-factor/begin-passkey', nothing, '{}', async (request) => {
    const input = { pendingSecret: pendingSecretOf(request) };
    const begun = await client.execute(BeginPasskeyRegistration, { input }, originHeaders(request));
    return begun.beginPasskeyRegistration;
  });

  step(
    '/auth/second-factor/register-passkey',
    registrationBody,
    '{"response", "name"}',
    async (request, reply, made) => {
      const input = { pendingSecret: pendingSecretOf(request), ...made };
      const { registerPasskey } = await client.execute(RegisterPasskey, { input }, originHeaders(request));
      return added(request, reply, registerPasskey);
    },
  );

  function added(
    request: FastifyRequest,
    reply: FastifyReply,
    {
      recoveryCodes,
      signedIn,
    }: { recoveryCodes: string[] | null; signedIn: Parameters<typeof setSession>[2] | null },
  ) {
    if (signedIn === null) throw new Error('A second factor was set up without a session.');
    finish(request, reply, signedIn);
    return { recoveryCodes };
  }

  step('/auth/passkey/options', nothing, '{}', async (request, reply) => {
    const { name, options } = passkeyCookie(request);
    const input = { browserSecret: request.cookies[name] ?? null };
    const { beginPasskeySignIn: begun } = await client.execute(
      BeginPasskeySignIn,
      { input },
      originHeaders(request),
    );
    reply.setCookie(name, begun.browserSecret, { ...options, maxAge: begun.expiresInSeconds });
    return { options: begun.options };
  });

  step('/auth/passkey', passkeyBody, '{"passkey"}', async (request, reply, { passkey }) => {
    const { name, options } = passkeyCookie(request);
    const input = { passkey, browserSecret: request.cookies[name] ?? null };
    const { signInByPasskey } = await client.execute(SignInByPasskey, { input }, originHeaders(request));
    reply.clearCookie(name, options);
    setSession(request, reply, signInByPasskey);
    return { signedIn: true };
  });
}

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AccountWorld, Actor } from '@rollcall/testkit';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { addDomain, createSignInConnection, run, verifyDomain } from './directory.ts';
import { txtRecords } from './txt-records.ts';

/** What the provider says of somebody, beside what every token has. */
export interface SaidClaims {
  readonly sub: string;
  readonly [claim: string]: unknown;
}

/** The far end of a sign-in: a provider that says of everybody what it is told, each time. */
export interface SaidProvider {
  readonly issuer: string;
  /**
   * Has it say this in the sign-in that was sent to the address; answers the query that the browser comes back with. What is to
   * happen meanwhile does so before the code is answered with tokens.
   */
  say(authorizationUrl: string, claims: SaidClaims, meanwhile?: () => Promise<unknown>): string;
  /** A logout token of what is named (OpenID Connect Back-Channel Logout 1.0). */
  logoutToken(named: { readonly sub?: string; readonly sid?: string }): Promise<string>;
  close(): Promise<void>;
}

export async function startSaidProvider(): Promise<SaidProvider> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'key', alg: 'ES256', use: 'sig' };
  const tokens = new Map<string, { token: Promise<string>; meanwhile: () => Promise<unknown> }>();
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    const code = new URLSearchParams(body).get('code') ?? '';
    await tokens.get(code)?.meanwhile();
    const answers: Record<string, object> = {
      '/.well-known/openid-configuration': {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['ES256'],
        code_challenge_methods_supported: ['S256'],
      },
      '/keys': { keys: [jwk] },
      '/token': {
        access_token: code,
        token_type: 'Bearer',
        expires_in: 60,
        id_token: await tokens.get(code)?.token,
      },
    };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answers[request.url ?? '']));
  });
  await new Promise<void>((listens) => server.listen(0, 'localhost', listens));
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
  const sign = (claims: JWTPayload): Promise<string> =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', kid: 'key' })
      .setIssuer(issuer)
      .setAudience('rollcall')
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(privateKey);
  return {
    issuer,
    logoutToken: (named) =>
      sign({
        jti: crypto.randomUUID(),
        events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
        ...named,
      }),
    say(authorizationUrl, claims, meanwhile = async () => {}) {
      const asked = new URL(authorizationUrl).searchParams;
      const code = crypto.randomUUID();
      tokens.set(code, { token: sign({ nonce: asked.get('nonce'), ...claims }), meanwhile });
      return new URLSearchParams({ code, state: asked.get('state') ?? '' }).toString();
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/**
 * A sign-in connection with the provider, which finds people by their address at `example.com`; the account proves the
 * domain before.
 */
export async function newSignInConnection(
  { admin }: Pick<AccountWorld, 'admin'>,
  { issuer }: SaidProvider,
  more: object = {},
): Promise<string> {
  const { domain } = await run<{ domain: { id: string; txtName: string; txtValue: string } }>(
    admin,
    addDomain,
    { name: 'example.com' },
  );
  txtRecords.set(domain.txtName, [domain.txtValue]);
  await run(admin, verifyDomain, { id: domain.id });
  const { signInConnection } = await run<{ signInConnection: { id: string } }>(
    admin,
    createSignInConnection,
    {
      name: 'Login',
      preset: 'ENTRA',
      issuer,
      clientId: 'rollcall',
      clientSecret: 'a secret of the client',
      groupsClaim: 'groups',
      linkRule: 'VERIFIED_EMAIL',
      ...more,
    },
  );
  return signInConnection.id;
}

/** What the provider says of who has this userName, with more claims such as `groups`. */
export const claimsOf = (userName: string, more: object = {}): SaidClaims => ({
  sub: userName,
  email: userName,
  email_verified: true,
  ...more,
});

const begin =
  'mutation ($input: BeginSingleSignOnInput!) { beginSingleSignOn(input: $input) { redirectUrl browserSecret } }';
const finish =
  'mutation ($input: FinishSingleSignOnInput!) { finishSingleSignOn(input: $input) { secret user { id } } }';

interface SaidPlace {
  readonly provider: SaidProvider;
  readonly connectionId: string;
}

/** Signs somebody in, of whom the provider says this; the answer of the mutation, whatever it is. */
export async function signInSaying(anybody: Actor, place: SaidPlace, claims: SaidClaims) {
  const finishes = await comeBackSaying(anybody, place, claims);
  return finishes();
}

/** The same up to the moment at which the browser comes back from the provider. */
export async function comeBackSaying(
  anybody: Actor,
  { provider, connectionId: signInConnectionId }: SaidPlace,
  claims: SaidClaims,
  meanwhile?: () => Promise<unknown>,
) {
  const { beginSingleSignOn: begun } = await anybody.query<{
    beginSingleSignOn: { redirectUrl: string; browserSecret: string };
  }>(begin, { input: { signInConnectionId } });
  const query = provider.say(begun.redirectUrl, claims, meanwhile);
  const input = { signInConnectionId, query, browserSecret: begun.browserSecret };
  return () => anybody.ask(finish, { input });
}

import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import Provider, { type ClientMetadata } from 'oidc-provider';

/** Somebody as the provider knows them. */
export interface ProviderPerson {
  readonly sub: string;
  readonly [claim: string]: unknown;
}

/** A certified provider that signs everybody in who comes, as the person of the moment. */
export interface OpenIdProvider {
  readonly issuer: string;
  /** Whom it signs in; null refuses. */
  person: ProviderPerson | null;
  /** When they showed it who they are, in seconds since 1970; just now where it is undefined. */
  signedInAt: number | undefined;
  /** Serves this client from now on. */
  register(client: ClientMetadata): void;
  close(): Promise<void>;
}

export async function startOpenIdProvider(): Promise<OpenIdProvider> {
  let handle: ReturnType<Provider['callback']> | undefined;
  const server = createServer((request, response) => void handle?.(request, response));
  await new Promise<void>((listens) => server.listen(0, 'localhost', listens));
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwks = { keys: [{ ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: 'key' }] };

  const real: OpenIdProvider = {
    issuer,
    person: null,
    signedInAt: undefined,
    register(client) {
      const provider: Provider = new Provider(issuer, {
        clients: [client],
        jwks,
        cookies: { keys: [randomBytes(32).toString('hex')] },
        conformIdTokenClaims: false,
        claims: {
          openid: ['sub', 'groups', 'oid', 'session_expiry'],
          email: ['email', 'email_verified'],
          profile: ['name', 'given_name', 'family_name'],
          auth_time: null,
          sid: null,
        },
        features: { devInteractions: { enabled: false }, backchannelLogout: { enabled: true } },
        // By itself it would tell no server on this machine that a session is over.
        fetch: (url, options) => fetch(url, { ...options, dispatcher: undefined } as RequestInit),
        interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
        findAccount: async (_context, sub) => ({
          accountId: sub,
          claims: async () => ({ ...real.person, sub }),
        }),
        async loadExistingGrant({ oidc }) {
          const grant = new provider.Grant({
            clientId: oidc.client?.clientId,
            accountId: oidc.session?.accountId,
          });
          grant.addOIDCScope('openid email profile');
          await grant.save();
          return grant;
        },
      });
      provider.use(async (context, next) => {
        if (!context.path.startsWith('/interaction/')) return next();
        const { person } = real;
        const result =
          person === null
            ? { error: 'access_denied', error_description: 'not assigned to this application' }
            : { login: { accountId: person.sub, ts: real.signedInAt } };
        await provider.interactionFinished(context.req, context.res, result);
      });
      handle = provider.callback();
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
  return real;
}

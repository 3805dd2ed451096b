import type { JWTVerifyGetKey } from 'jose';
import { LRUCache } from 'lru-cache';
import {
  AuthorizationResponseError,
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  calculatePKCECodeChallenge,
  clockTolerance,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  type IDToken,
} from 'openid-client';
import { FetchRefused } from '../guarded-fetch/fetch-refused.ts';
import type { GuardedFetch } from '../guarded-fetch/guarded-fetch.ts';
import type { Sealer } from '../sealing/sealer.ts';
import { sealerOf } from '../sealing/sealer-of.ts';
import { postLogoutRedirectUri, redirectUri } from '../sign-in-connections/urls.ts';
import type { RemoteKeys } from '../signed-tokens/remote-keys.ts';
import type { UsedConnection } from '../single-sign-on/find-used-connection.ts';
import { SignInRefused, type SingleSignOnRefusal } from '../single-sign-on/refusals.ts';
import type { ProviderChecks, SignInProvider } from '../single-sign-on/sign-in-provider.ts';
import { identityOf } from './identity-of-claims.ts';
import { settingsOf } from './settings-of.ts';

const CLOCK_SKEW_SECONDS = 60;
/** How long what a provider says of itself is believed. */
const BELIEVED_MS = 5 * 60 * 1000;
/** Whoever begins again and again does not have a provider asked each time that can not be asked. */
const FAILED_MS = 15 * 1000;
const MAX_KNOWN = 500;

interface OpenIdOptions {
  readonly fetch: GuardedFetch;
  readonly keys: RemoteKeys;
  readonly sealer: Sealer | undefined;
  readonly adminUrl: string;
}

/** OpenID Connect, which also ends sessions without the browser. */
export interface OpenIdConnect extends SignInProvider {
  /** The keys that a provider publishes. @throws SignInRefused */
  keysOf(connection: UsedConnection): Promise<JWTVerifyGetKey>;
}

/** Signs people in by OpenID Connect. */
export function openIdConnect({ fetch, keys, sealer, adminUrl }: OpenIdOptions): OpenIdConnect {
  const known = new LRUCache<string, Promise<Configuration>>({ max: MAX_KNOWN, ttl: BELIEVED_MS });

  async function configure(connection: UsedConnection): Promise<Configuration> {
    const { issuer, client_id, client_secret } = settingsOf(connection);
    const secret = await sealerOf(sealer).open(client_secret, 'client-secret');
    const configuration = await discovery(
      new URL(issuer),
      client_id,
      { client_secret: secret, [clockTolerance]: CLOCK_SKEW_SECONDS },
      authenticating(secret),
      {
        [customFetch]: (url, { method, headers, body, signal }) =>
          fetch(url, { method, headers, body: body == null ? undefined : String(body), signal }),
        // The guarded fetch refuses what is not encrypted, but for hosts that the operator allows.
        execute: [enableNonRepudiationChecks, ...(issuer.startsWith('http:') ? [allowInsecureRequests] : [])],
      },
    );
    const said = configuration.serverMetadata().issuer;
    if (said !== issuer)
      throw refused(
        'PROVIDER_UNREACHABLE',
        `The provider says that its issuer is ${said}. Enter exactly that.`,
      );
    return configuration;
  }

  function ask(key: string, connection: UsedConnection): Promise<Configuration> {
    const asked = configure(connection);
    known.set(key, asked);
    asked.catch(() => known.set(key, asked, { ttl: FAILED_MS }));
    return asked;
  }

  async function configurationOf(connection: UsedConnection): Promise<Configuration> {
    const { id, issuer, client_id, client_secret } = connection;
    const key = JSON.stringify([id, issuer, client_id, client_secret]);
    try {
      return await (known.get(key) ?? ask(key, connection));
    } catch (error) {
      throw asRefused(error, 'PROVIDER_UNREACHABLE');
    }
  }

  async function claimsOf(
    connection: UsedConnection,
    answer: URL,
    { state, nonce, codeVerifier, maxAge }: ProviderChecks,
  ): Promise<{ claims: IDToken; idToken: string | null }> {
    const configuration = await configurationOf(connection);
    try {
      const tokens = await authorizationCodeGrant(configuration, answer, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: codeVerifier,
        idTokenExpected: true,
        ...(maxAge !== null && { maxAge }),
      });
      const claims = tokens.claims();
      if (claims === undefined) throw refused('PROVIDER_ANSWER', 'The provider sent no ID token.');
      assertMeantForUs(claims, settingsOf(connection).client_id);
      return { claims, idToken: tokens.id_token ?? null };
    } catch (error) {
      throw asRefused(error, 'PROVIDER_ANSWER');
    }
  }

  return {
    async visit(connection, { state, nonce, codeVerifier, maxAge, loginHint }) {
      const configuration = await configurationOf(connection);
      const parameters = {
        response_type: 'code',
        redirect_uri: redirectUri(adminUrl, connection),
        scope: connection.scopes.join(' '),
        state,
        nonce,
        code_challenge: await calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
        ...(maxAge !== null && { max_age: String(maxAge) }),
        ...(loginHint !== undefined && { login_hint: loginHint }),
      };
      try {
        const { href } = buildAuthorizationUrl(configuration, parameters);
        fetch.check(href);
        return { url: href, fields: null };
      } catch (error) {
        throw asRefused(error, 'PROVIDER_UNREACHABLE');
      }
    },
    async answerOf(connection, query) {
      const url = new URL(redirectUri(adminUrl, connection));
      url.search = query.toString();
      return {
        state: query.get('state'),
        async identify(checks) {
          const { claims, idToken } = await claimsOf(connection, url, checks);
          return { ...identityOf(claims, connection), signOutHint: hintOf(idToken) };
        },
      };
    },
    async signOutUrl(connection, hint) {
      const configuration = await configurationOf(connection);
      if (configuration.serverMetadata().end_session_endpoint === undefined) return undefined;
      try {
        const { href } = buildEndSessionUrl(configuration, {
          post_logout_redirect_uri: postLogoutRedirectUri(adminUrl),
          ...(hint !== null && { id_token_hint: hint }),
        });
        fetch.check(href);
        return href;
      } catch (error) {
        throw asRefused(error, 'PROVIDER_UNREACHABLE');
      }
    },
    async keysOf(connection) {
      const { jwks_uri } = (await configurationOf(connection)).serverMetadata();
      if (jwks_uri === undefined)
        throw refused('PROVIDER_UNREACHABLE', 'The provider publishes no keys (jwks_uri).');
      return keys(jwks_uri);
    },
  };
}

/** A longer address may be refused on the way, so a longer ID token is left out of it, and the provider asks whom it is to sign out. */
const MAX_HINT_LENGTH = 4096;
const hintOf = (idToken: string | null): string | null =>
  idToken !== null && idToken.length <= MAX_HINT_LENGTH ? idToken : null;
/** By the way that the provider takes, of the two with a secret; the one of the standard where it does not say. */
function authenticating(secret: string): ClientAuth {
  const [basic, post] = [ClientSecretBasic(secret), ClientSecretPost(secret)];
  return (server, client, body, headers) => {
    const { token_endpoint_auth_methods_supported: methods = ['client_secret_basic'] } = server;
    const authenticate = methods.includes('client_secret_basic') ? basic : post;
    return authenticate(server, client, body, headers);
  };
}

/** For us alone: a token that others can use as well could come from one of them. */
function assertMeantForUs({ aud, azp }: IDToken, clientId: string): void {
  if (aud !== clientId)
    throw refused(
      'PROVIDER_ANSWER',
      `The ID token is for ${JSON.stringify(aud)}, and not for ${clientId} alone.`,
    );
  if (azp !== undefined && azp !== clientId)
    throw refused(
      'PROVIDER_ANSWER',
      `The ID token was given to ${JSON.stringify(azp)}, and not to ${clientId}.`,
    );
}

function asRefused(error: unknown, reason: SingleSignOnRefusal): unknown {
  if (error instanceof SignInRefused || !(error instanceof Error)) return error;
  if (error instanceof AuthorizationResponseError)
    return refused(
      'PROVIDER_REFUSED',
      `The provider answered ${error.error}: ${error.error_description ?? 'without a description'}`,
      error,
    );
  const chain = causesOf(error);
  const fetching = chain.find((each) => each instanceof FetchRefused);
  if (fetching !== undefined) return refused('PROVIDER_UNREACHABLE', fetching.message, error);
  // Errors of the library name what they met with; all others are our own.
  if (!('code' in error)) return error;
  return refused(reason, chain.map(({ message }) => message).join(': '), error);
}

function causesOf(error: unknown): Error[] {
  const chain: Error[] = [];
  for (let each = error; each instanceof Error && chain.length < 5; each = each.cause) chain.push(each);
  return chain;
}

const refused = (reason: SingleSignOnRefusal, detail: string, cause?: Error): SignInRefused =>
  new SignInRefused({ reason, detail }, { cause });

import { LRUCache } from 'lru-cache';
import {
  AuthorizationResponseError,
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
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
import type { UsedConnection } from './find-used-connection.ts';
import { SignInRefused, type SingleSignOnRefusal } from './refusals.ts';

/** What an answer is checked with. */
export interface ProviderChecks {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  readonly maxAge: number | null;
}

/** What is asked of a provider. */
export interface ProviderRequest extends ProviderChecks {
  readonly redirectUri: string;
  readonly loginHint: string | undefined;
}

/** Speaks with the identity providers of sign-in connections. */
export interface SignInProviders {
  /** Where the browser goes to sign in. @throws SignInRefused */
  authorizationUrl(connection: UsedConnection, request: ProviderRequest): Promise<string>;
  /** Who the provider says it is, by the address at which the browser came back. @throws SignInRefused */
  claimsOf(connection: UsedConnection, answer: URL, checks: ProviderChecks): Promise<IDToken>;
}

const CLOCK_SKEW_SECONDS = 60;
/** How long what a provider says of itself is believed. */
const BELIEVED_MS = 5 * 60 * 1000;
/** Whoever begins again and again does not have a provider asked each time that can not be asked. */
const FAILED_MS = 15 * 1000;
const MAX_KNOWN = 500;

export function openSignInProviders(fetch: GuardedFetch, sealer: Sealer | undefined): SignInProviders {
  const known = new LRUCache<string, Promise<Configuration>>({ max: MAX_KNOWN, ttl: BELIEVED_MS });

  async function configure(connection: UsedConnection): Promise<Configuration> {
    const { issuer, client_id, client_secret } = connection;
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

  return {
    async authorizationUrl(connection, { redirectUri, state, nonce, codeVerifier, maxAge, loginHint }) {
      const configuration = await configurationOf(connection);
      const parameters = {
        response_type: 'code',
        redirect_uri: redirectUri,
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
        return href;
      } catch (error) {
        throw asRefused(error, 'PROVIDER_UNREACHABLE');
      }
    },
    async claimsOf(connection, answer, { state, nonce, codeVerifier, maxAge }) {
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
        assertMeantForUs(claims, connection.client_id);
        return claims;
      } catch (error) {
        throw asRefused(error, 'PROVIDER_ANSWER');
      }
    },
  };
}

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

import type { JWTVerifyGetKey } from 'jose';
import { LRUCache } from 'lru-cache';
import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  type IDToken,
} from 'openid-client';
import type { GuardedFetch } from '../guarded-fetch/guarded-fetch.ts';
import type { Sealer } from '../sealing/sealer.ts';
import { sealerOf } from '../sealing/sealer-of.ts';
import { postLogoutRedirectUri, redirectUri } from '../sign-in-connections/urls.ts';
import type { RemoteKeys } from '../signed-tokens/remote-keys.ts';
import type { UsedConnection } from '../single-sign-on/find-used-connection.ts';
import type { ProviderChecks, SignInProvider } from '../single-sign-on/sign-in-provider.ts';
import { asRefused, refused } from './as-refused.ts';
import { type Discovered, discover } from './discover.ts';
import { openEntraGroups } from './entra-groups.ts';
import { identityOf } from './identity-of-claims.ts';
import { settingsOf } from './settings-of.ts';

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
  const known = new LRUCache<string, Promise<Discovered>>({ max: MAX_KNOWN, ttl: BELIEVED_MS });
  const groupsOf = openEntraGroups(fetch);

  async function configure(connection: UsedConnection): Promise<Discovered> {
    const { issuer, client_id: clientId, client_secret } = settingsOf(connection);
    const secret = await sealerOf(sealer).open(client_secret, 'client-secret');
    return discover(fetch, { issuer, clientId, secret });
  }

  function ask(key: string, connection: UsedConnection): Promise<Discovered> {
    const asked = configure(connection);
    known.set(key, asked);
    asked.catch(() => known.set(key, asked, { ttl: FAILED_MS }));
    return asked;
  }

  async function configurationOf(connection: UsedConnection): Promise<Configuration> {
    const key = keyOf(connection);
    try {
      return (await (known.get(key) ?? ask(key, connection)))();
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

  async function fetchedGroups(connection: UsedConnection, claims: IDToken) {
    const found = await groupsOf(await configurationOf(connection), keyOf(connection), claims);
    return 'problem' in found
      ? { groupsProblem: found.problem }
      : { groups: found.groups, groupsProblem: null };
  }

  return {
    async visit(connection, { state, nonce, codeVerifier, maxAge, loginHint, anew, acrValues }) {
      const configuration = await configurationOf(connection);
      const parameters = {
        response_type: 'code',
        redirect_uri: redirectUri(adminUrl, connection),
        scope: connection.scopes.join(' '),
        state,
        nonce,
        code_challenge: await calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
        // Not every provider that asks anew heeds both; what counts is auth_time.
        ...(anew && { max_age: '0', prompt: 'login' }),
        ...(!anew && maxAge !== null && { max_age: String(maxAge) }),
        ...(acrValues.length > 0 && { acr_values: acrValues.join(' ') }),
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
          const identity = { ...identityOf(claims, connection), signOutHint: hintOf(idToken) };
          return identity.groupsProblem !== null && connection.fetches_groups
            ? { ...identity, ...(await fetchedGroups(connection, claims)) }
            : identity;
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
/** What tells clients apart, also of one sign-in connection over time. */
const keyOf = ({ id, issuer, client_id, client_secret }: UsedConnection): string =>
  JSON.stringify([id, issuer, client_id, client_secret]);

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

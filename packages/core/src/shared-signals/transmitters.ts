import type { JWTVerifyGetKey } from 'jose';
import { LRUCache } from 'lru-cache';
import { FetchRefused } from '../guarded-fetch/fetch-refused.ts';
import type { GuardedFetch } from '../guarded-fetch/guarded-fetch.ts';
import type { RemoteKeys } from '../signed-tokens/remote-keys.ts';
import { TokenRefused } from '../signed-tokens/signed-token.ts';

/** The transmitters of security events, by their issuers. */
export interface Transmitters {
  /** The keys that a transmitter signs with. @throws TokenRefused */
  keysOf(issuer: string): Promise<JWTVerifyGetKey>;
}

const MAX_KNOWN = 500;
/** How long what a transmitter says of itself is believed. */
const BELIEVED_MS = 5 * 60 * 1000;
/** Whoever sends rubbish does not have a transmitter asked each time that can not be asked. */
const FAILED_MS = 30 * 1000;

/** Reads what transmitters say of themselves (OpenID Shared Signals Framework 1.0 §7). */
export function openTransmitters(fetch: GuardedFetch, keys: RemoteKeys): Transmitters {
  const known = new LRUCache<string, Promise<JWTVerifyGetKey>>({ max: MAX_KNOWN, ttl: BELIEVED_MS });

  async function ask(issuer: string): Promise<JWTVerifyGetKey> {
    const address = configurationAddress(issuer);
    const answer = await fetch(address, { headers: { accept: 'application/json' } });
    const said: unknown = answer.status === 200 ? await answer.json().catch(() => undefined) : undefined;
    if (typeof said !== 'object' || said === null)
      throw new TokenRefused('KEYS', `${address} answers with no configuration (status ${answer.status}).`);
    const { issuer: itself, jwks_uri: jwksUri } = said as { issuer?: unknown; jwks_uri?: unknown };
    if (itself !== issuer)
      throw new TokenRefused(
        'KEYS',
        `The transmitter says that its issuer is ${JSON.stringify(itself)}. Enter exactly that.`,
      );
    if (typeof jwksUri !== 'string' || !URL.canParse(jwksUri))
      throw new TokenRefused('KEYS', `${address} names no keys (jwks_uri).`);
    return keys(jwksUri);
  }

  return {
    async keysOf(issuer) {
      let asked = known.get(issuer);
      if (asked === undefined) {
        const fresh = ask(issuer);
        asked = fresh;
        known.set(issuer, fresh);
        fresh.catch(() => known.set(issuer, fresh, { ttl: FAILED_MS }));
      }
      try {
        return await asked;
      } catch (error) {
        if (error instanceof FetchRefused) throw new TokenRefused('KEYS', error.message, { cause: error });
        throw error;
      }
    },
  };
}

/** The path of the issuer comes after the well-known one (§7.2). */
function configurationAddress(issuer: string): string {
  const { origin, pathname } = new URL(issuer);
  return `${origin}/.well-known/ssf-configuration${pathname === '/' ? '' : pathname}`;
}

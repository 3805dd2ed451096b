import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose';
import { LRUCache } from 'lru-cache';
import { FetchRefused } from '../guarded-fetch/fetch-refused.ts';
import type { GuardedFetch } from '../guarded-fetch/guarded-fetch.ts';

/** The keys that others publish, by the address of the set (`jwks_uri`). */
export type RemoteKeys = (jwksUri: string) => JWTVerifyGetKey;

const MAX_KNOWN = 500;
/** How long a set is believed. */
const BELIEVED_MS = 10 * 60 * 1000;
/** A key that is not in the set may be a new one, or made up by whoever wants to have the set fetched all the time. */
const LOOK_AGAIN_MS = 30 * 1000;

/**
 * Opens key sets through the guarded fetch. Each address is asked once in a while, whatever comes that is signed by no key of
 * it: also one that can not be asked, which fails with the error of before meanwhile.
 */
export function openRemoteKeys(fetch: GuardedFetch): RemoteKeys {
  const known = new LRUCache<string, JWTVerifyGetKey>({ max: MAX_KNOWN });
  const failed = new LRUCache<string, FetchRefused>({ max: MAX_KNOWN, ttl: LOOK_AGAIN_MS });

  async function load(jwksUri: string): Promise<Response> {
    const before = failed.get(jwksUri);
    if (before !== undefined) throw before;
    try {
      return await answerOf(fetch, jwksUri);
    } catch (error) {
      if (error instanceof FetchRefused) failed.set(jwksUri, error);
      throw error;
    }
  }

  return (jwksUri) => {
    const found = known.get(jwksUri);
    if (found !== undefined) return found;
    const keys = createRemoteJWKSet(new URL(jwksUri), {
      cacheMaxAge: BELIEVED_MS,
      cooldownDuration: LOOK_AGAIN_MS,
      [customFetch]: () => load(jwksUri),
    });
    known.set(jwksUri, keys);
    return keys;
  };
}

async function answerOf(fetch: GuardedFetch, jwksUri: string): Promise<Response> {
  const answer = await fetch(jwksUri, { headers: { accept: 'application/json' } });
  const keys: unknown = answer.status === 200 ? await answer.json().catch(() => undefined) : undefined;
  if (typeof keys === 'object' && keys !== null && 'keys' in keys && Array.isArray(keys.keys))
    return Response.json(keys);
  throw new FetchRefused(
    'REACHABLE',
    `${jwksUri} answers with no set of keys (status ${answer.status}). Check the address.`,
  );
}

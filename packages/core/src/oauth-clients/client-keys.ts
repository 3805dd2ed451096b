import { importJWK, type JWK } from 'jose';
import { invalidInput } from '../errors/domain-error.ts';
import type { GuardedFetch } from '../guarded-fetch/guarded-fetch.ts';
import { checkAddress } from '../sign-in-connections/sign-in-connection-rules.ts';
import { checkSize, orNone } from '../text/text-rules.ts';

/** What a client signs with (RFC 7523), of the algorithms that the enterprise profile has. */
export const assertionAlgorithms: readonly string[] = ['RS256', 'PS256', 'ES256'];

export interface GivenKeys {
  /** A JWK Set as JSON. */
  readonly jwks?: string | null;
  readonly jwksUri?: string | null;
}

export interface ClientKeys {
  readonly jwks: string | null;
  readonly jwksUri: string | null;
}

const MAX_KEYS = 10;
const MAX_JWKS = 20_000;

/** The public keys of a client, or where they are. @throws DomainError INVALID_INPUT */
export async function checkKeys(given: GivenKeys, fetch: GuardedFetch): Promise<ClientKeys> {
  const jwks = orNone(given.jwks) ?? null;
  const jwksUri = orNone(given.jwksUri) ?? null;
  if ((jwks === null) === (jwksUri === null))
    throw invalidInput('jwks', 'or jwksUri is required, one of the two: by its keys the client is known.');
  if (jwks === null) return { jwks, jwksUri: checkAddress(jwksUri, 'jwksUri', fetch) };
  checkSize(jwks, 'jwks', MAX_JWKS);
  const keys = keysIn(jwks);
  return { jwks: JSON.stringify({ keys: await Promise.all(keys.map(publicKey)) }), jwksUri: null };
}

function keysIn(text: string): JWK[] {
  let set: unknown;
  try {
    set = JSON.parse(text);
  } catch {
    throw invalidInput('jwks', 'is no JSON. Send a JWK Set: {"keys": […]}.');
  }
  const keys = typeof set === 'object' && set !== null && 'keys' in set ? set.keys : undefined;
  if (!Array.isArray(keys) || keys.length === 0 || keys.length > MAX_KEYS)
    throw invalidInput('jwks', `is no JWK Set of 1 to ${MAX_KEYS} keys: {"keys": […]}.`);
  return keys;
}

/** A key without what has no place here; a private one is refused, for it is a secret no more. */
async function publicKey(key: JWK, index: number): Promise<JWK> {
  const at = `jwks.keys.${index}`;
  if (typeof key !== 'object' || key === null || (key.kty !== 'RSA' && key.kty !== 'EC'))
    throw invalidInput('jwks', `${at} is no RSA or EC key.`);
  if ('d' in key || 'k' in key)
    throw invalidInput('jwks', `${at} is a private key. Make a new pair, and send its public key alone.`);
  const { kty, kid, alg, n, e, crv, x, y } = key;
  const shown = Object.fromEntries(
    Object.entries({ kty, kid, alg, n, e, crv, x, y }).filter(([, value]) => typeof value === 'string'),
  ) as JWK;
  const algorithm = alg ?? (kty === 'RSA' ? 'RS256' : 'ES256');
  if (!assertionAlgorithms.includes(algorithm))
    throw invalidInput('jwks', `${at} is for ${algorithm}, and not for ${assertionAlgorithms.join(', ')}.`);
  if (kty === 'RSA' && Buffer.from(n ?? '', 'base64url').length < 256)
    throw invalidInput('jwks', `${at} has fewer than 2048 bits.`);
  try {
    await importJWK(shown, algorithm);
  } catch {
    throw invalidInput('jwks', `${at} can not be read as a public key for ${algorithm}.`);
  }
  return { ...shown, use: 'sig' };
}

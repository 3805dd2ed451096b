import {
  CompactEncrypt,
  type CompactJWEHeaderParameters,
  calculateJwkThumbprint,
  compactDecrypt,
  errors,
} from 'jose';

/** What a sealed secret is for: it opens as that and as nothing else, so that none can be put in another's place. */
export type SealedAs =
  | 'mail'
  | 'client-secret'
  | 'sign-in'
  | 'sign-out-hint'
  | 'saml-key'
  | 'saml-answer'
  | 'poll-credential'
  | 'totp'
  | 'sign-in-draft'
  | 'sign-in-test';

/** Seals secrets that are needed again in plain, and so can't be kept as a digest. */
export interface Sealer {
  /** The ids of all keys that open, the one that seals first. */
  readonly keyIds: readonly string[];
  /** By what a sealed text begins, up to the first dot, that this key has sealed. */
  headerOf(keyId: string, as: SealedAs): string;
  /** The text as a compact JWE (RFC 7516), encrypted with the first key. */
  seal(text: string, as: SealedAs): Promise<string>;
  /** The text again. @throws SealBroken */
  open(sealed: string, as: SealedAs): Promise<string>;
}

/** A sealed secret can't be opened; the message says why, and tells nothing of what is in it. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
}

/** How long a key is: A256GCM takes 256 bits. */
export const ENCRYPTION_KEY_BYTES = 32;

/** Seals with the first of the keys, and opens what any of them sealed: a key is replaced without a pause. */
export async function createSealer(keys: readonly Uint8Array[]): Promise<Sealer> {
  const byId = new Map<string, Uint8Array>();
  for (const key of keys) byId.set(await keyIdOf(key), key);
  const [newest] = byId;
  if (newest === undefined) throw new Error('A sealer needs a key.');
  const [kid, key] = newest;

  function keyOf(header: CompactJWEHeaderParameters): Uint8Array {
    const found = byId.get(header.kid ?? '');
    if (found !== undefined) return found;
    throw new SealBroken(
      `It is sealed with the key ${header.kid}, which this server does not have: ROLLCALL_ENCRYPTION_KEYS must keep a key as long as something is sealed with it, and be the same at all servers.`,
    );
  }

  return {
    keyIds: [...byId.keys()],
    headerOf: (keyId, as) => Buffer.from(JSON.stringify(header(keyId, as))).toString('base64url'),
    seal: (text, as) =>
      new CompactEncrypt(new TextEncoder().encode(text)).setProtectedHeader(header(kid, as)).encrypt(key),
    async open(sealed, as) {
      try {
        const options = { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] };
        const { plaintext, protectedHeader } = await compactDecrypt(sealed, keyOf, options);
        if (protectedHeader.typ !== as) throw new SealBroken(`It is not sealed as ${as}.`);
        return new TextDecoder().decode(plaintext);
      } catch (error) {
        if (!(error instanceof errors.JOSEError)) throw error;
        throw new SealBroken(`It is not as it was sealed (${error.code}).`);
      }
    },
  };
}

const header = (kid: string, typ: SealedAs) => ({ alg: 'dir', enc: 'A256GCM', kid, typ });

/** A name that follows from the key and does not tell it (RFC 7638). */
const keyIdOf = (key: Uint8Array): Promise<string> =>
  calculateJwkThumbprint({ kty: 'oct', k: Buffer.from(key).toString('base64url') });

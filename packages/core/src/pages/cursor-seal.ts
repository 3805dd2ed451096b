import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';

/** Turns places in lists into cursors that tell nothing to whoever decodes them, and back. */
export interface CursorSeal {
  /** The cursor of a place, good within `scope` alone; the same place always has the same cursor. */
  seal(place: string, scope: string): string;
  /** The place of a cursor; undefined when it was not sealed here, or in another scope. */
  open(cursor: string, scope: string): string | undefined;
}

const cipher = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Seals with a key that all processes share. The nonce follows from what is sealed, under a key of its own: so none
 * comes twice with different contents, however many cursors there are, and clients recognize a cursor they have.
 */
export function createCursorSeal(key: Uint8Array): CursorSeal {
  const contentKey = derived(key, 'cursor');
  const nonceKey = derived(key, 'cursor nonce');
  return {
    seal(place, scope) {
      const nonce = createHmac('sha256', nonceKey)
        .update(`${scope}\0${place}`)
        .digest()
        .subarray(0, nonceBytes);
      const sealing = createCipheriv(cipher, contentKey, nonce).setAAD(Buffer.from(scope));
      const sealed = [sealing.update(place, 'utf8'), sealing.final()];
      return Buffer.concat([nonce, sealing.getAuthTag(), ...sealed]).toString('base64url');
    },
    open(cursor, scope) {
      const bytes = Buffer.from(cursor, 'base64url');
      // Only in the form in which it was given out: Buffer skips what is no Base64.
      if (bytes.length <= nonceBytes + tagBytes || bytes.toString('base64url') !== cursor) return undefined;
      const opening = createDecipheriv(cipher, contentKey, bytes.subarray(0, nonceBytes), {
        authTagLength: tagBytes,
      });
      opening.setAAD(Buffer.from(scope)).setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
      try {
        return (
          opening.update(bytes.subarray(nonceBytes + tagBytes), undefined, 'utf8') + opening.final('utf8')
        );
      } catch {
        return undefined;
      }
    },
  };
}

/** As a key object: of bytes, Node would make one with each seal. */
const derived = (key: Uint8Array, use: string): KeyObject =>
  createSecretKey(new Uint8Array(hkdfSync('sha256', key, '', `rollcall ${use}`, 32)));

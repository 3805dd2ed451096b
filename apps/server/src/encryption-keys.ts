import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ENCRYPTION_KEY_BYTES } from '@rollcall/core';
import { madeOnce } from './made-once.ts';
import { StartRefused } from './start-refused.ts';

/** What keys look like, for messages. */
export const ENCRYPTION_KEYS_FORM = `${ENCRYPTION_KEY_BYTES} bytes in Base64 each, separated by commas, first the one that seals`;

/** The keys that a text lists, Base64 or base64url; undefined when one of them is none. */
export function parseEncryptionKeys(text: string): Uint8Array[] | undefined {
  const keys = text
    .split(/[,\s]+/)
    .filter(Boolean)
    .map(parseKey);
  return keys.length > 0 && keys.every((key) => key !== undefined) ? keys : undefined;
}

function parseKey(text: string): Uint8Array | undefined {
  const bytes = /^[\w+/-]{43}=?$/.test(text) ? Buffer.from(text, 'base64') : undefined;
  // Zeros and the like are no key: random bytes repeat only a few of their number.
  return bytes?.length === ENCRYPTION_KEY_BYTES && new Set(bytes).size > ENCRYPTION_KEY_BYTES / 2
    ? bytes
    : undefined;
}

/** The keys of the data directory: one is made on first start, readable by its owner alone. */
export async function encryptionKeys(dataDirectory: string): Promise<Uint8Array[]> {
  const file = join(dataDirectory, 'encryption-keys');
  const text = await madeOnce(file, () => randomBytes(ENCRYPTION_KEY_BYTES).toString('base64'));
  const keys = parseEncryptionKeys(text);
  if (keys !== undefined) return keys;
  throw new StartRefused(
    `${file} has no encryption keys, ${ENCRYPTION_KEYS_FORM}. Put it back from a backup; without one delete it, and the server makes another key: what was sealed with the lost one has to be entered anew.`,
  );
}

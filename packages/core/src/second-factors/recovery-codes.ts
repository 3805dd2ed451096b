import { randomBytes } from 'node:crypto';
import { digestOf } from '../authorization/secret.ts';
import { secondFactorLimits } from './second-factor-limits.ts';

// Crockford's base32 leaves out what is mistaken for something else.
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';
const LENGTH = 16;

/** Codes of 80 random bits, in groups of four: `0abc-…`. Guessing one is out of reach at any speed, so no slow hash is needed. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: secondFactorLimits.recoveryCodes }, () => {
    const letters = [...randomBytes(LENGTH)].map((byte) => LETTERS[byte % LETTERS.length]).join('');
    return letters.replaceAll(/.{4}(?=.)/g, '$&-');
  });

/** What a code is kept and told apart by, however it is typed. */
export function recoveryCodeDigest(code: string): string {
  const plain = code
    .toLowerCase()
    .replaceAll(/[^0-9a-z]/g, '')
    .replaceAll('o', '0')
    .replaceAll(/[il]/g, '1');
  return digestOf(`recovery ${plain}`);
}

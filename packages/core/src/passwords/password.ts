import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import pLimit from 'p-limit';

/** As many passwords are worked on at a time as leave threads and processors to others. */
export const passwordsAtOnce = 2;
const oneOfFew = pLimit(passwordsAtOnce);

/** The argon2id digest of a password, with the library's defaults (19 MiB, 2 passes). */
export const hashPassword = (password: string): Promise<string> => oneOfFew(() => hash(normalForm(password)));

/** Does the password belong to the digest? */
export const verifyPassword = (digest: string, password: string): Promise<boolean> =>
  oneOfFew(() => verify(digest, normalForm(password)));

/** One spelling for what looks the same, since keyboards differ (RFC 8265 §4.2.2: normalization). */
export const normalForm = (password: string): string => password.normalize('NFC');

/** A password for a first sign-in: 96 random bits that can be typed. */
export const generatePassword = (): string => randomBytes(12).toString('base64url');

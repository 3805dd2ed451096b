import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** The argon2id digest of a password, with the library's defaults (19 MiB, 2 passes). */
export const hashPassword = (password: string): Promise<string> => hash(password);

/** Does the password belong to the digest? */
export const verifyPassword = (digest: string, password: string): Promise<boolean> =>
  verify(digest, password);

/** A password for a first sign-in: 96 random bits that can be typed. */
export const generatePassword = (): string => randomBytes(12).toString('base64url');

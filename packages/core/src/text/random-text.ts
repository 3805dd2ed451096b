import { randomBytes } from 'node:crypto';

/** 43 characters: 256 random bits. */
export const newRandomText = (): string => randomBytes(32).toString('base64url');
export const isRandomText = (text: string): boolean => /^[\w-]{43}$/.test(text);

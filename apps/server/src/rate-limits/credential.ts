import { hash } from 'node:crypto';

/** What a credential is counted by: nobody who reads the process's memory or its logs can use it. */
export const digestOf = (credential: string): string => hash('sha256', credential, 'base64url');

/**
 * The part of a credential that is no secret, by which the platform looks it up; undefined when it is none of ours, which
 * is refused without a look.
 */
export const credentialId = (credential: string): string | undefined =>
  /\brc_[a-z]+_([0-9a-f]{32})_/.exec(credential)?.[1];

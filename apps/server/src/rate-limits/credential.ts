/**
 * The part of a credential that is no secret, by which the platform looks it up; undefined when it is none of ours, which
 * is refused without a look.
 */
export const credentialId = (credential: string): string | undefined =>
  /\brc_[a-z]+_([0-9a-f]{32})_/.exec(credential)?.[1];

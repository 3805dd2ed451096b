import type { SamlSettings } from '../model/saml-settings.ts';

/** A key pair of ours, as PEM; the key is sealed. */
export interface OwnKeyPair {
  readonly certificate: string;
  readonly key: string;
  /** Is it the one that we sign with? */
  readonly signs: boolean;
}

/** Our key pairs for a sign-in connection, the older first: two while one replaces the other. */
export function ownKeyPairs({ ownCertificate, ownKey, otherKeyPair }: SamlSettings): OwnKeyPair[] {
  const signing = { certificate: ownCertificate, key: ownKey, signs: true };
  if (otherKeyPair === null) return [signing];
  const { isNewer, ...other } = otherKeyPair;
  return isNewer ? [signing, { ...other, signs: false }] : [{ ...other, signs: false }, signing];
}

/** The settings without what is ours: what is known of the provider, and how its messages are read. */
export function withoutOwnKeys({
  ownCertificate: _,
  ownKey: __,
  otherKeyPair: ___,
  ...settings
}: SamlSettings): Omit<SamlSettings, 'ownCertificate' | 'ownKey' | 'otherKeyPair'> {
  return settings;
}

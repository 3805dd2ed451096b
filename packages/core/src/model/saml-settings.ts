/** How a message goes from one side to the other, in the browser. */
export type SamlBinding = 'REDIRECT' | 'POST';
/** By what kind of name the provider is to call somebody. */
export type NameIdFormat = 'UNSPECIFIED' | 'EMAIL_ADDRESS' | 'PERSISTENT';

/** The names of the attributes that are read; null for none. */
export interface SamlAttributes {
  /** The e-mail address; null for the NameID. */
  readonly email: string | null;
  /** The id in the provider's directory, as SCIM has it; null for the NameID. */
  readonly externalId: string | null;
  readonly displayName: string | null;
  readonly givenName: string | null;
  readonly familyName: string | null;
}

/** The key pair beside the one that we sign with, while one replaces another: what is encrypted for it is opened as well. */
export interface OtherKeyPair {
  readonly certificate: string;
  readonly key: string;
  /** Was it made after the one that we sign with? */
  readonly isNewer: boolean;
}

/** What a sign-in connection by SAML 2.0 knows beyond what all have. */
export interface SamlSettings {
  /** Where the provider takes requests to sign in. */
  readonly ssoUrl: string;
  readonly ssoBinding: SamlBinding;
  /** Where the provider takes requests to sign out; null where it takes none. */
  readonly sloUrl: string | null;
  readonly sloBinding: SamlBinding;
  /** With what the provider signs, as PEM: several while one replaces another. */
  readonly certificates: readonly string[];
  readonly wantAssertionsSigned: boolean;
  readonly wantResponseSigned: boolean;
  readonly signRequests: boolean;
  readonly nameIdFormat: NameIdFormat;
  readonly attributes: SamlAttributes;
  /** May somebody begin at the provider? */
  readonly idpInitiated: boolean;
  /** Where the provider's metadata are read once a day; null where its certificates are given otherwise. */
  readonly metadataUrl: string | null;
  /** Ours: with what we sign, and the provider encrypts for us. As PEM; the key is sealed. */
  readonly ownCertificate: string;
  readonly ownKey: string;
  readonly otherKeyPair: OtherKeyPair | null;
}

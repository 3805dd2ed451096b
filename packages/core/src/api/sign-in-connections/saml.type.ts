import { Field, InputType, ObjectType } from 'type-graphql';
import type { Instant } from '../../database/columns.ts';
import type { NameIdFormat, SamlBinding } from '../../model/saml-settings.ts';
import { type ReadCertificate, readCertificate } from '../../saml/certificates.ts';
import { ownKeyPairs, withoutOwnKeys } from '../../saml/own-key-pairs.ts';
import type { SignInConnectionRecord } from '../../sign-in-connections/find-sign-in-connections.ts';
import { expiresSoon } from '../../tokens/expiry.ts';
import { type DeclaredField, declareFields } from '../schema/declare-fields.ts';
import { declareEnum } from '../schema/enums.ts';
import { DateTimeScalar } from '../schema/scalars.ts';

const bindings: Record<SamlBinding, string> = {
  REDIRECT: 'HTTP-Redirect: in the address.',
  POST: 'HTTP-POST: in a form.',
};
const SamlBindingEnum = declareEnum(
  'SamlBinding',
  'How a message goes to the provider, in the browser.',
  bindings,
);

const formats: Record<NameIdFormat, string> = {
  UNSPECIFIED: 'Whatever the provider is set up to send.',
  EMAIL_ADDRESS: 'Their e-mail address.',
  PERSISTENT: 'A name that stays the same and says nothing.',
};
const NameIdFormatEnum = declareEnum(
  'SamlNameIdFormat',
  'By what kind of name (NameID) the provider is asked to call somebody.',
  formats,
);

const described = {
  ssoUrl: 'Where the provider takes requests to sign in: its SSO URL.',
  ssoBinding: 'How a request to sign in goes there.',
  sloUrl: 'Where the provider takes requests to sign out: its SLO URL; null where it takes none.',
  sloBinding: 'How a request to sign out goes there.',
  certificates:
    'With what the provider signs: several while one replaces another. Certificates inside of messages are never looked at.',
  wantAssertionsSigned: 'Has every assertion to be signed itself?',
  wantResponseSigned: 'Has every response to be signed as a whole?',
  signRequests: 'Are our requests to sign in signed? Requests to sign out always are.',
  nameIdFormat: 'By what kind of name the provider is asked to call somebody.',
  emailAttribute: 'The attribute with the e-mail address; null for the NameID.',
  externalIdAttribute:
    "The attribute with the id in the provider's directory, which the rule EXTERNAL_ID compares; null for the NameID.",
  displayNameAttribute: 'The attribute with the name as it is shown.',
  givenNameAttribute: 'The attribute with the given name.',
  familyNameAttribute: 'The attribute with the family name.',
  idpInitiated:
    "May people begin at the provider's pages? What the provider then posts signs nobody in: the browser goes back to it with a request of ours.",
} as const;

@ObjectType('SamlCertificate', {
  description: 'A certificate, as PEM, and what it says.',
  simpleResolvers: true,
})
export class SamlCertificateObject {
  @Field(() => String, { description: 'As PEM.' })
  pem!: string;
  @Field(() => String, { description: 'Whose it says it is.' })
  subject!: string;
  @Field(() => String, { description: 'Its SHA-256 fingerprint.' })
  fingerprint!: string;
  @Field(() => DateTimeScalar, { description: 'From when on it says that it is valid.' })
  validFrom!: Instant;
  @Field(() => DateTimeScalar, {
    description:
      'Until when it says that it is valid. Signatures are taken also afterwards, as the key counts; providers change it by then.',
  })
  validUntil!: Instant;
  @Field(() => Boolean, {
    description:
      'Is that over, or within 30 days? Whoever may change the sign-in connection is written to when ours comes to its end.',
  })
  expiresSoon!: boolean;
}

@ObjectType('SamlKeyPair', { description: 'A key pair of ours.', simpleResolvers: true })
export class SamlKeyPairObject {
  @Field(() => SamlCertificateObject, { description: 'By what providers know it.' })
  certificate!: SamlCertificateObject;
  @Field(() => Boolean, {
    description: 'Is it the one that we sign with? What is encrypted for it is opened in any case.',
  })
  signs!: boolean;
}

@ObjectType('SamlSettings', {
  description: 'What a sign-in connection by SAML 2.0 knows beyond what all have.',
  simpleResolvers: true,
})
export class SamlSettingsObject {
  @Field(() => [SamlCertificateObject], { description: described.certificates })
  certificates!: readonly SamlCertificateObject[];
  @Field(() => SamlCertificateObject, {
    description: 'Ours: what we sign with, and what the provider encrypts for us with.',
  })
  ownCertificate!: SamlCertificateObject;
  @Field(() => [SamlKeyPairObject], {
    description: 'Our key pairs, the older first: two while one replaces the other (`renewSamlKeyPair`).',
  })
  ownKeyPairs!: readonly SamlKeyPairObject[];
}

const text: DeclaredField['type'] = () => String;
const flag: DeclaredField['type'] = () => Boolean;

const typed: Readonly<Record<Exclude<keyof typeof described, 'certificates'>, DeclaredField['type']>> = {
  ssoUrl: text,
  ssoBinding: () => SamlBindingEnum,
  sloUrl: text,
  sloBinding: () => SamlBindingEnum,
  wantAssertionsSigned: flag,
  wantResponseSigned: flag,
  signRequests: flag,
  nameIdFormat: () => NameIdFormatEnum,
  emailAttribute: text,
  externalIdAttribute: text,
  displayNameAttribute: text,
  givenNameAttribute: text,
  familyNameAttribute: text,
  idpInitiated: flag,
};

const settings = Object.entries(typed).map(
  ([name, type]) => [name, { type, description: described[name as keyof typeof typed] }] as const,
);
const mayBeNull = (name: string): boolean => name === 'sloUrl' || name.endsWith('Attribute');
declareFields(
  SamlSettingsObject,
  Object.fromEntries(settings.map(([name, field]) => [name, { ...field, nullable: mayBeNull(name) }])),
);
declareFields(SamlSettingsObject, {
  metadataUrl: {
    description:
      "Where the provider's metadata are read, once a day: its certificates follow them. Null where the certificates were given otherwise.",
    type: text,
  },
  metadataCheckedAt: {
    description: 'When they were read last, or it was tried.',
    type: () => DateTimeScalar,
  },
  metadataProblem: {
    description:
      'Why they could not be read the last time, or not be taken, in a sentence; what was known of the provider stays. Null where all is well.',
    type: text,
  },
});

@InputType({
  description:
    'What goes with SAML 2.0 alone. Left out = stays as it is; at first as the metadata of the provider say, or as the preset has it.',
})
export class SamlInput {}
declareFields(SamlInput, {
  metadataXml: {
    description: "The provider's metadata, as they are in the file. What else is given goes before them.",
    type: text,
  },
  metadataUrl: {
    description:
      "Where the provider's metadata are. They are read now, and its certificates once a day, unless `certificates` are given; to have changed addresses or another provider read, send it once more.",
    type: text,
  },
  certificates: { description: `${described.certificates} As PEM.`, type: () => [String] },
  ...Object.fromEntries(settings),
});

/** The settings as GraphQL shows them; nothing of our key. */
export function toSamlSettings({
  saml,
  metadata_checked_at: metadataCheckedAt,
  metadata_problem: metadataProblem,
}: Pick<
  SignInConnectionRecord,
  'saml' | 'metadata_checked_at' | 'metadata_problem'
>): SamlSettingsObject | null {
  if (saml === null) return null;
  const { attributes, certificates, ...shown } = withoutOwnKeys(saml);
  const names = Object.entries(attributes).map(([field, name]) => [`${field}Attribute`, name]);
  return {
    ...shown,
    ...Object.fromEntries(names),
    ...{ metadataCheckedAt, metadataProblem },
    certificates: certificates.map(toCertificate),
    ownCertificate: toCertificate(saml.ownCertificate),
    ownKeyPairs: ownKeyPairs(saml).map(({ certificate, signs }) => ({
      certificate: toCertificate(certificate),
      signs,
    })),
  };
}

function toCertificate(pem: string): SamlCertificateObject {
  const read: ReadCertificate | string = readCertificate(pem);
  if (typeof read === 'string') throw new Error(`A certificate that is kept ${read}`);
  return { ...read, expiresSoon: expiresSoon(read.validUntil) };
}

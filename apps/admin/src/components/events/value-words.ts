import { providerNames } from '@/components/connections/provider-names.ts';
import type { introspection } from '@/lib/graphql/schema-env.d.ts';

type Types = introspection['types'];
type EnumName = {
  [Name in keyof Types]: Types[Name] extends { enumValues: string } ? Name : never;
}[keyof Types];
type Words<Name extends EnumName> = Record<Types[Name]['enumValues'], string>;

/** What the values of an enum are called where an event tells them: every enum that a change can hold. */
export const enumWords = {
  UserStatus: { ACTIVE: 'Active', INACTIVE: 'Inactive', DEPROVISIONED: 'Deprovisioned' },
  TeamOrigin: { DIRECTORY: 'Directory', ORG_STRUCTURE: 'Org structure', MANUAL: 'By hand' },
  IdentityProvider: providerNames,
  SignInPreset: { ...providerNames, GENERIC: 'Another provider' },
  SignInProtocol: { OIDC: 'OpenID Connect', SAML: 'SAML 2.0' },
  SignInLinkRule: {
    EXTERNAL_ID: 'By the id of their directory',
    VERIFIED_EMAIL: 'By a verified address of a proven domain',
    NONE: 'Nobody new',
  },
  JitPolicy: { OFF: 'Nobody is created', DOMAIN: 'Whoever has an address of a proven domain' },
  SamlBinding: { POST: 'By a form', REDIRECT: 'By a redirect' },
  SamlNameIdFormat: { EMAIL_ADDRESS: 'E-mail address', PERSISTENT: 'Persistent', UNSPECIFIED: 'Unspecified' },
  SignalDelivery: { POLL: 'Fetched from the transmitter', PUSH: 'Sent by the transmitter' },
  SecondFactor: { TOTP: 'Authenticator app', PASSKEY: 'Passkey', RECOVERY_CODE: 'Recovery code' },
  SecondFactorPolicy: {
    OPTIONAL: 'From those who have one',
    WITH_PASSWORD: 'From everybody who signs in by a password',
    ALWAYS: 'From everybody',
  },
  SignInMethod: { PASSWORD: 'Password', PASSKEY: 'Passkey', OIDC: 'OpenID Connect', SAML: 'SAML 2.0' },
  RoleSource: { SCIM: 'SCIM alone', SSO_AND_MANUAL: 'By hand and by sign-ins' },
  GrantSource: {
    MANUAL: 'By hand',
    DEFAULT: 'By default',
    SCIM_MAPPING: 'By a pushed group',
    SCIM_ROLES: 'Said by an identity provider',
    SSO_MAPPING: 'By a group at sign-in',
  },
  GroupPatchAnswer: { NO_CONTENT: 'Nothing (204)', RESOURCE: 'The group (200)' },
  CreateTeams: { NONE: 'None', DEPARTMENT: 'From departments', MANAGER: 'From departments and managers' },
  CustomAttributeType: {
    STRING: 'Text',
    BOOLEAN: 'Yes or no',
    INTEGER: 'Whole number',
    DECIMAL: 'Decimal number',
    DATE_TIME: 'Date and time',
    REFERENCE: 'Reference',
    BINARY: 'Binary data',
  },
  Uniqueness: { NONE: 'May repeat', SERVER: 'Unique' },
} satisfies { readonly [Name in EnumName]?: Words<Name> };

/** Why something was not taken: codes that the schema leaves open. */
const reasons = {
  CONNECTION: 'Sign-in connection unknown or switched off',
  REQUEST: 'Asked for something that is not done',
  NOT_BEGUN: 'Not begun in this browser, or used before',
  PROVIDER_REFUSED: 'Refused by the identity provider',
  PROVIDER_UNREACHABLE: 'Identity provider not reached',
  PROVIDER_ANSWER: 'Answer of the identity provider not trusted',
  NOBODY: 'Nobody here is meant',
  SECOND_FACTOR: 'No second factor at the identity provider',
  NOT_ACTIVE: 'The person is switched off',
  OTHER_PERSON: 'Somebody else is signed in at the identity provider',
  NOT_ANEW: 'Not asked anew at the identity provider',
  WRONG_CONTEXT: 'Not asked in the way that is wanted',
  FORM: 'Not well formed',
  ISSUER: 'Another issuer',
  AUDIENCE: 'Meant for somebody else',
  TIME: 'Too old, or not good yet',
  SIGNATURE: 'Signature not right',
  KEYS: 'Keys not available',
  REPLAYED: 'Used before',
  NOT_FETCHED: 'Could not be fetched',
};

/** In words what the values of these fields are, by field. */
const wordsOf: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  status: enumWords.UserStatus,
  origin: enumWords.TeamOrigin,
  provider: enumWords.IdentityProvider,
  preset: enumWords.SignInPreset,
  protocol: enumWords.SignInProtocol,
  linkRule: enumWords.SignInLinkRule,
  rule: { ...enumWords.SignInLinkRule, BY_HAND: 'By hand' },
  jitPolicy: enumWords.JitPolicy,
  ssoBinding: enumWords.SamlBinding,
  sloBinding: enumWords.SamlBinding,
  nameIdFormat: enumWords.SamlNameIdFormat,
  delivery: enumWords.SignalDelivery,
  secondFactor: { ...enumWords.SecondFactor, ...enumWords.SecondFactorPolicy },
  secondFactors: enumWords.SecondFactor,
  method: { ...enumWords.SignInMethod, ...enumWords.SecondFactor, PROVIDER: 'Identity provider' },
  roleSource: enumWords.RoleSource,
  source: enumWords.GrantSource,
  groupPatchAnswer: enumWords.GroupPatchAnswer,
  createTeams: enumWords.CreateTeams,
  type: enumWords.CustomAttributeType,
  uniqueness: enumWords.Uniqueness,
  reason: reasons,
  cause: {
    BACK_CHANNEL_LOGOUT: 'Logout token of the identity provider',
    SAML_SINGLE_LOGOUT: 'SAML logout at the identity provider',
    SESSION_REVOKED: 'Session revoked by the identity provider',
    CREDENTIAL_CHANGE: 'Credential changed at the identity provider',
  },
};

/** A value of a field in words, where it is one of the API's names. */
export function valueInWords(field: string, value: unknown): unknown {
  const words = wordsOf[field];
  if (words === undefined) return value;
  if (Array.isArray(value)) return value.map((each) => valueInWords(field, each));
  return typeof value === 'string' ? (words[value] ?? value) : value;
}

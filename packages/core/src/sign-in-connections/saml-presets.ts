import type { SamlAttributes, SamlSettings } from '../model/saml-settings.ts';
import type { SignInPreset } from '../model/sign-in-connection.entity.ts';

const CLAIMS = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims';
const MICROSOFT = 'http://schemas.microsoft.com';

/** As most providers have an admin name them, where they name none themselves. */
const usual: SamlAttributes = {
  email: 'email',
  externalId: null,
  displayName: 'displayName',
  givenName: 'firstName',
  familyName: 'lastName',
};

/** How providers call what is read, unless a connection says otherwise. */
export const samlAttributes: Readonly<Record<SignInPreset, SamlAttributes>> = {
  ENTRA: {
    email: `${CLAIMS}/emailaddress`,
    externalId: `${MICROSOFT}/identity/claims/objectidentifier`,
    displayName: `${MICROSOFT}/identity/claims/displayname`,
    givenName: `${CLAIMS}/givenname`,
    familyName: `${CLAIMS}/surname`,
  },
  GOOGLE: { ...usual, email: null },
  JUMPCLOUD: { ...usual, givenName: 'firstname', familyName: 'lastname' },
  OKTA: usual,
  ONELOGIN: {
    email: 'User.email',
    externalId: null,
    displayName: null,
    givenName: 'User.FirstName',
    familyName: 'User.LastName',
  },
  PING: usual,
  GENERIC: usual,
};

/** What holds unless a connection says otherwise. */
export const samlDefaults = {
  ssoBinding: 'REDIRECT',
  sloUrl: null,
  sloBinding: 'REDIRECT',
  wantAssertionsSigned: true,
  wantResponseSigned: false,
  signRequests: false,
  nameIdFormat: 'UNSPECIFIED',
  idpInitiated: false,
  metadataUrl: null,
} as const satisfies Partial<SamlSettings>;

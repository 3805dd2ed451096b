import type { LinkRule, Preset } from './api/sign-in-connections.ts';
import type { SetUpStep } from './presets.ts';

/** How a provider is set up by SAML 2.0, in its own words. */
export interface SamlWords {
  readonly steps: readonly SetUpStep[];
  /** How the provider gives its metadata. */
  readonly metadata: { readonly by: 'metadataUrl' | 'metadataXml'; readonly hint: string };
  readonly linkRule: LinkRule;
  readonly linkHint: string;
  readonly groups: { readonly claim: string; readonly hint: string };
}

const byAddress =
  'Whoever signs in is found by their address, as the provider sends it. Prove its domain under Domains first.';

export const samlPresets: Record<Preset, SamlWords> = {
  ENTRA: {
    steps: [
      {
        text: 'Microsoft Entra admin center → Enterprise applications → New application → Create your own application → “Integrate any other application (Non-gallery)”.',
      },
      {
        text: 'Single sign-on → SAML → Basic SAML Configuration. Identifier (Entity ID): paste',
        copy: 'entityId',
      },
      { text: 'Reply URL (Assertion Consumer Service URL): paste', copy: 'redirectUri' },
      { text: 'To start from My Apps, Sign on URL: paste', copy: 'initiateLoginUri' },
      {
        text: 'Attributes & Claims → Add new claim: Name “objectidentifier”, Namespace “http://schemas.microsoft.com/identity/claims”, Source attribute “user.objectid”.',
      },
      { text: 'For groups: Attributes & Claims → Add a group claim → “Security groups”.' },
      { text: 'Users and groups: assign who may sign in.' },
      { text: 'SAML Certificates: copy “App Federation Metadata Url”.' },
    ],
    metadata: { by: 'metadataUrl', hint: 'The “App Federation Metadata Url”.' },
    linkRule: 'EXTERNAL_ID',
    linkHint:
      'The claim objectidentifier is compared. In the attribute mappings of provisioning, map externalId to objectId.',
    groups: {
      claim: 'http://schemas.microsoft.com/ws/2008/06/identity/claims/groups',
      hint: 'Entra sends the object ids of groups, and for people in more than 150 groups none.',
    },
  },
  OKTA: {
    steps: [
      { text: 'Admin Console → Applications → Create App Integration → “SAML 2.0”.' },
      { text: 'Single sign-on URL: paste', copy: 'redirectUri' },
      { text: 'Audience URI (SP Entity ID): paste', copy: 'entityId' },
      {
        text: 'Attribute Statements: email = user.email, firstName = user.firstName, lastName = user.lastName.',
      },
      { text: 'For groups, Group Attribute Statements: groups, Matches regex .*' },
      { text: 'Assignments: choose who may sign in.' },
      { text: 'Sign On → SAML Setup: copy “Metadata URL”.' },
    ],
    metadata: { by: 'metadataUrl', hint: 'The “Metadata URL”.' },
    linkRule: 'VERIFIED_EMAIL',
    linkHint: byAddress,
    groups: { claim: 'groups', hint: 'Okta sends the names of the groups that the filter lets through.' },
  },
  ONELOGIN: {
    steps: [
      { text: 'Administration → Applications → Add App → “SAML Custom Connector (Advanced)”.' },
      { text: 'Configuration → Audience (EntityID): paste', copy: 'entityId' },
      {
        text: 'ACS (Consumer) URL, and as a regular expression ACS (Consumer) URL Validator: paste',
        copy: 'redirectUri',
      },
      { text: 'Login URL: paste', copy: 'initiateLoginUri' },
      { text: 'SSO → SAML Signature Algorithm: “SHA-256”.' },
      {
        text: 'Parameters: User.email, User.FirstName, User.LastName, and memberOf for groups, each with “Include in SAML assertion”.',
      },
      { text: 'More Actions → SAML Metadata: open the file, and copy what is in it.' },
    ],
    metadata: { by: 'metadataXml', hint: 'What is in the file of “SAML Metadata”.' },
    linkRule: 'VERIFIED_EMAIL',
    linkHint: byAddress,
    groups: { claim: 'memberOf', hint: 'The parameter in which OneLogin sends groups.' },
  },
  PING: {
    steps: [
      { text: 'PingOne → Applications → Add Application → “SAML Application”, then “Manually Enter”.' },
      { text: 'ACS URLs: paste', copy: 'redirectUri' },
      { text: 'Entity ID: paste', copy: 'entityId' },
      { text: 'Sign Assertion, with the Signing Algorithm RSA_SHA256.' },
      {
        text: 'Attribute Mappings: saml_subject, email = Email Address, firstName = Given Name, lastName = Family Name, and groups = Group Names.',
      },
      { text: 'Configuration: copy “IdP Metadata URL”, and switch the application on.' },
    ],
    metadata: { by: 'metadataUrl', hint: 'The “IdP Metadata URL”.' },
    linkRule: 'VERIFIED_EMAIL',
    linkHint: byAddress,
    groups: { claim: 'groups', hint: 'The attribute to which “Group Names” is mapped.' },
  },
  JUMPCLOUD: {
    steps: [
      {
        text: 'SSO Applications → Add New Application → Custom Application → “Manage Single Sign-On (SSO)” → “Configure SSO with SAML”.',
      },
      { text: 'SP Entity ID: paste', copy: 'entityId' },
      { text: 'ACS URL: paste', copy: 'redirectUri' },
      { text: 'Login URL: paste', copy: 'initiateLoginUri' },
      { text: 'Sign Assertion: on.' },
      {
        text: 'User Attribute Mapping: email, firstname, lastname. For groups, “include group attribute”: memberOf.',
      },
      { text: 'User Groups: choose who may sign in. Export Metadata, and copy what is in the file.' },
    ],
    metadata: { by: 'metadataXml', hint: 'What is in the file of “Export Metadata”.' },
    linkRule: 'VERIFIED_EMAIL',
    linkHint: byAddress,
    groups: { claim: 'memberOf', hint: 'The group attribute that is included.' },
  },
  GOOGLE: {
    steps: [
      {
        text: 'Google Admin console → Apps → Web and mobile apps → Add app → “Add custom SAML app”.',
      },
      { text: 'Download metadata, and copy what is in the file.' },
      { text: 'ACS URL: paste', copy: 'redirectUri' },
      { text: 'Entity ID: paste', copy: 'entityId' },
      { text: 'Name ID format “EMAIL”, Name ID “Basic Information > Primary email”.' },
      {
        text: 'Attribute mapping: First name → firstName, Last name → lastName. For groups, Group membership: choose them, App attribute “groups”.',
      },
      { text: 'User access: switch it on for who may sign in.' },
    ],
    metadata: { by: 'metadataXml', hint: 'What is in the file of “Download metadata”.' },
    linkRule: 'VERIFIED_EMAIL',
    linkHint: byAddress,
    groups: { claim: 'groups', hint: 'Google sends the names of the groups that you chose.' },
  },
  GENERIC: {
    steps: [
      {
        text: 'Create an application or service provider for SAML 2.0. Entity ID (audience): paste',
        copy: 'entityId',
      },
      { text: 'ACS URL (reply URL, single sign-on URL), HTTP-POST: paste', copy: 'redirectUri' },
      { text: 'Where it can start sign-ins itself, login URL: paste', copy: 'initiateLoginUri' },
      { text: 'Sign the assertion, with RSA and SHA-256. Send email, firstName, lastName, and groups.' },
      { text: 'Copy the address of its metadata, or what is in the file.' },
    ],
    metadata: { by: 'metadataUrl', hint: 'Where the provider publishes its metadata.' },
    linkRule: 'EXTERNAL_ID',
    linkHint: 'The NameID has to be what the provider’s SCIM sends as externalId.',
    groups: { claim: 'groups', hint: 'The attribute of the assertion that lists the groups of a person.' },
  },
};

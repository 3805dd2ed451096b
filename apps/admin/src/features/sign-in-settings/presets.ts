import type { LinkRule, Preset } from './api/sign-in-connections.ts';

/** A step in the provider's console; what is to be copied there stands below it. */
export interface SetUpStep {
  readonly text: string;
  readonly copy?: 'entityId' | 'redirectUri' | 'initiateLoginUri';
}

/** How a provider is set up, in its own words. */
export interface PresetWords {
  readonly label: string;
  readonly summary: string;
  readonly steps: readonly SetUpStep[];
  readonly issuer: { readonly label: string; readonly placeholder: string; readonly hint: string };
  readonly clientId: string;
  readonly clientSecret: string;
  readonly linkRule: LinkRule;
  /** What this provider means for the rule that is suggested. */
  readonly linkHint: string;
  readonly groups: { readonly claim: string; readonly hint: string };
  readonly scopes: readonly string[];
}

const scopes = ['openid', 'profile', 'email'];

/** The presets whose set-up by OpenID Connect is shown step by step. */
type OpenIdPreset = 'ENTRA' | 'OKTA' | 'GOOGLE' | 'GENERIC';

const openIdPresets: Record<OpenIdPreset, PresetWords> = {
  ENTRA: {
    label: 'Microsoft Entra ID',
    summary: 'People sign in with their Microsoft work account.',
    steps: [
      {
        text: 'Microsoft Entra admin center → App registrations → New registration. Supported account types: “Accounts in this organizational directory only”.',
      },
      { text: 'Redirect URI: choose the platform “Web” and paste', copy: 'redirectUri' },
      { text: 'Register, and copy “Application (client) ID” and “Directory (tenant) ID” from the Overview.' },
      {
        text: 'Certificates & secrets → Client secrets → New client secret. Copy its “Value” at once, not its “Secret ID”.',
      },
      { text: 'For groups: Token configuration → Add groups claim → “Security groups”, in the ID token.' },
      {
        text: 'Enterprise applications → the same application → Properties: switch “Assignment required?” on, and assign people under Users and groups.',
      },
      {
        text: 'To start from My Apps: Branding & properties → Home page URL, paste',
        copy: 'initiateLoginUri',
      },
    ],
    issuer: {
      label: 'Directory (tenant) ID, or issuer',
      placeholder: '6babcaad-604b-40ac-a9d7-9fd97c0b779f',
      hint: 'The id of your own tenant: “common” and “organizations” would let anybody’s tenant answer.',
    },
    clientId: 'Application (client) ID',
    clientSecret: 'Client secret (Value)',
    linkRule: 'EXTERNAL_ID',
    linkHint:
      'The object id is compared. In the attribute mappings of provisioning, map externalId to objectId. Entra says of no address that it is verified.',
    groups: {
      claim: 'groups',
      hint: 'Entra sends the object ids of groups, and for people in more than 200 groups only a note that there are too many.',
    },
    scopes,
  },
  OKTA: {
    label: 'Okta',
    summary: 'People sign in at your Okta org.',
    steps: [
      {
        text: 'Admin Console → Applications → Create App Integration: “OIDC - OpenID Connect”, then “Web Application”.',
      },
      { text: 'Grant type: leave “Authorization Code”. Sign-in redirect URIs: paste', copy: 'redirectUri' },
      { text: 'Assignments: choose who may sign in, and save.' },
      { text: 'General → Client Credentials: copy “Client ID” and the “Client secret”.' },
      {
        text: 'To start from the End-User Dashboard: General Settings → Login initiated by “Either Okta or App”, Initiate login URI:',
        copy: 'initiateLoginUri',
      },
      {
        text: 'For groups: Sign On → OpenID Connect ID Token → Groups claim filter: groups, Matches regex .*',
      },
    ],
    issuer: {
      label: 'Okta domain, or issuer',
      placeholder: 'example.okta.com',
      hint: 'As in the address of your Okta dashboard, without “-admin”.',
    },
    clientId: 'Client ID',
    clientSecret: 'Client secret',
    linkRule: 'EXTERNAL_ID',
    linkHint: 'Okta’s SCIM sends the user’s id as externalId, which is what the sign-in calls them.',
    groups: { claim: 'groups', hint: 'Okta sends the names of the groups that the filter lets through.' },
    scopes: [...scopes, 'groups'],
  },
  GOOGLE: {
    label: 'Google Workspace',
    summary: 'People sign in with their Google Workspace account.',
    steps: [
      {
        text: 'Google Cloud console → Google Auth Platform → Audience: “Internal”, so that only people of your Workspace come in.',
      },
      { text: 'Clients → Create client → “Web application”.' },
      { text: 'Authorised redirect URIs → Add URI: paste', copy: 'redirectUri' },
      { text: 'Create, and copy “Client ID” and “Client secret”.' },
      {
        text: 'Prove the primary domain of your Workspace under Domains here: people are found by their address.',
      },
    ],
    issuer: {
      label: 'Issuer',
      placeholder: 'https://accounts.google.com',
      hint: 'It is the same for every Workspace.',
    },
    clientId: 'Client ID',
    clientSecret: 'Client secret',
    linkRule: 'VERIFIED_EMAIL',
    linkHint: 'Google verifies the addresses of your Workspace. Prove its primary domain first.',
    groups: {
      claim: '',
      hint: 'Google puts no groups into its token. Set it up by SAML, which has them, or give roles by default or by hand.',
    },
    scopes,
  },
  GENERIC: {
    label: 'Another provider',
    summary: 'Any that speaks OpenID Connect or SAML 2.0, such as Keycloak, Auth0 or AD FS.',
    steps: [
      {
        text: 'Create a confidential web client: authorization code flow, PKCE S256, client authentication by secret (basic or post).',
      },
      { text: 'Valid redirect URI:', copy: 'redirectUri' },
      { text: 'Where it can start sign-ins itself, its initiate login URI:', copy: 'initiateLoginUri' },
      {
        text: 'Copy the client id and its secret; the issuer is the “issuer” of /.well-known/openid-configuration.',
      },
    ],
    issuer: {
      label: 'Issuer',
      placeholder: 'https://login.example.com/realms/main',
      hint: 'Exactly as the provider writes it; what it says of itself is read from there.',
    },
    clientId: 'Client ID',
    clientSecret: 'Client secret',
    linkRule: 'EXTERNAL_ID',
    linkHint: 'The claim “sub” has to be what the provider’s SCIM sends as externalId.',
    groups: { claim: 'groups', hint: 'The claim of the ID token that lists the groups of a person.' },
    scopes,
  },
};

/** The words of a preset; of one that is set up by SAML alone those of any provider, under its name. */
export const presets: Record<Preset, PresetWords> = {
  ...openIdPresets,
  ONELOGIN: { ...openIdPresets.GENERIC, label: 'OneLogin', summary: 'People sign in at OneLogin, by SAML.' },
  PING: { ...openIdPresets.GENERIC, label: 'Ping Identity', summary: 'People sign in at PingOne, by SAML.' },
  JUMPCLOUD: {
    ...openIdPresets.GENERIC,
    label: 'JumpCloud',
    summary: 'People sign in at JumpCloud, by SAML.',
  },
};

/** In the order in which they are offered. */
export const presetIds: readonly Preset[] = [
  'ENTRA',
  'OKTA',
  'GOOGLE',
  'ONELOGIN',
  'PING',
  'JUMPCLOUD',
  'GENERIC',
];

/** Reads a preset of the URL. */
export const presetFrom = (text: string | null): Preset | undefined => presetIds.find((id) => id === text);

/** The issuer that is meant by what somebody typed: an issuer, a tenant id of Entra, or a domain of Okta. */
export function issuerFrom(preset: Preset, typed: string): string {
  const text = typed.trim();
  if (text === '' || text.includes('://')) return text;
  if (preset === 'ENTRA' && !/[\s/]/.test(text))
    return `https://login.microsoftonline.com/${text.toLowerCase()}/v2.0`;
  if (preset === 'OKTA' && text.includes('.')) return `https://${text.toLowerCase().replace(/\/+$/, '')}`;
  return text;
}

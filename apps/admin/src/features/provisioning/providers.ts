import type { Connection } from './api/connections.ts';

type Provider = Connection['provider'];

export interface ProviderGuide {
  name: string;
  /** What an administrator does in the identity provider, in its own words. */
  steps: readonly string[];
}

const generic: readonly string[] = [
  'Create a SCIM 2.0 integration for your app.',
  'Paste the SCIM URL as its base URL and choose bearer token (OAuth bearer) authentication.',
  'Issue a SCIM token here and paste the secret.',
  'Test the connection, choose who is provisioned, and switch provisioning on.',
];

/** Set-up steps for each identity provider. */
export const providers: Record<Provider, ProviderGuide> = {
  ENTRA: {
    name: 'Microsoft Entra ID',
    steps: [
      'Enterprise applications → New application → Create your own application, “non-gallery”.',
      'Open Provisioning, connect your application and paste the SCIM URL with ?aadOptscim062020 behind it as Tenant URL.',
      'Issue a SCIM token here, paste it as Secret Token and press Test Connection.',
      'Under Mappings keep the defaults; matching is by userName.',
      'Assign users and groups, then press Start provisioning. Entra comes about every 40 minutes; Provision on demand is immediate.',
    ],
  },
  OKTA: {
    name: 'Okta',
    steps: [
      'Applications → Browse App Catalog → “SCIM 2.0 Test App (OAuth Bearer Token)”, or add SCIM to your own app.',
      'Provisioning → Configure API Integration: paste the SCIM URL as Base URL.',
      'Issue a SCIM token here, paste it as OAuth Bearer Token and press Test API Credentials.',
      'To App → Edit: enable Create Users, Update User Attributes and Deactivate Users.',
      'Assign people, then push groups under Push Groups.',
    ],
  },
  ONELOGIN: { name: 'OneLogin', steps: generic },
  JUMPCLOUD: { name: 'JumpCloud', steps: generic },
  GOOGLE: { name: 'Google Workspace', steps: generic },
  PING: { name: 'Ping Identity', steps: generic },
  GENERIC: { name: 'Another SCIM 2.0 client', steps: generic },
};

const ids: readonly Provider[] = ['ENTRA', 'OKTA', 'ONELOGIN', 'JUMPCLOUD', 'GOOGLE', 'PING', 'GENERIC'];

/** The providers as the choices of a select. */
export const providerChoices = ids.map((value) => ({ value, label: providers[value].name }));

/** Reads a choice of the select. */
export function providerFrom(value: string | null): Provider {
  return ids.find((id) => id === value) ?? 'GENERIC';
}

/** A command that proves the address and the token. */
export function curlCommand(scimUrl: string): string {
  return [
    'curl -H "Authorization: Bearer $TOKEN" \\',
    '     -H "Accept: application/scim+json" \\',
    `     "${scimUrl}/Users?count=1"`,
  ].join('\n');
}

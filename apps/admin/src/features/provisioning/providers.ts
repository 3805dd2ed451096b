import { type Provider, providerNames } from '@/components/connections/provider-names.ts';

const generic: readonly string[] = [
  'Create a SCIM 2.0 integration for your app.',
  'Paste the SCIM URL as its base URL and choose bearer token (OAuth bearer) authentication.',
  'Issue a SCIM token here and paste the secret.',
  'Test the connection, choose who is provisioned, and switch provisioning on.',
];

/** What an administrator does to set it up in each identity provider, in its own words. */
export const setUpSteps: Record<Provider, readonly string[]> = {
  ENTRA: [
    'Enterprise applications → New application → Create your own application, “non-gallery”.',
    'Open Provisioning, connect your application and paste the SCIM URL with ?aadOptscim062020 behind it as Tenant URL.',
    'Issue a SCIM token here, paste it as Secret Token and press Test Connection.',
    'Under Mappings keep the defaults; matching is by userName.',
    'Assign users and groups, then press Start provisioning. Entra comes about every 40 minutes; Provision on demand is immediate.',
  ],
  OKTA: [
    'Applications → Browse App Catalog → “SCIM 2.0 Test App (OAuth Bearer Token)”, or add SCIM to your own app.',
    'Provisioning → Configure API Integration: paste the SCIM URL as Base URL.',
    'Issue a SCIM token here, paste it as OAuth Bearer Token and press Test API Credentials.',
    'To App → Edit: enable Create Users, Update User Attributes and Deactivate Users.',
    'Assign people, then push groups under Push Groups.',
  ],
  ONELOGIN: generic,
  JUMPCLOUD: generic,
  GOOGLE: generic,
  PING: generic,
  GENERIC: generic,
};

const ids: readonly Provider[] = ['ENTRA', 'OKTA', 'ONELOGIN', 'JUMPCLOUD', 'GOOGLE', 'PING', 'GENERIC'];

/** The providers as the choices of a select. */
export const providerChoices = ids.map((value) => ({ value, label: providerNames[value] }));

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

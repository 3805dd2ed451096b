import { expect, test } from 'vitest';
import { issuerFrom } from './presets.ts';

const tenant = '6babcaad-604b-40ac-a9d7-9fd97c0b779f';

test.each([
  ['ENTRA', ` ${tenant.toUpperCase()} `, `https://login.microsoftonline.com/${tenant}/v2.0`],
  ['ENTRA', 'https://login.microsoftonline.com/x/v2.0', 'https://login.microsoftonline.com/x/v2.0'],
  ['ENTRA', 'common', 'https://login.microsoftonline.com/common/v2.0'],
  ['ENTRA', 'no tenant', 'no tenant'],
  ['OKTA', 'Example.okta.com/', 'https://example.okta.com'],
  ['OKTA', 'https://example.okta.com/oauth2/default', 'https://example.okta.com/oauth2/default'],
  ['GENERIC', 'login.example.com', 'login.example.com'],
  ['GENERIC', '', ''],
] as const)('in a form for %s, %j means the issuer %j', (preset, typed, issuer) => {
  expect(issuerFrom(preset, typed)).toBe(issuer);
});

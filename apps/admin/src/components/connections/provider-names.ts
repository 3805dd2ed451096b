import { graphql, type ResultOf } from '@/lib/graphql/graphql.ts';

const providerOf = graphql('fragment ProviderOf on Connection { provider }');

export type Provider = ResultOf<typeof providerOf>['provider'];

/** What identity providers are called. */
export const providerNames: Record<Provider, string> = {
  ENTRA: 'Microsoft Entra ID',
  OKTA: 'Okta',
  ONELOGIN: 'OneLogin',
  JUMPCLOUD: 'JumpCloud',
  GOOGLE: 'Google Workspace',
  PING: 'Ping Identity',
  GENERIC: 'Another SCIM 2.0 client',
};

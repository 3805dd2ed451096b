import { useForm } from '@mantine/form';
import type { LinkRule, Preset, SignInConnection } from './api/sign-in-connections.ts';
import { issuerFrom, presets } from './presets.ts';
import { type Protocol, wordsOf } from './words.ts';

/** What the form of a sign-in connection holds. */
export interface ConnectionValues {
  name: string;
  issuer: string;
  clientId: string;
  clientSecret: string;
  scopes: string;
  groupsClaim: string;
  fetchesGroups: boolean;
  linkRule: LinkRule;
  connectionId: string | null;
  creates: boolean;
  /** None where it vouches for all of the account's. */
  domains: string[];
  maxAge: string;
  stepUpAcrValues: string;
  signOutAtProvider: boolean;
}

/** The fields in which the server's refusals are shown. */
export const formFields = [
  'name',
  'issuer',
  'clientId',
  'clientSecret',
  'scopes',
  'groupsClaim',
  'connectionId',
  'domains',
  'maxAge',
  'stepUpAcrValues',
] as const;

const maxAges = ['', '0', '3600', '28800', '86400', '604800'] as const;

/** How long ago somebody may have signed in at the provider. */
const maxAgeChoices = [
  { value: '', label: 'Any time: the provider’s own session counts' },
  { value: '0', label: 'Now: they sign in there each time' },
  { value: '3600', label: 'An hour ago at most' },
  { value: '28800', label: 'Eight hours ago at most' },
  { value: '86400', label: 'A day ago at most' },
  { value: '604800', label: 'A week ago at most' },
];

/** The choices, with one that was set over GraphQL and is none of them. */
export const maxAgeChoicesWith = (value: string) =>
  maxAges.some((each) => each === value)
    ? maxAgeChoices
    : [...maxAgeChoices, { value, label: `${value} seconds ago at most` }];

const valuesOf = (connection: SignInConnection): ConnectionValues => ({
  name: connection.name,
  issuer: connection.issuer,
  clientId: connection.clientId ?? '',
  clientSecret: '',
  scopes: connection.scopes.join(' '),
  groupsClaim: connection.groupsClaim ?? '',
  fetchesGroups: connection.fetchesGroups,
  linkRule: connection.linkRule,
  connectionId: connection.connectionId,
  creates: connection.jitPolicy === 'DOMAIN',
  domains: connection.domains ?? [],
  maxAge: connection.maxAge?.toString() ?? '',
  stepUpAcrValues: connection.stepUpAcrValues.join(' '),
  signOutAtProvider: connection.signOutAtProvider,
});

const newValues = (preset: Preset, protocol: Protocol): ConnectionValues => ({
  name: presets[preset].label === 'Another provider' ? '' : presets[preset].label,
  issuer: preset === 'GOOGLE' ? 'https://accounts.google.com' : '',
  clientId: '',
  clientSecret: '',
  scopes: presets[preset].scopes.join(' '),
  groupsClaim: wordsOf(preset, protocol).groups.claim,
  fetchesGroups: false,
  linkRule: wordsOf(preset, protocol).linkRule,
  connectionId: null,
  creates: false,
  domains: [],
  maxAge: '',
  stepUpAcrValues: '',
  signOutAtProvider: false,
});

const filled = (what: string) => (value: string) => (value.trim() ? null : what);

/** The form of a sign-in connection, or of a new one. */
export function useConnectionForm(
  preset: Preset,
  connection?: SignInConnection,
  protocol: Protocol = connection?.protocol ?? 'OIDC',
) {
  // The metadata of a provider of SAML say who it is.
  const isOpenId = protocol === 'OIDC';
  return useForm<ConnectionValues>({
    initialValues: connection ? valuesOf(connection) : newValues(preset, protocol),
    validate: {
      name: filled('Name it as people know it: they see it on the sign-in page'),
      issuer: (value) => (!isOpenId || value.trim() ? null : 'Copy it from the provider'),
      clientId: (value) => (!isOpenId || value.trim() ? null : 'Copy it from the provider'),
      clientSecret: (value) => (!isOpenId || connection || value.trim() ? null : 'Copy it from the provider'),
      connectionId: (value, { linkRule }) =>
        linkRule !== 'EXTERNAL_ID' || value ? null : 'Choose the connection whose external ids are compared',
    },
  });
}

export type ConnectionForm = ReturnType<typeof useConnectionForm>;

const wordsIn = (text: string): string[] => text.split(/\s+/).filter(Boolean);

/** What to send of a form, whatever the protocol. */
export function commonInputOf(values: ConnectionValues) {
  const byEmail = values.linkRule === 'VERIFIED_EMAIL';
  return {
    name: values.name.trim(),
    groupsClaim: values.groupsClaim.trim() || null,
    linkRule: values.linkRule,
    connectionId: values.linkRule === 'EXTERNAL_ID' ? values.connectionId : null,
    jitPolicy: byEmail && values.creates ? ('DOMAIN' as const) : ('OFF' as const),
    domains: values.domains.length > 0 ? values.domains : null,
    maxAge: values.maxAge === '' ? null : Number(values.maxAge),
    stepUpAcrValues: wordsIn(values.stepUpAcrValues),
    signOutAtProvider: values.signOutAtProvider,
  };
}

/** What to send of a form of a connection by OpenID Connect. */
export const inputOf = (preset: Preset, values: ConnectionValues) => ({
  ...commonInputOf(values),
  preset,
  issuer: issuerFrom(preset, values.issuer),
  clientId: values.clientId.trim(),
  scopes: wordsIn(values.scopes),
  fetchesGroups: preset === 'ENTRA' && values.fetchesGroups,
});

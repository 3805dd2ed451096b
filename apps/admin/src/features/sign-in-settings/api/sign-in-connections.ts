'use client';
import { skipToken, useMutation, useQuery } from '@apollo/client/react';
import { graphql, type ResultOf } from '@/lib/graphql/graphql.ts';
import { useLiveRefetch } from '@/lib/live/use-live-refetch.ts';

export const connectionFields = graphql(`
  fragment SignInConnectionFields on SignInConnection {
    __typename
    id
    name
    protocol
    preset
    issuer
    clientId
    scopes
    groupsClaim
    fetchesGroups
    linkRule
    connectionId
    jitPolicy
    domains
    maxAge
    stepUpAcrValues
    enabled
    createdAt
    redirectUri
    initiateLoginUri
    entityId
    backchannelLogoutUri
    postLogoutRedirectUri
    signOutAtProvider
    linkCount
    saml {
      metadataUrl
      metadataCheckedAt
      metadataProblem
      certificates { pem subject fingerprint validUntil expiresSoon }
      ownCertificate { pem subject fingerprint validUntil expiresSoon }
      ownKeyPairs { signs certificate { pem subject fingerprint validUntil expiresSoon } }
    }
  }
`);

const settingsQuery = graphql(
  `
  query SignInSettings {
    signInConnections(first: 100) { nodes { ...SignInConnectionFields } totalCount }
    emailDomains { __typename id status }
  }
`,
  [connectionFields],
);

const connectionQuery = graphql(
  `
  query SignInConnectionPage($id: ID!) {
    signInConnection(id: $id) { ...SignInConnectionFields }
    emailDomains { __typename id status }
  }
`,
  [connectionFields],
);

const linksQuery = graphql(`
  query LinkedPeople($id: ID!, $after: Cursor) {
    identityLinks(filter: { signInConnectionId: $id }, first: 10, after: $after) {
      nodes { id subject createdAt user { __typename id displayName userName title status } }
      totalCount
      pageInfo { hasNextPage endCursor }
    }
  }
`);

const draftQuery = graphql(`
  query SignInConnectionDraft($protocol: SignInProtocol!) {
    signInConnectionDraft(protocol: $protocol) { draft redirectUri initiateLoginUri entityId }
  }
`);

const optionsQuery = graphql(`
  query SignInOptionsOfForm {
    connections(first: 100) { nodes { __typename id name provider } }
    emailDomains { __typename id name status }
  }
`);

const checkQuery = graphql(`
  query IssuerCheck($issuer: String!) { issuerCheck(issuer: $issuer) { issuer problem } }
`);

const createMutation = graphql(
  `
  mutation CreateSignInConnection($input: CreateSignInConnectionInput!) {
    createSignInConnection(input: $input) { signInConnection { ...SignInConnectionFields } }
  }
`,
  [connectionFields],
);

const updateMutation = graphql(
  `
  mutation UpdateSignInConnection($input: UpdateSignInConnectionInput!) {
    updateSignInConnection(input: $input) { signInConnection { ...SignInConnectionFields } }
  }
`,
  [connectionFields],
);

const deleteMutation = graphql(`
  mutation DeleteSignInConnection($input: DeleteSignInConnectionInput!) {
    deleteSignInConnection(input: $input) { deletedId }
  }
`);

export type SignInConnection = ResultOf<typeof connectionFields>;
export type SamlSettings = NonNullable<SignInConnection['saml']>;
export type Certificate = SamlSettings['ownCertificate'];
export type CreatedConnection = ResultOf<typeof createMutation>;
export type Preset = SignInConnection['preset'];
export type LinkRule = SignInConnection['linkRule'];
export type Addresses = Pick<SignInConnection, 'entityId' | 'redirectUri' | 'initiateLoginUri'>;

const concernsSignIn = ({ subject }: { subject: { type: string } }) =>
  subject.type === 'SIGN_IN_CONNECTION' || subject.type === 'EMAIL_DOMAIN';

/** The account's sign-in connections, kept current. */
export function useSignInConnections() {
  const { data, error, refetch } = useQuery(settingsQuery, { fetchPolicy: 'cache-and-network' });
  useLiveRefetch(refetch, concernsSignIn);
  const hasProvenDomain = data?.emailDomains.some(steers) ?? false;
  return { connections: data?.signInConnections, hasProvenDomain, error, refetch };
}

/** One sign-in connection, kept current. */
export function useSignInConnection(id: string) {
  const { data, loading, error, refetch } = useQuery(connectionQuery, {
    variables: { id },
    fetchPolicy: 'cache-and-network',
  });
  useLiveRefetch(refetch, concernsSignIn);
  const connection = data?.signInConnection;
  return { connection, missing: !loading && connection === null, loading, error, refetch };
}

/** Whether a domain sends people to a provider, and lets them be found by their address. */
export const steers = ({ status }: { status: string }) => status === 'PROVEN' || status === 'MISSING';

/** Who is linked by a sign-in connection, a page at a time. */
export function useLinkedPeople(id: string) {
  const { data, loading, error, refetch, fetchMore } = useQuery(linksQuery, {
    variables: { id },
    fetchPolicy: 'cache-and-network',
  });
  useLiveRefetch(refetch, ({ type, related }) => type.startsWith('IDENTITY_') && related?.id === id);
  const links = data?.identityLinks;
  const loadMore = () =>
    fetchMore({
      variables: { after: links?.pageInfo.endCursor },
      updateQuery: ({ identityLinks }, { fetchMoreResult: { identityLinks: next } }) => ({
        identityLinks: { ...next, nodes: [...identityLinks.nodes, ...next.nodes] },
      }),
    }).catch(() => {});
  return { links, loading, error, loadMore };
}

/** Addresses for a sign-in connection that is going to be created; they stay while the page does. */
export function useDraft(protocol: SignInConnection['protocol']) {
  const { data, error } = useQuery(draftQuery, { variables: { protocol }, fetchPolicy: 'no-cache' });
  return { draft: data?.signInConnectionDraft, error };
}

/** What a sign-in connection can refer to. */
export function useFormOptions() {
  const { data } = useQuery(optionsQuery, { fetchPolicy: 'cache-and-network' });
  return {
    connections: data?.connections.nodes ?? [],
    domains: data?.emailDomains.map(({ name }) => name) ?? [],
    hasProvenDomain: data?.emailDomains.some(steers) ?? false,
  };
}

/** What an issuer answers; nothing is asked for an empty one. */
export function useIssuerCheck(issuer: string) {
  const { data, loading, error } = useQuery(
    checkQuery,
    issuer === '' ? skipToken : { variables: { issuer }, fetchPolicy: 'no-cache' },
  );
  return { check: data?.issuerCheck, loading, error };
}

// Secrets must not stay in memory: what is sent does not go into the cache, and the answers have none.
export const useCreateSignInConnection = () =>
  useMutation(createMutation, { refetchQueries: ['SignInSettings'] });
export const useUpdateSignInConnection = () => useMutation(updateMutation);
export const useDeleteSignInConnection = () =>
  useMutation(deleteMutation, { refetchQueries: ['SignInSettings'] });

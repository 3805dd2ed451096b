'use client';
import { useMutation, useQuery } from '@apollo/client/react';
import { graphql, type ResultOf } from '@/lib/graphql/graphql.ts';
import { useLiveRefetch } from '@/lib/live/use-live-refetch.ts';

const clientFields = graphql(`
  fragment OAuthClientFields on OAuthClient { __typename id name jwks jwksUri createdAt }
`);

const clientsQuery = graphql(
  `
  query OAuthClients {
    account { __typename id tokenEndpoint }
    connections(first: 100) { nodes { __typename id name provider oauthClients { ...OAuthClientFields } } }
  }
`,
  [clientFields],
);

const createMutation = graphql(
  `
  mutation CreateOAuthClient($input: CreateOAuthClientInput!) {
    createOAuthClient(input: $input) { client { ...OAuthClientFields } }
  }
`,
  [clientFields],
);

const rotateMutation = graphql(
  `
  mutation RotateOAuthClientKeys($input: RotateOAuthClientKeysInput!) {
    rotateOAuthClientKeys(input: $input) { client { ...OAuthClientFields } }
  }
`,
  [clientFields],
);

const deleteMutation = graphql(`
  mutation DeleteOAuthClient($input: DeleteOAuthClientInput!) {
    deleteOAuthClient(input: $input) { deletedId }
  }
`);

export type OAuthClient = ResultOf<typeof clientFields>;
export type ClientConnection = ResultOf<typeof clientsQuery>['connections']['nodes'][number];

/** The programs that have short-lived tokens, by connection; read again when one comes, changes or goes anywhere. */
export function useOAuthClients() {
  const { data, error, refetch } = useQuery(clientsQuery, { fetchPolicy: 'cache-and-network' });
  useLiveRefetch(refetch, ({ subject }) => subject.type === 'OAUTH_CLIENT');
  return { connections: data?.connections.nodes, tokenEndpoint: data?.account.tokenEndpoint, error, refetch };
}

const refetchQueries = ['OAuthClients'];
export const useCreateOAuthClient = () => useMutation(createMutation, { refetchQueries });
export const useRotateOAuthClientKeys = () => useMutation(rotateMutation, { refetchQueries });
export const useDeleteOAuthClient = () => useMutation(deleteMutation, { refetchQueries });

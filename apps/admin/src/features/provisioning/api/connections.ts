'use client';
import { useMutation, useQuery } from '@apollo/client/react';
import { graphql, type ResultOf } from '@/lib/graphql/graphql.ts';
import { useLiveRefetch } from '@/lib/live/use-live-refetch.ts';

const provisioningQuery = graphql(`
  query Provisioning {
    account { __typename id name scimUrl }
    connections(first: 100) {
      nodes {
        __typename
        id
        name
        provider
        passwordSync
        groupPatchAnswer
        strict
        groupsAsRoles
        scimUrl
        userCount
        teamCount
        lastSeenAt
        tokens { __typename id status }
      }
    }
  }
`);

const createConnectionMutation = graphql(`
  mutation CreateConnection($input: CreateConnectionInput!) {
    createConnection(input: $input) { connection { __typename id name provider } }
  }
`);

const updateConnectionMutation = graphql(`
  mutation UpdateConnection($input: UpdateConnectionInput!) {
    updateConnection(input: $input) { connection { __typename id passwordSync groupPatchAnswer strict groupsAsRoles } }
  }
`);

export type ProvisioningData = ResultOf<typeof provisioningQuery>;
export type Connection = ProvisioningData['connections']['nodes'][number];

/** The account's SCIM address and its connections, kept current by what comes through them. */
export function useProvisioning() {
  const { data, error, refetch } = useQuery(provisioningQuery, { fetchPolicy: 'cache-and-network' });
  useLiveRefetch(refetch, ({ connection, subject }) => connection !== null || subject.type === 'CONNECTION');
  return { data, error, refetch };
}

export const useCreateConnection = () =>
  useMutation(createConnectionMutation, { refetchQueries: ['Provisioning', 'TokenOptions'] });

export const useUpdateConnection = () => useMutation(updateConnectionMutation);

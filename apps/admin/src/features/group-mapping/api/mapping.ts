'use client';
import { useQuery } from '@apollo/client/react';
import { graphql, type ResultOf } from '@/lib/graphql/graphql.ts';
import { personFields } from '@/lib/live/entity-fragments.ts';
import { changesRoles } from '@/lib/live/touched.ts';
import { useLiveRefetch } from '@/lib/live/use-live-refetch.ts';

const holdersFields = graphql(
  `
  fragment MappingHolders on UserConnection {
    nodes { ...PersonFields }
    pageInfo { hasNextPage endCursor }
  }
`,
  [personFields],
);

const mappingQuery = graphql(
  `
  query MappingPage($id: ID!, $after: Cursor) {
    node(id: $id) {
      __typename
      ... on RoleMapping {
        id
        createdAt
        createdBy { kind id name }
        role { __typename id name exclusive }
        group { name pushed team { __typename id } }
        connection { __typename id name provider }
        userCount
        users(first: 50, after: $after) { ...MappingHolders }
      }
      ... on SsoRoleMapping {
        id
        createdAt
        createdBy { kind id name }
        role { __typename id name exclusive }
        value: group
        signInConnectionId
        userCount
        users(first: 50, after: $after) { ...MappingHolders }
      }
    }
  }
`,
  [holdersFields],
);

type Found = NonNullable<ResultOf<typeof mappingQuery>['node']>;
export type ShownMapping = Extract<Found, { __typename: 'RoleMapping' | 'SsoRoleMapping' }>;

const isMapping = (node: Found | null | undefined): node is ShownMapping =>
  node?.__typename === 'RoleMapping' || node?.__typename === 'SsoRoleMapping';

/** A mapping with the people who have its role by it, fifty at a time; read again when somebody gets or loses a role. */
export function useMapping(id: string) {
  const { data, loading, error, refetch, fetchMore } = useQuery(mappingQuery, {
    variables: { id },
    fetchPolicy: 'cache-and-network',
  });
  useLiveRefetch(refetch, changesRoles);
  const mapping = isMapping(data?.node) ? data.node : undefined;
  const loadMore = () =>
    fetchMore({
      variables: { after: mapping?.users.pageInfo.endCursor },
      updateQuery: (before, { fetchMoreResult: { node } }) => {
        if (!isMapping(before.node) || !isMapping(node)) return before;
        const users = { ...node.users, nodes: [...before.node.users.nodes, ...node.users.nodes] };
        return { node: { ...before.node, users } };
      },
    }).catch(() => {});
  return { mapping, missing: data !== undefined && !mapping, loading, error, refetch, loadMore };
}

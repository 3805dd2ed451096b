'use client';
import { useMutation, useQuery } from '@apollo/client/react';
import { permissionFields } from '@/components/permissions/permission-fields.ts';
import { tokenFields } from '@/components/tokens/token-fields.ts';
import { graphql, type ResultOf } from '@/lib/graphql/graphql.ts';
import { useLiveRefetch } from '@/lib/live/use-live-refetch.ts';

const tokensQuery = graphql(
  `
  query Tokens($after: Cursor, $expiringSoon: Boolean!) {
    tokens(first: 100, after: $after, expiringSoon: $expiringSoon) {
      nodes { ...TokenFields }
      totalCount
      pageInfo { hasNextPage endCursor }
    }
  }
`,
  [tokenFields],
);

const tokenOptionsQuery = graphql(
  `
  query TokenOptions {
    permissions { ...PermissionFields }
    connections(first: 100) { nodes { __typename id name provider } }
  }
`,
  [permissionFields],
);

const rotateTokenMutation = graphql(
  `
  mutation RotateToken($input: RotateTokenInput!) {
    rotateToken(input: $input) { secret token { ...TokenFields } }
  }
`,
  [tokenFields],
);

export type TokenOptions = ResultOf<typeof tokenOptionsQuery>;

/** The account's tokens, or those that expire soon, read again when one is issued, rotated or revoked anywhere. */
export function useTokens(expiringSoon: boolean) {
  const { data, loading, error, refetch, fetchMore } = useQuery(tokensQuery, {
    variables: { expiringSoon },
    fetchPolicy: 'cache-and-network',
  });
  useLiveRefetch(refetch, ({ subject }) => subject.type === 'TOKEN');
  const tokens = data?.tokens;
  const loadMore = () =>
    fetchMore({
      variables: { after: tokens?.pageInfo.endCursor },
      updateQuery: (before, { fetchMoreResult: { tokens: next } }) => ({
        ...before,
        tokens: { ...next, nodes: [...before.tokens.nodes, ...next.nodes] },
      }),
    }).catch(() => {});
  return { tokens, loading, error, refetch, loadMore };
}

/** What a new token can be given: permissions, and connections for SCIM. */
export function useTokenOptions() {
  return useQuery(tokenOptionsQuery).data;
}

// The secret must not stay in memory: the answer does not go into the cache.
export const useRotateToken = () =>
  useMutation(rotateTokenMutation, { fetchPolicy: 'no-cache', refetchQueries: ['Tokens'] });

'use client';
import { useMutation, useQuery } from '@apollo/client/react';
import { graphql, type ResultOf } from '@/lib/graphql/graphql.ts';
import { changesRoles } from '@/lib/live/touched.ts';
import { useLiveRefetch } from '@/lib/live/use-live-refetch.ts';

export const erasedGrantFields = graphql(`
  fragment ErasedGrantFields on ErasedGrant {
    __typename
    id
    source
    grantedAt
    requestId
    grantedBy { kind id name }
    signIn { signInConnectionName group }
    user { __typename id displayName userName }
    role { __typename id name }
    rolesAfterwards { __typename id name }
  }
`);

const previewQuery = graphql(
  `
  query RoleSourcePreview($after: Cursor) {
    account { __typename id roleSource }
    roleSourcePreview {
      version
      grantCount
      userCount
      remainingAdminCount
      lostPermissions { id title }
      grants(first: 25, after: $after) {
        nodes { ...ErasedGrantFields }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`,
  [erasedGrantFields],
);

const setRoleSourceMutation = graphql(`
  mutation SetRoleSource($input: SetRoleSourceInput!) {
    setRoleSource(input: $input) { roleSource changed erasedGrantCount }
  }
`);

export type Preview = ResultOf<typeof previewQuery>['roleSourcePreview'];
export type ErasedGrant = ResultOf<typeof erasedGrantFields>;

/** Where roles come from, and what the switch to SCIM would erase; read again when somebody's roles change. */
export function useRoleSourcePreview() {
  const { data, error, refetch, fetchMore } = useQuery(previewQuery, { fetchPolicy: 'cache-and-network' });
  useLiveRefetch(refetch, changesRoles);
  const preview = data?.roleSourcePreview;
  const loadMore = () =>
    fetchMore({
      variables: { after: preview?.grants.pageInfo.endCursor },
      updateQuery: (before, { fetchMoreResult: { roleSourcePreview: next } }) => {
        const { nodes } = before.roleSourcePreview.grants;
        const grants = { ...next.grants, nodes: [...nodes, ...next.grants.nodes] };
        return { ...before, roleSourcePreview: { ...next, grants } };
      },
    }).catch(() => {});
  return { roleSource: data?.account.roleSource, preview, error, refetch, loadMore };
}

export const useSetRoleSource = () =>
  useMutation(setRoleSourceMutation, { refetchQueries: ['RoleSourcePreview', 'RoleSourceOfAccount'] });

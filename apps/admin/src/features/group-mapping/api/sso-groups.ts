'use client';
import { useMutation, useQuery } from '@apollo/client/react';
import { roleSummary } from '@/components/roles/role-fields.ts';
import { graphql, type ResultOf } from '@/lib/graphql/graphql.ts';
import { changesRoles } from '@/lib/live/touched.ts';
import { useLiveRefetch } from '@/lib/live/use-live-refetch.ts';

const optionsQuery = graphql(
  `
  query SsoMappingOptions {
    signInConnections(first: 100) { nodes { __typename id name protocol preset groupsClaim } }
    roles(first: 500) { nodes { ...RoleSummary } }
    account { __typename id roleSource }
  }
`,
  [roleSummary],
);

const groupsQuery = graphql(
  `
  query SsoGroups($signInConnectionId: ID!, $contains: String, $first: Int!) {
    ssoGroups(signInConnectionId: $signInConnectionId, contains: $contains, first: $first) {
      nodes {
        group
        userCount
        lastSeenAt
        mappings { __typename id userCount role { ...RoleSummary } }
      }
      totalCount
      withheldCount
    }
  }
`,
  [roleSummary],
);

const setRolesMutation = graphql(`
  mutation SetSsoGroupRoles($input: SetSsoGroupRolesInput!) { setSsoGroupRoles(input: $input) { changed } }
`);

export type SsoConnection = ResultOf<typeof optionsQuery>['signInConnections']['nodes'][number];
export type SsoGroup = ResultOf<typeof groupsQuery>['ssoGroups']['nodes'][number];

/** The sign-in connections, and the roles that their groups can add. */
export function useSsoMappingOptions() {
  return useQuery(optionsQuery, { fetchPolicy: 'cache-and-network' });
}

/** Who signs in is many; the list is counted anew each time. */
const pause = 10_000;

/** The groups of a sign-in connection; the old rows stay while the new ones come. */
export function useSsoGroups(signInConnectionId: string, contains: string, first: number) {
  const { data, previousData, loading, error, refetch } = useQuery(groupsQuery, {
    variables: { signInConnectionId, contains: contains || null, first },
    fetchPolicy: 'cache-and-network',
  });
  useLiveRefetch(refetch, changesRoles);
  useLiveRefetch(refetch, ({ type }) => type === 'USER_SIGNED_IN', pause);
  const groups = (data ?? previousData)?.ssoGroups;
  return { groups, loading, stale: loading && !data && groups !== undefined, error, refetch };
}

export const useSetSsoGroupRoles = () => useMutation(setRolesMutation, { refetchQueries: ['SsoGroups'] });

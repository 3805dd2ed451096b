'use client';
import { useQuery } from '@apollo/client/react';
import { effectiveRoleFields } from '@/components/roles/role-fields.ts';
import { graphql, type ResultOf } from '@/lib/graphql/graphql.ts';
import { personFields } from '@/lib/live/entity-fragments.ts';
import { changesRoles } from '@/lib/live/touched.ts';
import { useLiveRefetch } from '@/lib/live/use-live-refetch.ts';
import { roleFields } from './roles.ts';

const roleQuery = graphql(
  `
  query RolePage($id: ID!) {
    role(id: $id) { ...RoleFields assignableBy { __typename id name provider } }
    account { __typename id defaultRoles { __typename id } }
    roleMappings(first: 500, filter: { roleId: $id }) {
      nodes {
        __typename
        id
        userCount
        group { name pushed team { __typename id } }
        connection { __typename id name provider }
      }
      totalCount
    }
  }
`,
  [roleFields],
);

const holdersQuery = graphql(
  `
  query RoleHolders($id: ID!, $after: Cursor) {
    users(filter: { roleId: { equals: $id } }, orderBy: { field: LABEL, direction: ASC }, first: 25, after: $after) {
      nodes { ...PersonFields roles { ...EffectiveRoleFields } }
      pageInfo { hasNextPage endCursor }
    }
  }
`,
  [personFields, effectiveRoleFields],
);

export type RoleMapping = ResultOf<typeof roleQuery>['roleMappings']['nodes'][number];
export type AssignableByConnection = NonNullable<ResultOf<typeof roleQuery>['role']>['assignableBy'][number];
export type RoleHolder = ResultOf<typeof holdersQuery>['users']['nodes'][number];

/** A role and the groups that give it. */
export function useRole(id: string) {
  const { data, loading, error, refetch } = useQuery(roleQuery, {
    variables: { id },
    fetchPolicy: 'cache-and-network',
  });
  useLiveRefetch(refetch, changesRoles);
  const isDefault = data?.account.defaultRoles.some((each) => each.id === id) ?? false;
  const missing = !loading && data?.role === null;
  return { role: data?.role, mappings: data?.roleMappings, isDefault, missing, loading, error, refetch };
}

/** Who was granted a role and why, a page at a time; read again when somebody gets or loses a role. */
export function useRoleHolders(id: string) {
  const { data, loading, error, refetch, fetchMore } = useQuery(holdersQuery, {
    variables: { id },
    fetchPolicy: 'cache-and-network',
  });
  useLiveRefetch(refetch, changesRoles);
  const holders = data?.users;
  const loadMore = () =>
    fetchMore({
      variables: { after: holders?.pageInfo.endCursor },
      updateQuery: ({ users }, { fetchMoreResult: { users: next } }) => ({
        users: { ...next, nodes: [...users.nodes, ...next.nodes] },
      }),
    }).catch(() => {});
  return { holders, loading, error, refetch, loadMore };
}

'use client';
import { useMutation, useQuery } from '@apollo/client/react';
import { permissionFields } from '@/components/permissions/permission-fields.ts';
import { roleSummary } from '@/components/roles/role-fields.ts';
import { graphql, type ResultOf } from '@/lib/graphql/graphql.ts';
import { changesRoles } from '@/lib/live/touched.ts';
import { useLiveRefetch } from '@/lib/live/use-live-refetch.ts';

export const roleFields = graphql(
  `
  fragment RoleFields on Role {
    ...RoleSummary
    userCount
    permissions { ...PermissionFields }
  }
`,
  [roleSummary, permissionFields],
);

const rolesQuery = graphql(
  `
  query Roles($after: Cursor) {
    roles(first: 100, after: $after) {
      nodes { ...RoleFields }
      totalCount
      pageInfo { hasNextPage endCursor }
    }
    account { __typename id defaultRoles { ...RoleSummary } }
  }
`,
  [roleFields, roleSummary],
);

const grantableQuery = graphql(
  `
  query GrantablePermissions {
    permissions { ...PermissionFields }
    viewer { permissions { __typename id } }
  }
`,
  [permissionFields],
);

const createMutation = graphql(
  `
  mutation CreateRole($input: CreateRoleInput!) { createRole(input: $input) { role { ...RoleFields } } }
`,
  [roleFields],
);

const updateMutation = graphql(
  `
  mutation UpdateRole($input: UpdateRoleInput!) { updateRole(input: $input) { role { ...RoleFields } } }
`,
  [roleFields],
);

const deleteMutation = graphql(`
  mutation DeleteRole($input: DeleteRoleInput!) { deleteRole(input: $input) { deletedRoleId } }
`);

const defaultRolesMutation = graphql(`
  mutation SetDefaultRoles($input: SetDefaultRolesInput!) { setDefaultRoles(input: $input) { changed } }
`);

export type Role = ResultOf<typeof roleFields>;

/** The account's roles and which of them are given by default, read again when a role or its holders change. */
export function useRoles() {
  const { data, loading, error, refetch, fetchMore } = useQuery(rolesQuery, {
    fetchPolicy: 'cache-and-network',
  });
  useLiveRefetch(refetch, changesRoles);
  const roles = data?.roles;
  const loadMore = () =>
    fetchMore({
      variables: { after: roles?.pageInfo.endCursor },
      updateQuery: (before, { fetchMoreResult: { roles: next } }) => ({
        ...before,
        roles: { ...next, nodes: [...before.roles.nodes, ...next.nodes] },
      }),
    }).catch(() => {});
  return { roles, defaults: data?.account.defaultRoles, loading, error, refetch, loadMore };
}

/** What whoever is signed in can give: nobody gives what they may not do themselves. */
export function useGrantablePermissions() {
  const data = useQuery(grantableQuery).data;
  const own = new Set(data?.viewer?.permissions.map(({ id }) => id));
  return data?.permissions.filter(({ id }) => own.has(id));
}

export const useCreateRole = () => useMutation(createMutation, { refetchQueries: ['Roles'] });
export const useUpdateRole = () => useMutation(updateMutation);
export const useDeleteRole = () => useMutation(deleteMutation, { refetchQueries: ['Roles'] });
export const useSetDefaultRoles = () => useMutation(defaultRolesMutation, { refetchQueries: ['Roles'] });

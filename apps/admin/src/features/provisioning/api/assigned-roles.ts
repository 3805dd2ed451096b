'use client';
import { useMutation, useQuery } from '@apollo/client/react';
import { roleSummary } from '@/components/roles/role-fields.ts';
import { graphql, type ResultOf } from '@/lib/graphql/graphql.ts';
import { changesRoles } from '@/lib/live/touched.ts';
import { useLiveRefetch } from '@/lib/live/use-live-refetch.ts';

const assignedRolesQuery = graphql(
  `
  query AssignedRoles {
    connections(first: 100) {
      nodes {
        __typename
        id
        name
        assignableRoles { ...RoleSummary }
        unmetRoles { said { value display } userCount role { __typename id name } }
      }
    }
    roles(first: 500) { nodes { ...RoleSummary } }
  }
`,
  [roleSummary],
);

const setAssignableRolesMutation = graphql(`
  mutation SetAssignableRoles($input: SetAssignableRolesInput!) {
    setAssignableRoles(input: $input) { changed }
  }
`);

const createAssignableRoleMutation = graphql(`
  mutation CreateAssignableRole($input: CreateRoleInput!) {
    createRole(input: $input) { role { __typename id } }
  }
`);

export type AssigningConnection = ResultOf<typeof assignedRolesQuery>['connections']['nodes'][number];
export type UnmetRole = AssigningConnection['unmetRoles'][number];

/** What each identity provider may assign, and what it says in vain; read again when roles or people change. */
export function useAssignedRoles() {
  const { data, error, refetch } = useQuery(assignedRolesQuery, { fetchPolicy: 'cache-and-network' });
  useLiveRefetch(
    refetch,
    (event) => changesRoles(event) || event.type.startsWith('USER_') || event.type === 'CONNECTION_UPDATED',
  );
  return { connections: data?.connections.nodes, roles: data?.roles.nodes, error, refetch };
}

const refetchQueries = ['AssignedRoles'];
export const useSetAssignableRoles = () => useMutation(setAssignableRolesMutation, { refetchQueries });
export const useCreateAssignableRole = () => useMutation(createAssignableRoleMutation, { refetchQueries });

'use client';
import { useMutation, useQuery } from '@apollo/client/react';
import { effectiveRoleFields, roleSummary } from '@/components/roles/role-fields.ts';
import { graphql } from '@/lib/graphql/graphql.ts';

const choicesQuery = graphql(
  `
  query RoleChoices { roles(first: 500) { nodes { ...RoleSummary } } }
`,
  [roleSummary],
);

const grantMutation = graphql(
  `
  mutation GrantRole($input: RoleGrantInput!) {
    grantRole(input: $input) { user { __typename id roles { ...EffectiveRoleFields } } }
  }
`,
  [effectiveRoleFields],
);

const revokeMutation = graphql(
  `
  mutation RevokeRole($input: RoleGrantInput!) {
    revokeRole(input: $input) { user { __typename id roles { ...EffectiveRoleFields } } }
  }
`,
  [effectiveRoleFields],
);

/** The roles that a person can be given. */
export function useRoleChoices() {
  return useQuery(choicesQuery, { fetchPolicy: 'cache-and-network' }).data?.roles.nodes;
}

export const useGrantRole = () => useMutation(grantMutation);
export const useRevokeRole = () => useMutation(revokeMutation);

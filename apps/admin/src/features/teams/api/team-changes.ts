'use client';
import { useMutation, useQuery } from '@apollo/client/react';
import { graphql } from '@/lib/graphql/graphql.ts';
import { teamFields } from '@/lib/live/entity-fragments.ts';

const powersQuery = graphql(`
  query TeamPowers { viewer { permissions { __typename id } } }
`);

export const createTeamMutation = graphql(
  `
  mutation CreateTeam($input: CreateTeamInput!) {
    createTeam(input: $input) { team { ...TeamFields } }
  }
`,
  [teamFields],
);

export const updateTeamMutation = graphql(
  `
  mutation UpdateTeam($input: UpdateTeamInput!) {
    updateTeam(input: $input) { team { ...TeamFields } }
  }
`,
  [teamFields],
);

export const addMembersMutation = graphql(
  `
  mutation AddTeamMembers($input: TeamMembersInput!) {
    addTeamMembers(input: $input) { team { ...TeamFields } }
  }
`,
  [teamFields],
);

export const removeMembersMutation = graphql(
  `
  mutation RemoveTeamMembers($input: TeamMembersInput!) {
    removeTeamMembers(input: $input) { team { ...TeamFields } }
  }
`,
  [teamFields],
);

export const deleteTeamMutation = graphql(`
  mutation DeleteTeam($input: DeleteTeamInput!) {
    deleteTeam(input: $input) { deletedTeamId }
  }
`);

/** May whoever looks change teams? */
export function useMayChangeTeams(): boolean {
  const { data } = useQuery(powersQuery);
  return data?.viewer.permissions.some(({ id }) => id === 'teams:write') ?? false;
}

const withMembers = { refetchQueries: ['TeamMembers'] };

export const useCreateTeam = () => useMutation(createTeamMutation);
export const useUpdateTeam = () => useMutation(updateTeamMutation);
export const useAddMembers = () => useMutation(addMembersMutation, withMembers);
export const useRemoveMembers = () => useMutation(removeMembersMutation, withMembers);
export const useDeleteTeam = () => useMutation(deleteTeamMutation);

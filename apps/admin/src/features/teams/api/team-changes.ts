'use client';
import { useMutation, useQuery } from '@apollo/client/react';
import { graphql } from '@/lib/graphql/graphql.ts';
import { teamFields } from '@/lib/live/entity-fragments.ts';

const powersQuery = graphql(`
  query TeamPowers { viewer { permissions { __typename id } } }
`);

const createMutation = graphql(
  `
  mutation CreateTeam($input: CreateTeamInput!) {
    createTeam(input: $input) { team { ...TeamFields } }
  }
`,
  [teamFields],
);

const updateMutation = graphql(
  `
  mutation UpdateTeam($input: UpdateTeamInput!) {
    updateTeam(input: $input) { team { ...TeamFields } }
  }
`,
  [teamFields],
);

const addMutation = graphql(
  `
  mutation AddTeamMembers($input: TeamMembersInput!) {
    addTeamMembers(input: $input) { team { ...TeamFields } }
  }
`,
  [teamFields],
);

const removeMutation = graphql(
  `
  mutation RemoveTeamMembers($input: TeamMembersInput!) {
    removeTeamMembers(input: $input) { team { ...TeamFields } }
  }
`,
  [teamFields],
);

const deleteMutation = graphql(`
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

export const useCreateTeam = () => useMutation(createMutation);
export const useUpdateTeam = () => useMutation(updateMutation);
export const useAddMembers = () => useMutation(addMutation, withMembers);
export const useRemoveMembers = () => useMutation(removeMutation, withMembers);
export const useDeleteTeam = () => useMutation(deleteMutation);

'use client';
import { useMutation, useQuery } from '@apollo/client/react';
import { graphql, type ResultOf } from '@/lib/graphql/graphql.ts';
import { rehearsing } from '@/lib/live/rehearsal.ts';
import { useLiveRefetch } from '@/lib/live/use-live-refetch.ts';

export const rebuildFields = graphql(`
  fragment RebuildFields on OrgRebuild {
    __typename
    id
    state
    done
    total
    startedAt
    finishedAt
    createTeams
    teamAttribute
  }
`);

const structureFields = graphql(
  `
  fragment StructureFields on OrgStructure {
    createTeams
    teamAttribute
    teamAttributes
    teamCount
    rebuild { ...RebuildFields }
  }
`,
  [rebuildFields],
);

const structureQuery = graphql(`query OrgStructure { orgStructure { ...StructureFields } }`, [
  structureFields,
]);

const planPart = graphql(`
  fragment PlanPart on OrgPlanPart {
    count
    examples { teamId name before after }
  }
`);

const updateMutation = graphql(
  `
  mutation UpdateOrgStructure($input: UpdateOrgStructureInput!) {
    updateOrgStructure(input: $input) { orgStructure { ...StructureFields } }
  }
`,
  [structureFields],
);

const rehearseMutation = graphql(
  `
  mutation RehearseOrgStructure($input: UpdateOrgStructureInput!) {
    updateOrgStructure(input: $input) {
      plan {
        created { ...PlanPart }
        renamed { ...PlanPart }
        moved { ...PlanPart }
        adopted { ...PlanPart }
        merged { ...PlanPart }
        removed { ...PlanPart }
        personMoves
      }
    }
  }
`,
  [planPart],
);

const rebuildMutation = graphql(
  `
  mutation RebuildOrgStructure {
    rebuildOrgStructure { orgStructure { rebuild { ...RebuildFields } } }
  }
`,
  [rebuildFields],
);

export type Structure = ResultOf<typeof structureFields>;
export type CreateTeams = Structure['createTeams'];
export type Rebuild = ResultOf<typeof rebuildFields>;
export type StructurePlan = ResultOf<typeof rehearseMutation>['updateOrgStructure']['plan'];
export type PlanPart = ResultOf<typeof planPart>;

/** What the account's teams are made from, and the rebuild that runs or ran last. */
export function useStructure() {
  const { data, error, refetch } = useQuery(structureQuery, { fetchPolicy: 'no-cache' });
  useLiveRefetch(refetch, ({ type }) => type === 'ORG_STRUCTURE_UPDATED' || type === 'ORG_STRUCTURE_REBUILT');
  return { structure: data?.orgStructure, error, refetch };
}

/** What would become of the teams: everything is computed and nothing is kept. */
export const useRehearsal = () => useMutation(rehearseMutation, rehearsing);
export const useUpdateStructure = () => useMutation(updateMutation, { fetchPolicy: 'no-cache' });
export const useRebuildStructure = () => useMutation(rebuildMutation, { fetchPolicy: 'no-cache' });

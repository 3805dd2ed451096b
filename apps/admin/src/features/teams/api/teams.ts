'use client';
import { useQuery } from '@apollo/client/react';
import { graphql, type VariablesOf } from '@/lib/graphql/graphql.ts';
import { teamFields } from '@/lib/live/entity-fragments.ts';
import { changesLists } from '@/lib/live/touched.ts';
import { useLiveRefetch } from '@/lib/live/use-live-refetch.ts';

const teamsQuery = graphql(
  `
  query Teams($filter: TeamFilter, $orderBy: TeamOrder, $first: Int, $after: Cursor, $last: Int, $before: Cursor) {
    teams(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
      nodes { ...TeamFields }
      totalCount
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
`,
  [teamFields],
);

export type TeamsVariables = VariablesOf<typeof teamsQuery>;

/** A page of teams; the old rows stay while the new ones come. */
export function useTeams(variables: TeamsVariables) {
  const { data, previousData, loading, error, refetch } = useQuery(teamsQuery, {
    variables,
    fetchPolicy: 'cache-and-network',
  });
  useLiveRefetch(refetch, changesLists);
  const shown = (data ?? previousData)?.teams;
  return { teams: shown, stale: loading && !data && shown !== undefined, error, refetch };
}

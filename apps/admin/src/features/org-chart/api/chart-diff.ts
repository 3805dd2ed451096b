'use client';
import type { TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { graphql, type ResultOf } from '@/lib/graphql/graphql.ts';

const peopleDiffQuery = graphql(`
  query ChartPeopleDiff($from: DateTime!, $after: Cursor) {
    orgChartDiff(from: $from) {
      counts: personCounts { joined left moved changed }
      changes: people(first: 50, after: $after) {
        nodes {
          id
          label
          kind
          changes { field before after }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

const teamDiffQuery = graphql(`
  query ChartTeamDiff($from: DateTime!, $after: Cursor) {
    orgChartDiff(from: $from) {
      counts: teamCounts { created removed renamed moved changed }
      changes: teams(first: 50, after: $after) {
        nodes {
          id
          label
          kind
          membersJoined
          membersLeft
          changes { field before after }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

export type PersonDifference = ResultOf<typeof peopleDiffQuery>['orgChartDiff']['changes']['nodes'][number];
export type TeamDifference = ResultOf<typeof teamDiffQuery>['orgChartDiff']['changes']['nodes'][number];

/** What changed between a moment and now, as either query tells it. */
interface Difference<Counts, Change> {
  orgChartDiff: {
    counts: Counts;
    changes: { nodes: Change[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
  };
}

function useDiff<Counts, Change>(
  query: TypedDocumentNode<Difference<Counts, Change>, { from: string; after?: string | null }>,
  from: string,
  skip: boolean,
) {
  const { data, previousData, loading, error, refetch, fetchMore } = useQuery(query, {
    variables: { from },
    fetchPolicy: 'no-cache',
    skip,
  });
  const diff = (data ?? previousData)?.orgChartDiff;
  const loadMore = () =>
    fetchMore({
      variables: { after: diff?.changes.pageInfo.endCursor },
      updateQuery: ({ orgChartDiff: before }, { fetchMoreResult: { orgChartDiff: next } }) => ({
        orgChartDiff: {
          ...next,
          changes: { ...next.changes, nodes: [...before.changes.nodes, ...next.changes.nodes] },
        },
      }),
    }).catch(() => {});
  return { diff, loading, error, refetch, loadMore };
}

/** Who came, left, moved or changed between a moment and now. */
export const usePeopleDiff = (from: string, skip: boolean) => useDiff(peopleDiffQuery, from, skip);

/** Which teams came, went, were renamed, moved or changed between a moment and now. */
export const useTeamDiff = (from: string, skip: boolean) => useDiff(teamDiffQuery, from, skip);

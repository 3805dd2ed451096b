'use client';
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

/** Who came, left, moved or changed between a moment and now. */
export function usePeopleDiff(from: string, skip: boolean) {
  const { data, previousData, loading, error, refetch, fetchMore } = useQuery(peopleDiffQuery, {
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

/** Which teams came, went, were renamed, moved or changed between a moment and now. */
export function useTeamDiff(from: string, skip: boolean) {
  const { data, previousData, loading, error, refetch, fetchMore } = useQuery(teamDiffQuery, {
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

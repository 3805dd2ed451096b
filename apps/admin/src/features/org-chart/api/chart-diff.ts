'use client';
import type { TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { graphql, type ResultOf } from '@/lib/graphql/graphql.ts';
import type { FeedEvent } from '@/lib/live/event-fragment.ts';
import { useLiveRefetch } from '@/lib/live/use-live-refetch.ts';
import { useGrowingList } from './growing-list.ts';

const peopleDiffQuery = graphql(`
  query ChartPeopleDiff($from: DateTime!, $first: Int!) {
    orgChartDiff(from: $from) {
      counts: personCounts { joined left moved changed }
      changes: people(first: $first) {
        nodes {
          id
          label
          kind
          changes { field before after }
        }
        pageInfo { hasNextPage }
      }
    }
  }
`);

const teamDiffQuery = graphql(`
  query ChartTeamDiff($from: DateTime!, $first: Int!) {
    orgChartDiff(from: $from) {
      counts: teamCounts { created removed renamed moved changed }
      changes: teams(first: $first) {
        nodes {
          id
          label
          kind
          membersJoined
          membersLeft
          changes { field before after }
        }
        pageInfo { hasNextPage }
      }
    }
  }
`);

export type PersonDifference = ResultOf<typeof peopleDiffQuery>['orgChartDiff']['changes']['nodes'][number];
export type TeamDifference = ResultOf<typeof teamDiffQuery>['orgChartDiff']['changes']['nodes'][number];

/** What changed between a moment and now, as either query tells it. */
interface Difference<Counts, Change> {
  orgChartDiff: { counts: Counts; changes: { nodes: Change[]; pageInfo: { hasNextPage: boolean } } };
}

/** Milliseconds between two readings: the server works out all that changed for each. */
const pause = 10_000;

function useDiff<Counts, Change>(
  query: TypedDocumentNode<Difference<Counts, Change>, { from: string; first: number }>,
  { from, skip, concerns }: { from: string; skip: boolean; concerns(event: FeedEvent): boolean },
) {
  const { first, more } = useGrowingList();
  const { data, previousData, loading, error, refetch } = useQuery(query, {
    variables: { from, first },
    fetchPolicy: 'no-cache',
    skip,
  });
  useLiveRefetch(refetch, (event) => !skip && concerns(event), pause);
  return { diff: (data ?? previousData)?.orgChartDiff, loading, error, refetch, more };
}

const concernsPeople = ({ subject, type }: FeedEvent) =>
  subject.type === 'USER' || type.startsWith('TEAM_MEMBER_');
const concernsTeams = ({ subject }: FeedEvent) => subject.type === 'TEAM';

/** Who came, left, moved or changed between a moment and now. */
export const usePeopleDiff = (from: string, skip: boolean) =>
  useDiff(peopleDiffQuery, { from, skip, concerns: concernsPeople });

/** Which teams came, went, were renamed, moved or changed between a moment and now. */
export const useTeamDiff = (from: string, skip: boolean) =>
  useDiff(teamDiffQuery, { from, skip, concerns: concernsTeams });

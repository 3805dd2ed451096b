'use client';
import { useQuery } from '@apollo/client/react';
import { graphql, type ResultOf } from '@/lib/graphql/graphql.ts';
import type { FeedEvent } from '@/lib/live/event-fragment.ts';
import { useLiveRefetch } from '@/lib/live/use-live-refetch.ts';
import { useGrowingList } from './growing-list.ts';

const problemsQuery = graphql(`
  query OrgProblems($kinds: [OrgProblemKind!], $first: Int!) {
    orgProblems(kinds: $kinds, first: $first) {
      nodes { kind label explanation users { __typename id displayName userName } }
      counts { kind count }
      totalCount
      pageInfo { hasNextPage }
    }
  }
`);

const totalQuery = graphql(`
  query OrgProblemTotal { orgProblems(first: 1) { totalCount } }
`);

export type OrgProblem = ResultOf<typeof problemsQuery>['orgProblems']['nodes'][number];
export type OrgProblemKind = OrgProblem['kind'];

/** The server looks at everybody for an answer, so it is not asked at every change: milliseconds between two. */
const pause = { total: 30_000, list: 10_000 };

const concerns = ({ subject }: FeedEvent) => subject.type === 'USER' || subject.type === 'TEAM';

/** How many things are wrong with the organization; read again as people change. */
export function useProblemTotal(): number | undefined {
  const { data, previousData, refetch } = useQuery(totalQuery, { fetchPolicy: 'no-cache' });
  useLiveRefetch(refetch, concerns, pause.total);
  return (data ?? previousData)?.orgProblems.totalCount;
}

/** What is wrong with the organization, of this kind or of all; read again as people change. */
export function useProblems(kind: OrgProblemKind | undefined) {
  const { first, more, startOver } = useGrowingList();
  const { data, previousData, loading, error, refetch } = useQuery(problemsQuery, {
    variables: { kinds: kind ? [kind] : null, first },
    fetchPolicy: 'no-cache',
  });
  useLiveRefetch(refetch, concerns, pause.list);
  return { problems: (data ?? previousData)?.orgProblems, loading, error, refetch, more, startOver };
}

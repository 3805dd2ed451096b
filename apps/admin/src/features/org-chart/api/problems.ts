'use client';
import { useQuery } from '@apollo/client/react';
import { graphql, type ResultOf } from '@/lib/graphql/graphql.ts';
import { useLiveRefetch } from '@/lib/live/use-live-refetch.ts';

const problemsQuery = graphql(`
  query OrgProblems($kinds: [OrgProblemKind!], $after: Cursor) {
    orgProblems(kinds: $kinds, first: 50, after: $after) {
      nodes { kind label explanation users { __typename id displayName userName } }
      counts { kind count }
      totalCount
      pageInfo { hasNextPage endCursor }
    }
  }
`);

const totalQuery = graphql(`
  query OrgProblemTotal { orgProblems(first: 1) { totalCount } }
`);

export type OrgProblem = ResultOf<typeof problemsQuery>['orgProblems']['nodes'][number];
export type OrgProblemKind = OrgProblem['kind'];

/** How many things are wrong with the organization; read again as people change. */
export function useProblemTotal(): number | undefined {
  const { data, previousData, refetch } = useQuery(totalQuery, { fetchPolicy: 'no-cache' });
  useLiveRefetch(refetch, ({ subject }) => subject.type === 'USER');
  return (data ?? previousData)?.orgProblems.totalCount;
}

/** What is wrong with the organization, of this kind or of all. */
export function useProblems(kind: OrgProblemKind | undefined) {
  const { data, previousData, loading, error, refetch, fetchMore } = useQuery(problemsQuery, {
    variables: { kinds: kind ? [kind] : null },
    fetchPolicy: 'no-cache',
  });
  useLiveRefetch(refetch, ({ subject }) => subject.type === 'USER');
  const problems = (data ?? previousData)?.orgProblems;
  const loadMore = () =>
    fetchMore({
      variables: { after: problems?.pageInfo.endCursor },
      updateQuery: (before, { fetchMoreResult: { orgProblems: next } }) => ({
        orgProblems: { ...next, nodes: [...before.orgProblems.nodes, ...next.nodes] },
      }),
    }).catch(() => {});
  return { problems, loading, error, refetch, loadMore };
}

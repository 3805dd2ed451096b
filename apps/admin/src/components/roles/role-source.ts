'use client';
import { useQuery } from '@apollo/client/react';
import { graphql, type ResultOf } from '@/lib/graphql/graphql.ts';
import { useLiveRefetch } from '@/lib/live/use-live-refetch.ts';

const sourceQuery = graphql(`
  query RoleSourceOfAccount { account { __typename id roleSource } }
`);

export type RoleSource = ResultOf<typeof sourceQuery>['account']['roleSource'];

/** Where the roles of the account come from; undefined until that is known, or where one may not know. */
export function useRoleSource(): RoleSource | undefined {
  const { data, refetch } = useQuery(sourceQuery, { errorPolicy: 'ignore' });
  useLiveRefetch(refetch, ({ type }) => type === 'ROLE_SOURCE_CHANGED');
  return data?.account?.roleSource;
}

'use client';
import { useQuery } from '@apollo/client/react';
import { graphql, type VariablesOf } from '@/lib/graphql/graphql.ts';
import { personFields } from '@/lib/live/entity-fragments.ts';
import { changesLists } from '@/lib/live/touched.ts';
import { useLiveRefetch } from '@/lib/live/use-live-refetch.ts';

const peopleQuery = graphql(
  `
  query People($filter: UserFilter, $orderBy: UserOrder, $first: Int, $after: Cursor, $last: Int, $before: Cursor) {
    users(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
      nodes { ...PersonFields }
      totalCount
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
`,
  [personFields],
);

export type PeopleVariables = VariablesOf<typeof peopleQuery>;

/** A page of people; the old rows stay while the new ones come, and arrivals are read by themselves. */
export function usePeople(variables: PeopleVariables) {
  const { data, previousData, loading, error, refetch } = useQuery(peopleQuery, {
    variables,
    fetchPolicy: 'cache-and-network',
  });
  useLiveRefetch(refetch, changesLists);
  const shown = (data ?? previousData)?.users;
  return { people: shown, stale: loading && !data && shown !== undefined, error, refetch };
}

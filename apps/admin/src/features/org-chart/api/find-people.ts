'use client';
import { useQuery } from '@apollo/client/react';
import { graphql } from '@/lib/graphql/graphql.ts';

const findQuery = graphql(`
  query ChartFind($filter: UserFilter!) {
    users(filter: $filter, first: 8) { nodes { __typename id displayName userName title } }
  }
`);

/** People whom the search of the chart offers. */
export function useFindPeople(text: string) {
  const search = text.trim();
  const { data, previousData } = useQuery(findQuery, {
    variables: { filter: { search, not: { status: 'DEPROVISIONED' } } },
    skip: search === '',
  });
  return search === '' ? [] : ((data ?? previousData)?.users.nodes ?? []);
}

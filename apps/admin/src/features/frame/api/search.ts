'use client';
import { useQuery } from '@apollo/client/react';
import { graphql } from '@/lib/graphql/graphql.ts';

const searchQuery = graphql(`
  query SearchEverywhere($people: UserFilter!, $teams: TeamFilter!) {
    users(filter: $people, first: 6) { nodes { __typename id displayName userName title department } }
    teams(filter: $teams, first: 5) { nodes { __typename id displayName memberCount } }
  }
`);

/** People and teams that the server finds for a text; nothing is asked for an empty one. */
export function useSearch(text: string) {
  const search = text.trim();
  const { data, previousData, loading } = useQuery(searchQuery, {
    variables: { people: { search }, teams: { search } },
    skip: search === '',
  });
  const found = search === '' ? undefined : (data ?? previousData);
  return { people: found?.users.nodes ?? [], teams: found?.teams.nodes ?? [], loading };
}

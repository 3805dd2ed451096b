'use client';
import { useQuery } from '@apollo/client/react';
import { graphql } from '@/lib/graphql/graphql.ts';

const joinableQuery = graphql(`
  query JoinablePeople($filter: UserFilter!, $after: Cursor) {
    users(filter: $filter, orderBy: { field: LABEL }, first: 20, after: $after) {
      nodes { __typename id displayName userName title name { formatted givenName familyName } }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

/** Who is not in a team yet and matches a text, by name, twenty at a time; the old ones stay while the new ones come. */
export function useJoinablePeople(teamId: string, text: string) {
  const search = text.trim();
  const filter = {
    ...(search && { search }),
    not: { teams: { some: { id: { equals: teamId } } } },
  };
  const { data, previousData, loading, error, fetchMore } = useQuery(joinableQuery, {
    variables: { filter },
    fetchPolicy: 'network-only',
  });
  const people = (data ?? previousData)?.users;
  const loadMore = () =>
    fetchMore({
      variables: { after: people?.pageInfo.endCursor },
      updateQuery: ({ users }, { fetchMoreResult: { users: next } }) => ({
        users: { ...next, nodes: [...users.nodes, ...next.nodes] },
      }),
    }).catch(() => {});
  return { people, loading, error, loadMore };
}

'use client';
import { useQuery } from '@apollo/client/react';
import { graphql, type ResultOf } from '@/lib/graphql/graphql.ts';
import { personFields, teamFields } from '@/lib/live/entity-fragments.ts';
import { eventFields } from '@/lib/live/event-fragment.ts';
import { useLiveRefetch } from '@/lib/live/use-live-refetch.ts';

const teamQuery = graphql(
  `
  query TeamPage($id: ID!, $after: Cursor) {
    team(id: $id) {
      ...TeamFields
      externalId
      managedBy { __typename id name }
      createdAt
      children(first: 100) { nodes { __typename id displayName memberCount } totalCount }
      events(first: 20, after: $after) {
        nodes { ...EventFields }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`,
  [teamFields, eventFields],
);

const membersQuery = graphql(
  `
  query TeamMembers($id: ID!, $after: Cursor) {
    team(id: $id) {
      __typename
      id
      members(first: 50, after: $after) {
        nodes { ...PersonFields }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`,
  [personFields],
);

export type TeamDetails = NonNullable<ResultOf<typeof teamQuery>['team']>;

/** Everything about a team but its members. */
export function useTeam(id: string) {
  const { data, loading, error, refetch, fetchMore } = useQuery(teamQuery, {
    variables: { id },
    fetchPolicy: 'cache-and-network',
  });
  useLiveRefetch(refetch, ({ subject, related }) => subject.id === id || related?.id === id);
  const team = data?.team;
  const loadOlder = () =>
    fetchMore({
      variables: { after: team?.events.pageInfo.endCursor },
      updateQuery: (before, { fetchMoreResult }) => {
        if (!before.team || !fetchMoreResult.team) return before;
        const { nodes, pageInfo } = fetchMoreResult.team.events;
        const events = { ...before.team.events, nodes: [...before.team.events.nodes, ...nodes], pageInfo };
        return { ...before, team: { ...before.team, events } };
      },
    }).catch(() => {});
  return { team, missing: !loading && team === null, loading, error, refetch, loadOlder };
}

/** The members of a team, fifty at a time; read again when someone joins or leaves. */
export function useTeamMembers(id: string) {
  const { data, loading, error, refetch, fetchMore } = useQuery(membersQuery, {
    variables: { id },
    fetchPolicy: 'cache-and-network',
  });
  useLiveRefetch(
    refetch,
    ({ type, subject }) =>
      subject.id === id &&
      (type === 'TEAM_MEMBER_ADDED' || type === 'TEAM_MEMBER_REMOVED' || type === 'TEAM_UPDATED'),
  );
  const members = data?.team?.members;
  const loadMore = () =>
    fetchMore({
      variables: { after: members?.pageInfo.endCursor },
      updateQuery: (before, { fetchMoreResult }) => {
        if (!before.team || !fetchMoreResult.team) return before;
        const { nodes, pageInfo } = fetchMoreResult.team.members;
        const all = { ...before.team.members, nodes: [...before.team.members.nodes, ...nodes], pageInfo };
        return { ...before, team: { ...before.team, members: all } };
      },
    }).catch(() => {});
  return { members, loading, error, refetch, loadMore };
}

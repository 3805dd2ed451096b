'use client';
import { useQuery } from '@apollo/client/react';
import { graphql } from '@/lib/graphql/graphql.ts';
import type { FeedEvent } from '@/lib/live/event-fragment.ts';
import { useLiveRefetch } from '@/lib/live/use-live-refetch.ts';
import type { ChartItem } from '../model/chart-item.ts';
import { chartPersonFields, toPersonItem } from './chart-people.ts';
import { chartTeamFields, toTeamItem } from './chart-teams.ts';
import { useGrowingList } from './growing-list.ts';

const personQuery = graphql(
  `
  query FocusedPerson($moment: DateTime, $id: ID!) {
    orgChart(asOf: $moment) {
      person(id: $id) {
        managers { ...ChartPersonFields }
        teams { ...ChartTeamFields }
      }
    }
  }
`,
  [chartPersonFields, chartTeamFields],
);

const membersQuery = graphql(
  `
  query FocusedTeam($moment: DateTime, $id: ID!, $first: Int!) {
    orgChart(asOf: $moment) {
      team(id: $id) {
        members(first: $first) {
          nodes { ...ChartPersonFields }
          pageInfo { hasNextPage }
        }
      }
    }
  }
`,
  [chartPersonFields],
);

const touches = ({ subject, related }: FeedEvent, id: string) => subject.id === id || related?.id === id;

/** Who is above the person in focus, and their teams; read again when something happens to them. */
export function useFocusedPerson(item: ChartItem, moment: string | undefined) {
  const { data, previousData, loading, error, refetch } = useQuery(personQuery, {
    variables: { moment, id: item.id },
    fetchPolicy: 'no-cache',
  });
  useLiveRefetch(refetch, (event) => moment === undefined && touches(event, item.id));
  const person = (data ?? previousData)?.orgChart.person;
  return {
    managers: person?.managers.map(toPersonItem) ?? [],
    teams: person?.teams.map(toTeamItem) ?? [],
    loading: loading && !person,
    error,
    refetch,
  };
}

/** The people in the team in focus, as many as are asked for; read again when something happens to it. */
export function useFocusedMembers(item: ChartItem, moment: string | undefined) {
  const { first, more } = useGrowingList();
  const { data, previousData, loading, error, refetch } = useQuery(membersQuery, {
    variables: { moment, id: item.id, first },
    fetchPolicy: 'no-cache',
  });
  useLiveRefetch(refetch, (event) => moment === undefined && touches(event, item.id));
  const page = (data ?? previousData)?.orgChart.team?.members;
  return {
    members: page?.nodes.map(toPersonItem),
    hasMore: page?.pageInfo.hasNextPage ?? false,
    loading,
    error,
    refetch,
    more,
  };
}

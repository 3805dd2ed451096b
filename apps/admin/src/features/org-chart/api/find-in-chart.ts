'use client';
import { useQuery } from '@apollo/client/react';
import { graphql } from '@/lib/graphql/graphql.ts';
import type { ChartItem, ChartView } from '../model/chart-item.ts';
import { chartPersonFields, toPersonItem } from './chart-people.ts';
import { chartTeamFields, toTeamItem } from './chart-teams.ts';

const findPeopleQuery = graphql(
  `
  query FindInChartPeople($moment: DateTime, $text: String!) {
    orgChart(asOf: $moment) { searchPeople(text: $text, first: 8) { ...ChartPersonFields } }
  }
`,
  [chartPersonFields],
);

const findTeamsQuery = graphql(
  `
  query FindInChartTeams($moment: DateTime, $text: String!) {
    orgChart(asOf: $moment) { searchTeams(text: $text, first: 8) { ...ChartTeamFields } }
  }
`,
  [chartTeamFields],
);

/** The people, or the teams, whom the search of the chart offers, as of the moment that is shown. */
export function useFindInChart(
  view: ChartView,
  text: string,
  moment: string | undefined,
): readonly ChartItem[] {
  const wanted = text.trim();
  const variables = { moment, text: wanted };
  const people = useQuery(findPeopleQuery, {
    variables,
    skip: wanted === '' || view !== 'people',
    fetchPolicy: 'no-cache',
  });
  const teams = useQuery(findTeamsQuery, {
    variables,
    skip: wanted === '' || view !== 'teams',
    fetchPolicy: 'no-cache',
  });
  if (wanted === '') return [];
  if (view === 'people') {
    return ((people.data ?? people.previousData)?.orgChart.searchPeople ?? []).map(toPersonItem);
  }
  return ((teams.data ?? teams.previousData)?.orgChart.searchTeams ?? []).map(toTeamItem);
}

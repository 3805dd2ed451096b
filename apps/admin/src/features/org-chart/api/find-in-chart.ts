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

interface Answer {
  found: readonly ChartItem[];
  /** What is said in place of a list; undefined while there is nothing to say. */
  answer: string | undefined;
}

/** The people, or the teams, whom the search of the chart offers, as of the moment that is shown. */
export function useFindInChart(view: ChartView, text: string, moment: string | undefined): Answer {
  const wanted = text.trim();
  const options = { variables: { moment, text: wanted }, fetchPolicy: 'no-cache' } as const;
  const people = useQuery(findPeopleQuery, { ...options, skip: wanted === '' || view !== 'people' });
  const teams = useQuery(findTeamsQuery, { ...options, skip: wanted === '' || view !== 'teams' });
  if (wanted === '') return { found: [], answer: undefined };
  const { loading, error } = view === 'people' ? people : teams;
  const found =
    view === 'people'
      ? (people.data ?? people.previousData)?.orgChart.searchPeople.map(toPersonItem)
      : (teams.data ?? teams.previousData)?.orgChart.searchTeams.map(toTeamItem);
  if (error) return { found: [], answer: 'The search failed. Type on to try again.' };
  return { found: found ?? [], answer: loading ? 'Searching…' : 'Nothing found' };
}

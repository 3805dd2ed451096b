'use client';
import { useQuery } from '@apollo/client/react';
import { graphql } from '@/lib/graphql/graphql.ts';
import { changesLists } from '@/lib/live/touched.ts';
import { useLiveRefetch } from '@/lib/live/use-live-refetch.ts';

const factsQuery = graphql(`
  query ChartFacts($moment: DateTime) {
    orgChart(asOf: $moment) { began personCount teamCount }
  }
`);

/** How many people and teams there are at the moment, and since when the history knows; read again as some come and go. */
export function useChartFacts(moment: string | undefined) {
  const { data, previousData, refetch } = useQuery(factsQuery, {
    variables: { moment },
    fetchPolicy: 'no-cache',
  });
  useLiveRefetch(refetch, (event) => moment === undefined && changesLists(event));
  return (data ?? previousData)?.orgChart;
}

'use client';
import { useQuery } from '@apollo/client/react';
import { useThrottledCallback } from '@mantine/hooks';
import { useEffect } from 'react';
import { graphql } from '@/lib/graphql/graphql.ts';
import type { ChartState } from '../model/chart-state.ts';

const factsQuery = graphql(`
  query ChartFacts($moment: DateTime) {
    orgChart(asOf: $moment) { began personCount teamCount }
  }
`);

/** How many people and teams there are at the moment, and since when the history knows; read again as the chart changes. */
export function useChartFacts(moment: string | undefined, state: ChartState) {
  const { data, previousData, refetch } = useQuery(factsQuery, {
    variables: { moment },
    fetchPolicy: 'no-cache',
  });
  const readAgain = useThrottledCallback(() => {
    // The old numbers stay until the next change.
    refetch().catch(() => {});
  }, 2_000);
  const { items } = state;
  useEffect(() => {
    if (items.size > 0) readAgain();
  }, [items, readAgain]);
  return (data ?? previousData)?.orgChart;
}

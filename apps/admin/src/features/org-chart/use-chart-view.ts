'use client';
import { useApolloClient } from '@apollo/client/react';
import { useState, useSyncExternalStore } from 'react';
import { peopleQuestions } from './api/chart-people.ts';
import { createChartSource } from './api/chart-questions.ts';
import { teamQuestions } from './api/chart-teams.ts';
import type { ChartView } from './model/chart-item.ts';
import type { ChartSource } from './model/chart-source.ts';
import { ChartStore } from './model/chart-store.ts';

const viewOf = (source: ChartSource) => ({ source, store: new ChartStore(source) });

/** What is known and open of a view; both views keep theirs while the other one is shown. */
export function useChartView(view: ChartView) {
  const client = useApolloClient();
  const [views] = useState(() => ({
    people: viewOf(createChartSource(client, peopleQuestions)),
    teams: viewOf(createChartSource(client, teamQuestions)),
  }));
  const { source, store } = views[view];
  const state = useSyncExternalStore(store.subscribe, store.state, store.state);
  return { source, store, state };
}

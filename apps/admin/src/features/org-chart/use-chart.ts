'use client';
import { useChartFacts } from './api/chart-facts.ts';
import { useChartFeed } from './use-chart-feed.ts';
import { useChartGoal } from './use-chart-goal.ts';
import { useChartPlace } from './use-chart-place.ts';
import { useChartView } from './use-chart-view.ts';
import { useGuard } from './use-guard.ts';
import { useLiveChanges } from './use-live-changes.ts';
import { useViewSwitch } from './use-view-switch.ts';

/** The chart that the URL names: its view, its moment, what is open, what has just changed. */
export function useChart() {
  const { place, go } = useChartPlace();
  const { view, moment } = place;
  const { source, store, state } = useChartView(view);
  const { error, guard } = useGuard();
  const live = useLiveChanges({ store, view, paused: moment !== undefined, guard });
  const reload = () => guard(store.load(moment));
  const began = useChartFeed({ onEvent: live.take, onGap: reload });
  const { goal, setGoal, reached, reveal, reading } = useChartGoal({ store, place, go, guard, began });
  return {
    place,
    go,
    source,
    store,
    state,
    loaded: store.isLoaded(),
    /** Whether another view or moment is being read than is drawn. */
    reading,
    facts: useChartFacts(moment),
    error,
    guard,
    reload,
    goal,
    reached,
    reveal,
    switchView: useViewSwitch({ place, go, setGoal }),
    marks: live.marks,
    told: live.told,
    missed: live.missed,
  };
}

export type Chart = ReturnType<typeof useChart>;

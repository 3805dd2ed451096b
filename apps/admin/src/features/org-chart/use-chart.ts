'use client';
import { useApolloClient } from '@apollo/client/react';
import { useEffect, useEffectEvent, useRef, useState, useSyncExternalStore } from 'react';
import { findCounterpart } from './api/chart-counterpart.ts';
import { useChartFacts } from './api/chart-facts.ts';
import { createPeopleSource } from './api/chart-people.ts';
import { createTeamsSource } from './api/chart-teams.ts';
import type { ChartView } from './model/chart-item.ts';
import { isShown, lineAbove } from './model/chart-state.ts';
import { ChartStore } from './model/chart-store.ts';
import { useChartFeed } from './use-chart-feed.ts';
import { type ChartPlace, useChartPlace } from './use-chart-place.ts';
import { useLiveChanges } from './use-live-changes.ts';

/** The chart that the URL names: its view, its moment, what is open, what has just changed. */
export function useChart() {
  const client = useApolloClient();
  const { place, go } = useChartPlace();
  const { view, focus, branch, moment } = place;
  const [stores] = useState(() => ({
    people: new ChartStore(createPeopleSource(client)),
    teams: new ChartStore(createTeamsSource(client)),
  }));
  const store = stores[view];
  const state = useSyncExternalStore(store.subscribe, store.state, store.state);
  const [error, setError] = useState<unknown>();
  /** Whom the camera is to fly to once the card is there. */
  const [goal, setGoal] = useState<string>();

  const guard = async (work: Promise<unknown>) => {
    try {
      setError(undefined);
      await work;
    } catch (cause) {
      setError(cause);
    }
  };
  const live = useLiveChanges({ store, view, paused: moment !== undefined, guard });
  const load = () => guard(store.load(moment));
  const began = useChartFeed({ onEvent: live.take, onGap: load });

  const arrive = useEffectEvent(async (shown: ChartStore, at: string | undefined) => {
    await began;
    const isFirst = !shown.isLoaded();
    await shown.load(at);
    // What the URL or somebody's choice names may be deep in what is folded.
    for (const id of [branch, isFirst ? focus : goal]) {
      if (id !== undefined && !isShown(shown.state(), id)) await shown.reveal(id);
    }
    if (isFirst && focus) setGoal(focus);
  });
  const keep = useEffectEvent(guard);
  useEffect(() => {
    void keep(arrive(store, moment));
  }, [store, moment]);

  const reveal = (id: string, to: Partial<ChartPlace> = {}) => {
    const elsewhere = (to.view !== undefined && to.view !== view) || ('moment' in to && to.moment !== moment);
    go({ ...to, focus: id });
    // What is then loaded is opened there.
    if (elsewhere) return setGoal(id);
    void guard(
      store.reveal(id).then((found) => {
        if (!found) return;
        setGoal(id);
        const isInBranch =
          id === branch || (branch !== undefined && lineAbove(store.state(), id).includes(branch));
        if (branch && !isInBranch) go({ branch: undefined });
      }),
    );
  };

  /** The focus before the view was switched, so that the way back leads to the same person. */
  const came = useRef<{ from: string; to: string }>(undefined);
  const switchView = async (next: ChartView) => {
    const back = came.current?.to === focus ? came.current?.from : undefined;
    const found = focus === undefined ? undefined : (back ?? (await findTheOther(focus)));
    came.current = focus !== undefined && found !== undefined ? { from: focus, to: found } : undefined;
    go({ view: next, focus: found, branch: undefined });
    setGoal(found);
  };
  // Who stands nowhere in the other view is in nobody's focus there.
  const findTheOther = (id: string) => findCounterpart(client, { view, id, moment }).catch(() => undefined);

  return {
    place,
    go,
    store,
    state,
    loaded: store.isLoaded(),
    facts: useChartFacts(moment, state),
    error,
    guard,
    reload: load,
    goal,
    reached: () => setGoal(undefined),
    reveal,
    switchView,
    marks: live.marks,
    told: live.told,
    missed: live.missed,
  };
}

export type Chart = ReturnType<typeof useChart>;

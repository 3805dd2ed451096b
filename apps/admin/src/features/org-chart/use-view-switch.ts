'use client';
import { useApolloClient } from '@apollo/client/react';
import { useRef } from 'react';
import { findCounterpart } from './api/chart-counterpart.ts';
import type { ChartView } from './model/chart-item.ts';
import type { ChartPlace } from './use-chart-place.ts';

interface Options {
  place: ChartPlace;
  go(to: Partial<ChartPlace>): void;
  setGoal(id: string | undefined): void;
}

/** Goes to the other view, to whom or what stands there for the focused. */
export function useViewSwitch({ place, go, setGoal }: Options): (next: ChartView) => Promise<void> {
  const client = useApolloClient();
  const { view, focus, moment } = place;
  /** The focus before the view was switched, so that the way back leads to the same person. */
  const came = useRef<{ from: string; to: string }>(undefined);
  // Who stands nowhere in the other view is in nobody's focus there.
  const findTheOther = (id: string) => findCounterpart(client, { view, id, moment }).catch(() => undefined);
  return async (next) => {
    const back = came.current?.to === focus ? came.current?.from : undefined;
    const found = focus === undefined ? undefined : (back ?? (await findTheOther(focus)));
    came.current = focus !== undefined && found !== undefined ? { from: focus, to: found } : undefined;
    go({ view: next, focus: found, branch: undefined });
    setGoal(found);
  };
}

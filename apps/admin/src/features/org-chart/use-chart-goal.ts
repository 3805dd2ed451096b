'use client';
import { notifications } from '@mantine/notifications';
import { useEffect, useEffectEvent, useState } from 'react';
import { isShown, lineAbove } from './model/chart-state.ts';
import type { ChartStore } from './model/chart-store.ts';
import type { ChartPlace } from './use-chart-place.ts';

interface Options {
  store: ChartStore;
  place: ChartPlace;
  go(to: Partial<ChartPlace>): void;
  guard(work: Promise<unknown>): Promise<void>;
  /** The chart may be read once this has been decided. */
  began: Promise<unknown>;
}

const sayThatItIsGone = () => {
  notifications.show({ color: 'gray', message: 'Not on the chart of this moment.' });
};

/** Opens the way to a card. False when there is none. */
const open = async (store: ChartStore, id: string): Promise<boolean> =>
  isShown(store.state(), id) || store.reveal(id);

/** Loads the chart of the place, opens the way to whom somebody looks for, and says whom the camera is to fly to. */
export function useChartGoal({ store, place, go, guard, began }: Options) {
  const { view, focus, branch, moment } = place;
  /** Whom the camera is to fly to once the card is there. */
  const [goal, setGoal] = useState<string>();
  const [reading, setReading] = useState(true);

  const arrive = useEffectEvent(
    async (shown: ChartStore, at: string | undefined, isCurrent: () => boolean) => {
      await began;
      const isFirst = !shown.isLoaded();
      await shown.load(at);
      // What the URL or somebody's choice names may be deep in what is folded.
      if (isCurrent() && branch !== undefined) await open(shown, branch);
      const wanted = goal ?? (isFirst ? focus : undefined);
      if (wanted === undefined || !isCurrent()) return;
      const found = await open(shown, wanted);
      if (!isCurrent()) return;
      if (found) return setGoal((before) => (goal === undefined ? wanted : before));
      setGoal(undefined);
      sayThatItIsGone();
    },
  );
  const keep = useEffectEvent(guard);
  useEffect(() => {
    let isCurrent = true;
    setReading(true);
    void keep(arrive(store, moment, () => isCurrent)).then(() => isCurrent && setReading(false));
    return () => {
      isCurrent = false;
    };
  }, [store, moment]);

  const reveal = (id: string, to: Partial<ChartPlace> = {}) => {
    const elsewhere = (to.view !== undefined && to.view !== view) || ('moment' in to && to.moment !== moment);
    go({ ...to, focus: id });
    // What is then loaded is opened there.
    if (elsewhere) return setGoal(id);
    const fly = async () => {
      if (!(await open(store, id))) return sayThatItIsGone();
      setGoal(id);
      const isInBranch =
        id === branch || (branch !== undefined && lineAbove(store.state(), id).includes(branch));
      if (branch && !isInBranch) go({ branch: undefined });
    };
    void guard(fly());
  };
  return { goal, setGoal, reached: () => setGoal(undefined), reveal, reading };
}

'use client';
import { useEffect, useRef, useState } from 'react';
import type { FeedEvent } from '@/lib/live/event-fragment.ts';
import type { ChartView } from './model/chart-item.ts';
import { type Mark, markOf, marksOf, parentsNamedBy } from './model/chart-marks.ts';
import type { ChartStore } from './model/chart-store.ts';

/** Milliseconds in which events are gathered before the chart is read again. */
const gatherFor = 300;
/** Milliseconds for which a change stays marked and a leaver fades out. */
const markFor = 2_400;
const toldChanges = 5;
const noMarks: ReadonlyMap<string, Mark> = new Map();

interface Options {
  store: ChartStore;
  view: ChartView;
  /** While the past is shown, changes are only counted. */
  paused: boolean;
  guard(work: Promise<unknown>): Promise<void>;
}

/** Takes changes into the chart as they come: in batches, marked for a moment, told in a line each. */
export function useLiveChanges({ store, view, paused, guard }: Options) {
  const [marks, setMarks] = useState(noMarks);
  const [told, setTold] = useState<readonly FeedEvent[]>([]);
  const [missed, setMissed] = useState(0);
  const pending = useRef<FeedEvent[]>([]);
  const timers = useRef<{ gather?: ReturnType<typeof setTimeout>; mark?: ReturnType<typeof setTimeout> }>({});
  const [shown, setShown] = useState({ view, paused });
  if (shown.view !== view || shown.paused !== paused) {
    setShown({ view, paused });
    setMarks(noMarks);
    setMissed(0);
    if (shown.view !== view) setTold([]);
  }

  const flush = async () => {
    const events = pending.current;
    pending.current = [];
    const fresh = marksOf(view, events);
    await guard(store.refresh([...fresh.keys()], parentsNamedBy(events)));
    setTold((before) => [...events.toReversed(), ...before].slice(0, toldChanges));
    setMarks((before) => new Map([...before, ...fresh]));
    clearTimeout(timers.current.mark);
    timers.current.mark = setTimeout(() => {
      setMarks(noMarks);
      store.forgetLeavers();
    }, markFor);
    timers.current.gather = pending.current.length > 0 ? setTimeout(flush, gatherFor) : undefined;
  };

  const take = (event: FeedEvent) => {
    if (!markOf(view, event.type)) return;
    if (paused) return setMissed((count) => count + 1);
    pending.current.push(event);
    timers.current.gather ??= setTimeout(flush, gatherFor);
  };

  useEffect(() => {
    const { current } = timers;
    return () => {
      clearTimeout(current.gather);
      clearTimeout(current.mark);
      current.gather = undefined;
      pending.current = [];
      store.forgetLeavers();
    };
  }, [store]);

  return { take, marks, told, missed };
}

'use client';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { FeedEvent } from '@/lib/live/event-fragment.ts';
import type { ChartView } from './model/chart-item.ts';
import { markOf, marksOf, parentsNamedBy, teamsLedBy } from './model/chart-marks.ts';
import type { ChartStore } from './model/chart-store.ts';
import { type Batches, inBatches } from './model/in-batches.ts';
import { useFadingMarks } from './use-fading-marks.ts';

/** Milliseconds in which events are gathered before the chart is read again. */
const gatherFor = 300;
const toldChanges = 5;

interface Options {
  store: ChartStore;
  view: ChartView;
  /** While the past is shown, changes are only counted. */
  paused: boolean;
  guard(work: Promise<unknown>): Promise<void>;
}

/** Takes changes into the chart as they come: in batches, marked for a moment, told in a line each. */
export function useLiveChanges({ store, view, paused, guard }: Options) {
  const { marks, add, clear } = useFadingMarks();
  const [told, setTold] = useState<readonly FeedEvent[]>([]);
  const [missed, setMissed] = useState(0);
  const [shown, setShown] = useState({ view, paused });
  if (shown.view !== view || shown.paused !== paused) {
    setShown({ view, paused });
    setMissed(0);
    if (shown.view !== view) setTold([]);
  }
  const ledBy = (events: readonly FeedEvent[]) => (view === 'teams' ? teamsLedBy(store.state(), events) : []);

  const takeIn = useEffectEvent(async (events: readonly FeedEvent[], isCurrent: () => boolean) => {
    const fresh = marksOf(view, events);
    let onChart: ReadonlySet<string> | undefined;
    const refresh = async () => {
      onChart = await store.refresh(fresh, [...parentsNamedBy(events), ...ledBy(events)]);
    };
    await guard(refresh());
    // Another view or moment may be shown by now.
    if (!isCurrent()) return;
    // The feed also tells of pushed groups, which are not on the chart.
    const telling = events.filter(
      ({ subject }) => fresh.has(subject.id) && onChart?.has(subject.id) !== false,
    );
    setTold((before) => [...telling.toReversed(), ...before].slice(0, toldChanges));
    add(fresh, (ids) => store.forgetLeavers(ids));
  });
  const stop = useEffectEvent(clear);
  const batches = useRef<Batches<FeedEvent>>(undefined);
  useEffect(() => {
    if (paused) return;
    const gathered: Batches<FeedEvent> = inBatches<FeedEvent>(gatherFor, (events) =>
      takeIn(events, () => !gathered.isStopped()),
    );
    batches.current = gathered;
    return () => {
      gathered.stop();
      stop();
      store.forgetLeavers();
    };
  }, [store, paused]);

  const take = (event: FeedEvent) => {
    const isMarked = markOf(view, event.type) !== undefined;
    if (isMarked && paused) setMissed((count) => count + 1);
    if (isMarked || ledBy([event]).length > 0) batches.current?.add(event);
  };
  return { take, marks, told, missed };
}

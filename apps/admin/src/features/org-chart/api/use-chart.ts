'use client';
import { useApolloClient } from '@apollo/client/react';
import { useEffect, useEffectEvent, useRef, useState, useSyncExternalStore } from 'react';
import type { FeedEvent } from '@/lib/live/event-fragment.ts';
import { useFeed } from '@/lib/live/feed-provider.tsx';
import { createChartStore } from '../chart-store.ts';
import { createChartApi } from './chart-api.ts';

const chartTypes: readonly FeedEvent['type'][] = [
  'USER_CREATED',
  'USER_UPDATED',
  'USER_ACTIVATED',
  'USER_DEACTIVATED',
  'USER_DEPROVISIONED',
  'USER_REVIVED',
];

/** Milliseconds in which events are gathered before the people are read again. */
const gatherFor = 300;
/** Milliseconds for which a change stays marked. */
const markFor = 2_000;
const shownChanges = 4;
const batchSize = 100;

/** The chart's store, following the feed: who changed is read again, marked, and told in the side feed. */
export function useChart() {
  const client = useApolloClient();
  const [store] = useState(() => createChartStore(createChartApi(client)));
  const state = useSyncExternalStore(store.subscribe, store.state, store.state);
  const [error, setError] = useState<unknown>();
  const [loaded, setLoaded] = useState(false);
  const [changes, setChanges] = useState<readonly FeedEvent[]>([]);
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const pending = useRef<FeedEvent[]>([]);
  const timers = useRef<{ gather?: ReturnType<typeof setTimeout>; mark?: ReturnType<typeof setTimeout> }>({});

  const guard = async (work: Promise<unknown>) => {
    try {
      setError(undefined);
      await work;
    } catch (cause) {
      setError(cause);
    }
  };
  const load = () => guard(store.loadTop().then(() => setLoaded(true)));
  const loadFirst = useEffectEvent(load);
  useEffect(() => {
    void loadFirst();
  }, []);

  const flush = async () => {
    timers.current.gather = undefined;
    const events = pending.current;
    pending.current = [];
    const ids = [...new Set(events.map(({ subject }) => subject.id))];
    for (let from = 0; from < ids.length; from += batchSize) {
      await guard(store.refresh(ids.slice(from, from + batchSize)));
    }
    const told = events.filter(({ subject }) => store.state().people.has(subject.id)).reverse();
    setChanges((before) => [...told, ...before].slice(0, shownChanges));
    setMarked(new Set(ids));
    clearTimeout(timers.current.mark);
    timers.current.mark = setTimeout(() => setMarked(new Set()), markFor);
  };

  useFeed((notice) => {
    if (notice.kind === 'gap') void load();
    else if (chartTypes.includes(notice.event.type)) {
      pending.current.push(notice.event);
      timers.current.gather ??= setTimeout(flush, gatherFor);
    }
  });
  useEffect(() => {
    const { current } = timers;
    return () => {
      clearTimeout(current.gather);
      clearTimeout(current.mark);
    };
  }, []);

  return { store, state, loaded, error, guard, reload: load, changes, marked };
}

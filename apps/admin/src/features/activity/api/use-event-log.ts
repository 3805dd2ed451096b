'use client';
import { useApolloClient } from '@apollo/client/react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { graphql, type VariablesOf } from '@/lib/graphql/graphql.ts';
import { eventFields, type FeedEvent } from '@/lib/live/event-fragment.ts';
import { useFeed } from '@/lib/live/feed-provider.tsx';
import {
  type EventLog,
  type EventPage,
  eventsArrived,
  olderLoaded,
  openLog,
  showWaiting,
} from '../event-log.ts';

const eventLogQuery = graphql(
  `
  query EventLog($filter: EventFilter, $after: Cursor) {
    events(filter: $filter, first: 50, after: $after) {
      nodes { ...EventFields }
      pageInfo { hasNextPage endCursor }
    }
  }
`,
  [eventFields],
);

/** Milliseconds in which arrivals are gathered, so that a sync of thousands paints a few times a second. */
const gatherFor = 200;

/** Pixels from the top within which the reader counts as being there. */
const topZone = 60;

interface EventLogState {
  log: EventLog<FeedEvent> | undefined;
  error: unknown;
  /** Why history is missing, after the feed reported a gap. */
  gap: string | undefined;
  loadingOlder: boolean;
  retry: () => void;
  loadOlder: () => void;
  showWaiting: () => void;
  dismissGap: () => void;
}

function useEventPages(types: FeedEvent['type'][] | undefined) {
  const client = useApolloClient();
  return async (after?: string): Promise<EventPage<FeedEvent>> => {
    const variables: VariablesOf<typeof eventLogQuery> = { after, filter: types ? { types } : null };
    // Not cached: the list is kept here, and the feed goes on from where it ends.
    const { data } = await client.query({ query: eventLogQuery, variables, fetchPolicy: 'no-cache' });
    if (!data) throw new Error('The server gave no events');
    const { nodes, pageInfo } = data.events;
    return {
      events: nodes,
      olderAfter: pageInfo.hasNextPage ? (pageInfo.endCursor ?? undefined) : undefined,
    };
  };
}

/** History and feed as one list; it opens anew for other types and after a gap. */
export function useEventLog(types: FeedEvent['type'][] | undefined): EventLogState {
  const loadPage = useEventPages(types);
  const [log, setLog] = useState<EventLog<FeedEvent>>();
  const [error, setError] = useState<unknown>();
  const [gap, setGap] = useState<string>();
  const [loadingOlder, setLoadingOlder] = useState(false);
  const [opening, setOpening] = useState(0);
  const arrived = useRef<FeedEvent[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const generation = useRef(0);

  const open = useEffectEvent(async () => {
    const current = ++generation.current;
    setError(undefined);
    arrived.current = [];
    try {
      const page = await loadPage();
      if (current !== generation.current) return;
      const meanwhile = arrived.current;
      arrived.current = [];
      setLog(openLog(page, meanwhile));
    } catch (cause) {
      if (current === generation.current) setError(cause);
    }
  });

  const key = types?.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list opens anew when the types or the opening change
  useEffect(() => {
    void open();
    return () => clearTimeout(timer.current);
  }, [key, opening]);

  const flush = () => {
    timer.current = undefined;
    setLog((before) => {
      if (!before) return before;
      const events = arrived.current;
      arrived.current = [];
      return eventsArrived(before, events, window.scrollY < topZone);
    });
  };

  useFeed((notice) => {
    if (notice.kind === 'gap') {
      setGap(notice.reason);
      setOpening((count) => count + 1);
      return;
    }
    if (types && !types.includes(notice.event.type)) return;
    arrived.current = [notice.event, ...arrived.current];
    timer.current ??= setTimeout(flush, gatherFor);
  });

  return {
    log,
    error,
    gap,
    loadingOlder,
    retry: () => setOpening((count) => count + 1),
    showWaiting: () => setLog((before) => before && showWaiting(before)),
    dismissGap: () => setGap(undefined),
    loadOlder: async () => {
      if (!log?.olderAfter || loadingOlder) return;
      const current = generation.current;
      setLoadingOlder(true);
      try {
        const page = await loadPage(log.olderAfter);
        if (current === generation.current) setLog((before) => before && olderLoaded(before, page));
      } catch (cause) {
        setError(cause);
      } finally {
        setLoadingOlder(false);
      }
    },
  };
}

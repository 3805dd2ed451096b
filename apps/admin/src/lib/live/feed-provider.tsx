'use client';
import { useApolloClient } from '@apollo/client/react';
import type { Client } from 'graphql-ws';
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useEffectEvent,
  useState,
  useSyncExternalStore,
} from 'react';
import { graphql } from '../graphql/graphql.ts';
import { goToSignIn } from '../sign-in-redirect.ts';
import { createFeed, type Feed, type FeedNotice, type FeedStatus } from './feed.ts';
import { createFeedSocket, createFeedSource } from './feed-source.ts';
import { refreshTouchedEntities } from './refresh-touched.ts';

const feedCursorQuery = graphql(`query FeedCursor { feedCursor }`);

interface Live {
  feed: Feed;
  socket: Client;
}

const LiveContext = createContext<Live | null>(null);
const initialStatus: FeedStatus = { state: 'connecting', lag: 0 };

/** Follows the account's feed once for the whole page and keeps what the cache holds of the touched up to date. */
export function FeedProvider({ children }: { children: ReactNode }) {
  const client = useApolloClient();
  const [live, setLive] = useState<Live | null>(null);

  useEffect(() => {
    const socket = createFeedSocket(window.location);
    const created = createFeed({
      source: createFeedSource(socket, 'provisioningEvents'),
      onSignedOut: goToSignIn,
      async currentCursor() {
        const { data } = await client.query({ query: feedCursorQuery, fetchPolicy: 'no-cache' });
        if (!data) throw new Error('The server gave no feed cursor');
        return data.feedCursor;
      },
    });
    const stopRefreshing = refreshTouchedEntities(created, client);
    const retry = () => created.retryNow();
    window.addEventListener('online', retry);
    created.start();
    setLive({ feed: created, socket });
    return () => {
      window.removeEventListener('online', retry);
      stopRefreshing();
      created.stop();
    };
  }, [client]);

  return <LiveContext value={live}>{children}</LiveContext>;
}

/** Calls back with each event and gap of the feed while the component is mounted. */
export function useFeed(onNotice: (notice: FeedNotice) => void): void {
  const feed = useContext(LiveContext)?.feed;
  const listener = useEffectEvent(onNotice);
  useEffect(() => feed?.subscribe((notice) => listener(notice)), [feed]);
}

/** Whether the page is live, and how far behind. */
export function useFeedStatus(): FeedStatus {
  const feed = useContext(LiveContext)?.feed;
  return useSyncExternalStore(
    (listener) => feed?.onStatus(listener) ?? (() => {}),
    () => feed?.status() ?? initialStatus,
    () => initialStatus,
  );
}

/** The page's socket, for streams that only one screen follows; undefined until it is there. */
export function useFeedSocket(): Client | undefined {
  return useContext(LiveContext)?.socket;
}

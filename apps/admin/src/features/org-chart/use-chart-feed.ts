'use client';
import { useApolloClient } from '@apollo/client/react';
import { useEffect, useEffectEvent, useState } from 'react';
import type { FeedEvent } from '@/lib/live/event-fragment.ts';
import { createFeed } from '@/lib/live/feed.ts';
import { useFeedSocket } from '@/lib/live/feed-provider.tsx';
import { createFeedSource } from '@/lib/live/feed-source.ts';
import { goToSignIn } from '@/lib/sign-in-redirect.ts';
import { readChartCursor } from './api/chart-now.ts';

interface Handlers {
  onEvent(event: FeedEvent): void;
  /** A part of the history is gone: what is on the screen must be read again. */
  onGap(): void;
}

/**
 * Follows the chart's changes from before its first reading, so that nothing falls between.
 *
 * @returns resolves once the place in the log is known and the chart may be read
 */
export function useChartFeed(handlers: Handlers): Promise<unknown> {
  const client = useApolloClient();
  const socket = useFeedSocket();
  const [began] = useState(() => readChartCursor(client));
  const onEvent = useEffectEvent(handlers.onEvent);
  const onGap = useEffectEvent(handlers.onGap);
  useEffect(() => {
    if (!socket) return;
    let first: Promise<string> | undefined = began;
    const feed = createFeed({
      source: createFeedSource(socket, 'orgChartChanges'),
      onSignedOut: goToSignIn,
      async currentCursor() {
        const known = await first?.catch(() => undefined);
        if (known !== undefined) {
          first = undefined;
          return known;
        }
        const cursor = await readChartCursor(client);
        onGap();
        return cursor;
      },
    });
    feed.subscribe((notice) => (notice.kind === 'gap' ? onGap() : onEvent(notice.event)));
    feed.start();
    return () => feed.stop();
  }, [socket, client, began]);
  return began;
}

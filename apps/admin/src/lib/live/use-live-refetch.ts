'use client';
import { useThrottledCallback } from '@mantine/hooks';
import type { FeedEvent } from './event-fragment.ts';
import { useFeed } from './feed-provider.tsx';

/** Milliseconds between two readings of a list; what costs the server more is read less often. */
const usualPause = 2_000;

/** Reads a list again, with a pause in between, when an event says that it changed or the feed had a gap. */
export function useLiveRefetch(
  refetch: () => Promise<unknown>,
  concerns: (event: FeedEvent) => boolean,
  pause = usualPause,
): void {
  const refetchSoon = useThrottledCallback(() => {
    // The page shows a failed load itself; the old rows stay.
    refetch().catch(() => {});
  }, pause);
  useFeed((notice) => {
    if (notice.kind === 'gap' || concerns(notice.event)) refetchSoon();
  });
}

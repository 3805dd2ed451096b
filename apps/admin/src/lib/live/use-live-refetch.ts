'use client';
import { useThrottledCallback } from '@mantine/hooks';
import type { FeedEvent } from './event-fragment.ts';
import { useFeed } from './feed-provider.tsx';

/** Reads a list again, at most every two seconds, when an event says that it changed or the feed had a gap. */
export function useLiveRefetch(
  refetch: () => Promise<unknown>,
  concerns: (event: FeedEvent) => boolean,
): void {
  const refetchSoon = useThrottledCallback(() => {
    // The page shows a failed load itself; the old rows stay.
    refetch().catch(() => {});
  }, 2_000);
  useFeed((notice) => {
    if (notice.kind === 'gap' || concerns(notice.event)) refetchSoon();
  });
}

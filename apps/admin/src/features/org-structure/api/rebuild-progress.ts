'use client';
import { print } from 'graphql';
import { useEffect, useEffectEvent, useState } from 'react';
import { graphql, type ResultOf } from '@/lib/graphql/graphql.ts';
import { useFeedSocket } from '@/lib/live/feed-provider.tsx';
import { type Rebuild, rebuildFields } from './org-structure.ts';

const progressSubscription = graphql(
  `
  subscription OrgRebuildProgress {
    orgRebuildProgress { ...RebuildFields }
  }
`,
  [rebuildFields],
);

/** Milliseconds after which a lost connection is tried again. */
const retryAfter = 2_000;

/** Follows a rebuild while it runs, wherever it was started; what is lost is asked for again. */
export function useRebuildProgress(
  known: Rebuild | null | undefined,
  onEnd: () => void,
): Rebuild | undefined {
  const socket = useFeedSocket();
  const [seen, setSeen] = useState<Rebuild>();
  const current = seen && seen.id === known?.id ? seen : (known ?? undefined);
  const running = current?.state === 'RUNNING';
  const take = useEffectEvent((rebuild: Rebuild) => {
    setSeen(rebuild);
    if (rebuild.state !== 'RUNNING') onEnd();
  });
  useEffect(() => {
    if (!socket || !running) return;
    let left = false;
    let retry: ReturnType<typeof setTimeout> | undefined;
    let stop = () => {};
    const again = () => {
      if (!left) retry = setTimeout(follow, retryAfter);
    };
    const follow = () => {
      stop = socket.subscribe<ResultOf<typeof progressSubscription>>(
        { query: print(progressSubscription) },
        { next: ({ data }) => data && take(data.orgRebuildProgress), error: again, complete: again },
      );
    };
    follow();
    return () => {
      left = true;
      clearTimeout(retry);
      stop();
    };
  }, [socket, running]);
  return current;
}

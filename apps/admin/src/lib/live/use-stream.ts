'use client';
import type { TadaDocumentNode } from 'gql.tada';
import { print } from 'graphql';
import { useEffect, useEffectEvent } from 'react';
import { useFeedSocket } from './feed-provider.tsx';

/** Milliseconds after which a lost connection is tried again. */
const retryAfter = 2_000;

/** Hears a stream of its own over the page's socket while it is wanted; what is lost is asked for again. */
export function useStream<Data>(
  document: TadaDocumentNode<Data, Record<string, never>>,
  wanted: boolean,
  onData: (data: Data) => void,
): void {
  const socket = useFeedSocket();
  const take = useEffectEvent(onData);
  useEffect(() => {
    if (!socket || !wanted) return;
    let left = false;
    let retry: ReturnType<typeof setTimeout> | undefined;
    let stop = () => {};
    const again = () => {
      if (!left) retry = setTimeout(follow, retryAfter);
    };
    const follow = () => {
      stop = socket.subscribe<Data>(
        { query: print(document) },
        { next: ({ data }) => data && take(data), error: again, complete: again },
      );
    };
    follow();
    return () => {
      left = true;
      clearTimeout(retry);
      stop();
    };
  }, [socket, wanted, document]);
}

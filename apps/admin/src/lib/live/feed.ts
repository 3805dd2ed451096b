import { backoffDelay } from './backoff.ts';
import type { FeedEvent } from './event-fragment.ts';
import type { FeedMessage, FeedSource } from './feed-source.ts';

export type FeedState = 'connecting' | 'live' | 'reconnecting';

export interface FeedStatus {
  state: FeedState;
  /** How old the last event was when it arrived, in milliseconds: how far the page is behind; 0 when it has caught up. */
  lag: number;
}

export type FeedNotice = { kind: 'event'; event: FeedEvent } | { kind: 'gap'; reason: string };

export interface Feed {
  start(): void;
  stop(): void;
  /** Tries at once instead of waiting out the delay. */
  retryNow(): void;
  subscribe(listener: (notice: FeedNotice) => void): () => void;
  status(): FeedStatus;
  onStatus(listener: () => void): () => void;
}

interface FeedOptions {
  source: FeedSource;
  /** Where the feed stands now; asked once, and again when a cursor is no longer known. */
  currentCursor(): Promise<string>;
  onSignedOut(): void;
  now?: () => number;
  delay?: (attempt: number) => number;
}

/** Milliseconds of silence after which there is nothing more to catch up on. */
const caughtUpAfter = 1_500;

/**
 * The one subscription of the page. It remembers the cursor of the last message that it passed on and resumes after
 * it, so a lost connection loses nothing and repeats nothing.
 */
export function createFeed(options: FeedOptions): Feed {
  const { source, now = Date.now, delay = backoffDelay } = options;
  const listeners = new Set<(notice: FeedNotice) => void>();
  const statusListeners = new Set<() => void>();
  let status: FeedStatus = { state: 'connecting', lag: 0 };
  let cursor: string | undefined;
  let attempt = 0;
  let run = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let close = () => {};

  const setStatus = (next: Partial<FeedStatus>) => {
    status = { ...status, ...next };
    for (const listener of statusListeners) listener();
  };
  const notify = (notice: FeedNotice) => {
    for (const listener of listeners) listener(notice);
  };

  function receive(message: FeedMessage) {
    attempt = 0;
    clearTimeout(silence);
    silence = setTimeout(() => setStatus({ lag: 0 }), caughtUpAfter);
    cursor = message.gap?.resumeAt ?? message.cursor;
    if (message.gap) notify({ kind: 'gap', reason: message.gap.reason });
    if (message.event) {
      setStatus({ state: 'live', lag: Math.max(0, now() - Date.parse(message.event.occurredAt)) });
      notify({ kind: 'event', event: message.event });
    } else if (status.state !== 'live') setStatus({ state: 'live' });
  }

  function scheduleRetry() {
    setStatus({ state: 'reconnecting' });
    clearTimeout(retry);
    retry = setTimeout(connect, delay(attempt++));
  }

  async function connect() {
    const current = ++run;
    clearTimeout(retry);
    retry = undefined;
    close();
    try {
      cursor ??= await options.currentCursor();
    } catch {
      if (current === run) scheduleRetry();
      return;
    }
    if (current !== run) return;
    close = source.open(cursor, {
      onMessage: receive,
      onEnd: (end) => {
        if (current !== run) return;
        if (end === 'signed-out') return options.onSignedOut();
        if (end === 'invalid-cursor') {
          cursor = undefined;
          notify({ kind: 'gap', reason: 'The server no longer knows where this page stopped reading.' });
        }
        scheduleRetry();
      },
    });
  }

  let stopListening = () => {};
  return {
    start() {
      stopListening = source.onConnected(() => {
        attempt = 0;
        setStatus({ state: 'live', lag: 0 });
        // Another stream of the page has brought the connection back.
        if (retry !== undefined) void connect();
      });
      void connect();
    },
    stop() {
      run++;
      clearTimeout(retry);
      clearTimeout(silence);
      close();
      stopListening();
    },
    retryNow() {
      if (status.state === 'reconnecting') void connect();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    status: () => status,
    onStatus(listener) {
      statusListeners.add(listener);
      return () => statusListeners.delete(listener);
    },
  };
}

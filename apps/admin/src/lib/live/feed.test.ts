import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { backoffDelay } from './backoff.ts';
import type { FeedEvent } from './event-fragment.ts';
import { createFeed, type FeedNotice } from './feed.ts';
import type { FeedMessage, FeedSource } from './feed-source.ts';

const event = (n: number): FeedEvent => ({
  __typename: 'Event',
  id: `e${n}`,
  cursor: `c${n}`,
  type: 'USER_UPDATED',
  occurredAt: '2026-01-01T00:00:00Z',
  requestId: `r${n}`,
  subject: { type: 'USER', id: 'u', label: 'Ana' },
  related: null,
  changes: [],
  actor: { kind: 'SYSTEM', id: null, name: 'System' },
  connection: null,
});

const message = (n: number): FeedMessage => ({ cursor: `c${n}`, event: event(n), gap: null });

/** A server of which each opened subscription can be driven by hand. */
function world() {
  const opened: { after: string; handlers: Parameters<FeedSource['open']>[1] }[] = [];
  let cursors = 0;
  let connected = () => {};
  const source: FeedSource = {
    onConnected(listener) {
      connected = listener;
      return () => {};
    },
    open(after, handlers) {
      opened.push({ after, handlers });
      return () => {};
    },
  };
  const notices: FeedNotice[] = [];
  const signedOut = vi.fn();
  const feed = createFeed({
    source,
    currentCursor: async () => `start${++cursors}`,
    onSignedOut: signedOut,
    delay: () => 1_000,
    now: () => Date.parse('2026-01-01T00:00:02Z'),
  });
  feed.subscribe((notice) => notices.push(notice));
  feed.start();
  const current = () => {
    const last = opened.at(-1);
    if (!last) throw new Error('Nothing was opened');
    return last;
  };
  return { feed, opened, current, notices, signedOut, connect: () => connected() };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('after a lost connection it resumes after the last message that it passed on', async () => {
  const { feed, opened, current, notices } = world();
  await vi.advanceTimersByTimeAsync(0);
  expect(current().after).toBe('start1');
  current().handlers.onMessage(message(1));
  current().handlers.onMessage(message(2));
  current().handlers.onEnd('lost');
  expect(feed.status().state).toBe('reconnecting');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(opened.map(({ after }) => after)).toEqual(['start1', 'c2']);
  current().handlers.onMessage(message(3));
  expect(notices.map((notice) => notice.kind === 'event' && notice.event.id)).toEqual(['e1', 'e2', 'e3']);
  expect(feed.status()).toEqual({ state: 'live', lag: 2_000 });
});

test('once another stream has brought the connection back it does not wait any longer', async () => {
  const { opened, current, connect } = world();
  await vi.advanceTimersByTimeAsync(0);
  current().handlers.onMessage(message(1));
  current().handlers.onEnd('lost');
  connect();
  await vi.advanceTimersByTimeAsync(0);
  expect(opened.map(({ after }) => after)).toEqual(['start1', 'c1']);
  connect();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(opened).toHaveLength(2);
});

test('it is behind only while late events come', async () => {
  const { feed, current } = world();
  await vi.advanceTimersByTimeAsync(0);
  current().handlers.onMessage(message(1));
  expect(feed.status().lag).toBe(2_000);
  await vi.advanceTimersByTimeAsync(1_000);
  current().handlers.onMessage(message(2));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(feed.status().lag).toBe(2_000);
  await vi.advanceTimersByTimeAsync(500);
  expect(feed.status()).toEqual({ state: 'live', lag: 0 });
});

test('a gap is told, and the feed goes on from where the server says', async () => {
  const { current, notices } = world();
  await vi.advanceTimersByTimeAsync(0);
  current().handlers.onMessage({ cursor: 'g', event: null, gap: { reason: 'Restored.', resumeAt: 'c9' } });
  expect(notices).toEqual([{ kind: 'gap', reason: 'Restored.' }]);
  current().handlers.onEnd('lost');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(current().after).toBe('c9');
});

test('a cursor that is no longer known is a gap, and a new one is asked for', async () => {
  const { current, notices } = world();
  await vi.advanceTimersByTimeAsync(0);
  current().handlers.onEnd('invalid-cursor');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(notices.map(({ kind }) => kind)).toEqual(['gap']);
  expect(current().after).toBe('start2');
});

test('the end of an older attempt does not disturb the current one', async () => {
  const { feed, opened, current } = world();
  await vi.advanceTimersByTimeAsync(0);
  const first = current();
  first.handlers.onEnd('lost');
  await vi.advanceTimersByTimeAsync(1_000);
  first.handlers.onEnd('lost');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(opened).toHaveLength(2);
  feed.stop();
});

test('a session that ended is not retried', async () => {
  const { opened, current, signedOut } = world();
  await vi.advanceTimersByTimeAsync(0);
  current().handlers.onEnd('signed-out');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(signedOut).toHaveBeenCalledOnce();
  expect(opened).toHaveLength(1);
});

test('the delay doubles up to half a minute and is spread', () => {
  expect(backoffDelay(0, () => 1)).toBe(500);
  expect(backoffDelay(3, () => 1)).toBe(4_000);
  expect(backoffDelay(20, () => 1)).toBe(30_000);
  expect(backoffDelay(20, () => 0)).toBe(15_000);
});

import { ApolloClient, ApolloLink, InMemoryCache, Observable } from '@apollo/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FeedEvent } from './event-fragment.ts';
import type { Feed, FeedNotice } from './feed.ts';
import { refreshTouchedEntities } from './refresh-touched.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A client whose cache holds these, the feed that it follows, and what it asks the server for. */
function world(cached: readonly string[]) {
  const asked: { operation: string | undefined; ids: string[] }[] = [];
  const link = new ApolloLink(({ operationName, variables }) => {
    asked.push({ operation: operationName, ids: variables.filter.id.in });
    return new Observable((observer) => {
      observer.next({ data: { users: { nodes: [] }, teams: { nodes: [] } } });
      observer.complete();
    });
  });
  const cache = new InMemoryCache();
  cache.restore(
    Object.fromEntries(
      cached.map((key) => {
        const [typename = '', id = ''] = key.split(':');
        return [key, { __typename: typename, id }];
      }),
    ),
  );
  const listeners: ((notice: FeedNotice) => void)[] = [];
  const feed: Pick<Feed, 'subscribe'> = {
    subscribe(listener) {
      listeners.push(listener);
      return () => {};
    },
  };
  refreshTouchedEntities(feed, new ApolloClient({ cache, link }));
  const touch = (type: 'USER' | 'TEAM', id: string) => {
    const event = { subject: { type, id, label: id }, related: null } as FeedEvent;
    for (const listener of listeners) listener({ kind: 'event', event } as FeedNotice);
  };
  return { asked, touch };
}

test('everything that a burst touches and the cache holds is read again, and nothing else is asked for', async () => {
  const ids = Array.from({ length: 250 }, (_, n) => `u${n}`);
  const { asked, touch } = world(ids.map((id) => `User:${id}`));
  for (const id of [...ids, 'unknown']) touch('USER', id);
  touch('TEAM', 'unknown');
  await vi.runAllTimersAsync();
  expect(asked.map(({ operation, ids }) => [operation, ids.length])).toEqual([
    ['TouchedUsers', 100],
    ['TouchedUsers', 100],
    ['TouchedUsers', 50],
  ]);
  expect(asked.flatMap((query) => query.ids)).toEqual(ids);
});

test('a burst that touches teams alone asks for no people', async () => {
  const { asked, touch } = world(['Team:t1']);
  touch('TEAM', 't1');
  await vi.runAllTimersAsync();
  expect(asked).toEqual([{ operation: 'TouchedTeams', ids: ['t1'] }]);
});

import type { ApolloClient } from '@apollo/client';
import { graphql } from '../graphql/graphql.ts';
import { personFields, teamFields } from './entity-fragments.ts';
import type { FeedEvent } from './event-fragment.ts';
import type { Feed } from './feed.ts';
import { touchedBy } from './touched.ts';

const touchedUsers = graphql(
  `
  query TouchedUsers($filter: UserFilter!, $first: Int!) {
    users(filter: $filter, first: $first) { nodes { ...PersonFields } }
  }
`,
  [personFields],
);
const touchedTeams = graphql(
  `
  query TouchedTeams($filter: TeamFilter!, $first: Int!) {
    teams(filter: $filter, first: $first) { nodes { ...TeamFields } }
  }
`,
  [teamFields],
);
const cachedUser = graphql('fragment CachedUser on User { id }');
const cachedTeam = graphql('fragment CachedTeam on Team { id }');

/** Milliseconds in which events are gathered, so that a burst of a sync is a few queries. */
const gatherFor = 400;
const batchSize = 100;

/** Those that the cache holds, in batches of as many as one query asks for; none where there are none. */
function* cachedBatches(
  { cache }: ApolloClient,
  typename: 'User' | 'Team',
  ids: ReadonlySet<string>,
): Generator<string[]> {
  const fragment = typename === 'User' ? cachedUser : cachedTeam;
  const cached = [...ids].filter((id) => cache.readFragment({ id: `${typename}:${id}`, fragment }) !== null);
  for (let start = 0; start < cached.length; start += batchSize) yield cached.slice(start, start + batchSize);
}

async function refresh(client: ApolloClient, events: readonly FeedEvent[]): Promise<void> {
  const { userIds, teamIds } = touchedBy(events);
  const asked = (ids: string[]) => ({
    fetchPolicy: 'network-only' as const,
    variables: { filter: { id: { in: ids } }, first: ids.length },
  });
  for (const ids of cachedBatches(client, 'User', userIds))
    await client.query({ query: touchedUsers, ...asked(ids) });
  for (const ids of cachedBatches(client, 'Team', teamIds))
    await client.query({ query: touchedTeams, ...asked(ids) });
}

/** Reads again the users and teams that events touch and the cache holds; every screen that shows them follows. */
export function refreshTouchedEntities(feed: Pick<Feed, 'subscribe'>, client: ApolloClient): () => void {
  let pending: FeedEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    timer = undefined;
    const events = pending;
    pending = [];
    // A failed refresh leaves the old values on the screen; the next event or a visit reads them again.
    refresh(client, events).catch(() => {});
  };
  const unsubscribe = feed.subscribe((notice) => {
    if (notice.kind !== 'event') return;
    pending.push(notice.event);
    timer ??= setTimeout(flush, gatherFor);
  });
  return () => {
    clearTimeout(timer);
    unsubscribe();
  };
}

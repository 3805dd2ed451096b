import type { ApolloClient } from '@apollo/client';
import { graphql } from '../graphql/graphql.ts';
import { personFields, teamFields } from './entity-fragments.ts';
import type { FeedEvent } from './event-fragment.ts';
import type { Feed } from './feed.ts';
import { touchedBy } from './touched.ts';

const touchedQuery = graphql(
  `
  query TouchedEntities($users: UserFilter!, $userCount: Int!, $teams: TeamFilter!, $teamCount: Int!) {
    users(filter: $users, first: $userCount) { nodes { ...PersonFields } }
    teams(filter: $teams, first: $teamCount) { nodes { ...TeamFields } }
  }
`,
  [personFields, teamFields],
);

/** Milliseconds in which events are gathered, so that a burst of a sync is one query. */
const gatherFor = 400;
const batchSize = 100;

function known(client: ApolloClient, typename: 'User' | 'Team', ids: Set<string>): string[] {
  const cached = client.cache.extract();
  const isCached = (id: string) =>
    typeof cached === 'object' && cached !== null && `${typename}:${id}` in cached;
  return [...ids].filter(isCached).slice(0, batchSize);
}

async function refresh(client: ApolloClient, events: readonly FeedEvent[]): Promise<void> {
  const touched = touchedBy(events);
  const userIds = known(client, 'User', touched.userIds);
  const teamIds = known(client, 'Team', touched.teamIds);
  if (userIds.length + teamIds.length === 0) return;
  await client.query({
    query: touchedQuery,
    fetchPolicy: 'network-only',
    variables: {
      users: { id: { in: userIds } },
      userCount: Math.max(1, userIds.length),
      teams: { id: { in: teamIds } },
      teamCount: Math.max(1, teamIds.length),
    },
  });
}

/** Reads again the users and teams that events touch and the cache holds; every screen that shows them follows. */
export function refreshTouchedEntities(feed: Feed, client: ApolloClient): () => void {
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

import { print } from 'graphql';
import { type Client, CloseCode, createClient } from 'graphql-ws';
import { graphql, type ResultOf } from '../graphql/graphql.ts';
import { eventFields } from './event-fragment.ts';

const provisioningFeed = graphql(
  `
  subscription ProvisioningFeed($after: Cursor) {
    provisioningEvents(after: $after) {
      cursor
      event { ...EventFields }
      gap { reason resumeAt }
    }
  }
`,
  [eventFields],
);

export type FeedMessage = ResultOf<typeof provisioningFeed>['provisioningEvents'];

/** How one attempt to follow the feed ended. */
export type FeedEnd = 'lost' | 'signed-out' | 'invalid-cursor';

export interface FeedSource {
  /** Follows the feed after a cursor until it ends; the returned function stops it without a word. */
  open(
    after: string,
    handlers: { onMessage(message: FeedMessage): void; onEnd(end: FeedEnd): void },
  ): () => void;
  onConnected(listener: () => void): () => void;
}

const signedOutCodes: readonly number[] = [CloseCode.Unauthorized, CloseCode.Forbidden];

function endOf(error: unknown): FeedEnd {
  if (error instanceof CloseEvent) return signedOutCodes.includes(error.code) ? 'signed-out' : 'lost';
  if (!Array.isArray(error)) return 'lost';
  const codes = error.map((each: { extensions?: { code?: unknown } }) => each.extensions?.code);
  if (codes.includes('UNAUTHENTICATED')) return 'signed-out';
  return codes.includes('INVALID_CURSOR') ? 'invalid-cursor' : 'lost';
}

/** Ends a socket that stopped answering pings, since a lost network may never close it. */
function createWatchedClient(url: string): Client {
  let pongTimer: ReturnType<typeof setTimeout> | undefined;
  const client = createClient({
    url,
    retryAttempts: 0,
    keepAlive: 10_000,
    on: {
      ping: (received) => {
        if (!received) pongTimer = setTimeout(() => client.terminate(), 5_000);
      },
      pong: (received) => {
        if (received) clearTimeout(pongTimer);
      },
      closed: () => clearTimeout(pongTimer),
    },
  });
  return client;
}

/** The account's feed over a WebSocket of the same origin. */
export function createWebSocketFeedSource(location: { protocol: string; host: string }): FeedSource {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  const client = createWatchedClient(`${scheme}://${location.host}/graphql`);
  const query = print(provisioningFeed);
  return {
    onConnected: (listener) => client.on('connected', listener),
    open(after, { onMessage, onEnd }) {
      let stopped = false;
      const end = (how: FeedEnd) => {
        if (!stopped) onEnd(how);
        stopped = true;
      };
      const unsubscribe = client.subscribe<ResultOf<typeof provisioningFeed>>(
        { query, variables: { after } },
        {
          next: ({ data, errors }) => {
            if (stopped) return;
            if (data) onMessage(data.provisioningEvents);
            else if (errors) end(endOf(errors));
          },
          error: (error) => end(endOf(error)),
          complete: () => end('lost'),
        },
      );
      return () => {
        stopped = true;
        unsubscribe();
      };
    },
  };
}

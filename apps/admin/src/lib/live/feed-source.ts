import { print } from 'graphql';
import { type Client, CloseCode, createClient } from 'graphql-ws';
import { graphql, type ResultOf } from '../graphql/graphql.ts';
import { eventFields } from './event-fragment.ts';

const streams = {
  /** Everything that happens in the account. */
  provisioningEvents: graphql(
    `
    subscription ProvisioningFeed($after: Cursor) {
      feed: provisioningEvents(after: $after) {
        cursor
        event { ...EventFields }
        gap { reason resumeAt }
      }
    }
  `,
    [eventFields],
  ),
  /** What moves somebody or a team in the org chart. */
  orgChartChanges: graphql(
    `
    subscription OrgChartFeed($after: Cursor) {
      feed: orgChartChanges(after: $after) {
        cursor
        event { ...EventFields }
        gap { reason resumeAt }
      }
    }
  `,
    [eventFields],
  ),
};

type StreamResult = ResultOf<(typeof streams)[keyof typeof streams]>;
export type FeedMessage = StreamResult['feed'];

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

/** The page's WebSocket to its own origin; it is ended when it stops answering pings, since a lost network may never close it. */
export function createFeedSocket(location: { protocol: string; host: string }): Client {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  let pongTimer: ReturnType<typeof setTimeout> | undefined;
  const client = createClient({
    url: `${scheme}://${location.host}/graphql`,
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

/** A stream of the account's events over the page's socket. */
export function createFeedSource(socket: Client, stream: keyof typeof streams): FeedSource {
  const query = print(streams[stream]);
  return {
    onConnected: (listener) => socket.on('connected', listener),
    open(after, { onMessage, onEnd }) {
      let stopped = false;
      const end = (how: FeedEnd) => {
        if (!stopped) onEnd(how);
        stopped = true;
      };
      const unsubscribe = socket.subscribe<StreamResult>(
        { query, variables: { after } },
        {
          next: ({ data, errors }) => {
            if (stopped) return;
            if (data) onMessage(data.feed);
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

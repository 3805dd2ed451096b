import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from 'graphql-ws';
import { z } from 'zod';

/** A program that follows the log, and comes back whatever happens. */
export interface Follower {
  /** The events that it was told of, by their ids, in the order in which they came. */
  readonly told: readonly string[];
  /** How often it was told that a part of the log may be missing. */
  readonly gaps: number;
  close(): Promise<void>;
}

const message = z.object({
  provisioningEvents: z.object({
    cursor: z.string(),
    event: z.object({ id: z.string() }).nullable(),
  }),
});

const query =
  'subscription ($after: Cursor) { provisioningEvents(after: $after) { cursor event { id } gap { reason } } }';

/** Follows the log of the token's account after a place. */
export function startFollower(origin: string, token: string, after: string): Follower {
  const told: string[] = [];
  let gaps = 0;
  const variables = { after };
  const client = createClient({
    url: `${origin.replace('http', 'ws')}/graphql`,
    connectionParams: { authorization: `Bearer ${token}` },
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: () => sleep(100),
    shouldRetry: () => true,
  });
  const following = (async () => {
    for await (const { data } of client.iterate({ query, variables })) {
      const { cursor, event } = message.parse(data).provisioningEvents;
      if (event === null) gaps += 1;
      else told.push(event.id);
      variables.after = cursor;
    }
  })();
  return {
    told,
    get gaps() {
      return gaps;
    },
    async close() {
      await client.dispose();
      await following;
    },
  };
}

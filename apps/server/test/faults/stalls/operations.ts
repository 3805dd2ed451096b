import { createClient } from 'graphql-ws';
import type { Note, Running } from './running.ts';

/** Operations over one WebSocket as fast as they are answered. */
export interface Operations {
  readonly kind: 'operations';
  readonly origin: string;
  readonly token: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** So many are on their way at once. */
  readonly atOnce: number;
}

export function operate(order: Operations, note: Note): Running {
  const { origin, token, query, variables, atOnce } = order;
  const client = createClient({
    url: `${origin.replace('http', 'ws')}/graphql`,
    connectionParams: { authorization: `Bearer ${token}` },
    retryAttempts: 0,
  });
  const first = Promise.withResolvers<void>();
  let isOver = false;
  const operateOnce = () =>
    new Promise<void>((resolve) => {
      const sink = {
        next: () => {
          note('answered');
          first.resolve();
        },
        error: resolve,
        complete: resolve,
      };
      client.subscribe({ query, variables }, sink);
    });
  const running = Array.from({ length: atOnce }, async () => {
    while (!isOver) await operateOnce();
  });
  return {
    on: first.promise,
    async stop() {
      isOver = true;
      await Promise.all(running);
      await client.dispose();
    },
  };
}

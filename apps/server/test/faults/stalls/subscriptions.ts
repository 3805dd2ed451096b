import { type LiveClient, liveClient } from '../../clients/live-client.ts';
import type { Note, Running } from './running.ts';

/** As many subscriptions as there may be, all of which are read. */
export interface Subscriptions {
  readonly kind: 'subscriptions';
  readonly origin: string;
  readonly tokens: readonly string[];
  readonly socketsPerToken: number;
  readonly subscriptionsPerSocket: number;
  /** After which cursor they begin; at least one event has come since. */
  readonly after: string;
  /** The type of the event after which a subscription has got all that it waits for. */
  readonly last: string;
}

export function follow(order: Subscriptions, note: Note): Running {
  const { origin, tokens, socketsPerToken, subscriptionsPerSocket, after, last } = order;
  const sockets = tokens.flatMap((token) =>
    Array.from({ length: socketsPerToken }, () => liveClient(origin, { token })),
  );
  const subscriptions = sockets.flatMap((live) =>
    Array.from({ length: subscriptionsPerSocket }, () => new Subscription(live, after, { note, last })),
  );
  return {
    on: Promise.all(subscriptions.map(({ first }) => first)),
    async stop() {
      await Promise.all(subscriptions.map(({ lastCame }) => lastCame));
      await Promise.all(sockets.map((live) => live.close()));
    },
  };
}

class Subscription {
  readonly #first = Promise.withResolvers<void>();
  readonly first = this.#first.promise;
  readonly lastCame: Promise<void>;

  constructor(live: LiveClient, after: string, until: { readonly note: Note; readonly last: string }) {
    this.lastCame = this.#read(live, after, until);
  }

  async #read(
    live: LiveClient,
    after: string,
    { note, last }: { readonly note: Note; readonly last: string },
  ): Promise<void> {
    for await (const { event } of live.events(after)) {
      this.#first.resolve();
      note('events');
      if (event?.type !== last) continue;
      note('subscriptions that got all');
      return;
    }
  }
}

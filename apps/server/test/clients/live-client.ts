import type { OutgoingHttpHeaders } from 'node:http';
import type { GraphQLFormattedError } from 'graphql';
import { type Client, createClient, type SubscribePayload } from 'graphql-ws';
import { z } from 'zod';

const MESSAGE = 'cursor event { type subject { id } } gap { reason }';

const messageSchema = z.object({
  provisioningEvents: z.object({
    cursor: z.string(),
    event: z.object({ type: z.string(), subject: z.object({ id: z.string() }) }).nullable(),
    gap: z.object({ reason: z.string() }).nullable(),
  }),
});

export type FeedMessage = z.infer<typeof messageSchema>['provisioningEvents'];

/** Where a WebSocket goes, and with which credential. */
export interface LiveOptions {
  readonly token?: string;
  readonly headers?: OutgoingHttpHeaders;
  /** What the connection is opened with besides. */
  readonly parameters?: Readonly<Record<string, unknown>>;
}

/** A WebSocket that speaks graphql-ws to the server. */
export interface LiveClient {
  /** Follows the account's events; ends with the socket. */
  events(after?: string): AsyncIterableIterator<FeedMessage>;
  /** Whatever one operation answers. */
  ask(query: string): Promise<unknown>;
  /** The errors of one operation, whether it was refused or executed. */
  send(payload: SubscribePayload): Promise<readonly GraphQLFormattedError[]>;
  /** How the socket was closed, once it was. */
  readonly closed: Promise<{ code: number; reason: string }>;
  close(): Promise<void>;
}

/** Opens a WebSocket to the server at the origin, and never a second one. */
export function liveClient(origin: string, { token, headers = {}, parameters }: LiveOptions): LiveClient {
  const closed = Promise.withResolvers<{ code: number; reason: string }>();
  const client: Client = createClient({
    url: `${origin.replace('http', 'ws')}/graphql`,
    webSocketImpl: webSocketWith(headers),
    connectionParams: { ...(token !== undefined && { authorization: `Bearer ${token}` }), ...parameters },
    retryAttempts: 0,
    lazy: false,
    onNonLazyError: () => undefined,
    on: {
      closed(event) {
        const { code, reason } = z.object({ code: z.number(), reason: z.string() }).parse(event);
        closed.resolve({ code, reason });
      },
    },
  });
  return {
    closed: closed.promise,
    events: (after) => following(client, after),
    async ask(query) {
      for await (const answer of client.iterate({ query })) return answer;
      throw new Error(`${query} was not answered`);
    },
    send: (payload) => errorsOf(client, payload),
    async close() {
      await client.dispose();
    },
  };
}

async function errorsOf(
  client: Client,
  payload: SubscribePayload,
): Promise<readonly GraphQLFormattedError[]> {
  const refused = Promise.withResolvers<readonly GraphQLFormattedError[]>();
  client.subscribe(payload, {
    next: ({ errors }) => refused.resolve(errors?.map((error) => error) ?? []),
    error: (errors) => (Array.isArray(errors) ? refused.resolve(errors) : refused.reject(errors)),
    complete: () => refused.resolve([]),
  });
  return refused.promise;
}

async function* following(client: Client, after?: string): AsyncGenerator<FeedMessage> {
  const query = `subscription ($after: Cursor) { provisioningEvents(after: $after) { ${MESSAGE} } }`;
  for await (const { data, errors } of client.iterate({ query, variables: { after } })) {
    if (errors !== undefined) throw new Error(`The feed was refused: ${JSON.stringify(errors)}`);
    yield messageSchema.parse(data).provisioningEvents;
  }
}

/** Node's WebSocket takes headers besides protocols, which its types do not tell; browsers set Origin and Cookie alone. */
const webSocketWith = (headers: OutgoingHttpHeaders) =>
  new Proxy(WebSocket, {
    construct: (target, [url, protocol]) =>
      Reflect.construct(target, [url, { protocols: [protocol], headers }]),
  });

import pg from 'pg';
import { Barrier } from './barrier.ts';
import { heartbeatOf } from './heartbeat.ts';

/** A connection that hears what is told on some channels. */
export interface ListenConnection {
  /** Whatever was told before this moment of `performance.now()` has arrived. */
  readonly provenAt: number;
  /** True once all is heard that was told before the call; false where the connection does not say so in time. */
  caughtUp(): Promise<boolean>;
  /** Settles when the connection is over, whoever ended it. */
  readonly over: Promise<void>;
  end(): void;
}

export interface ListenOptions {
  readonly url: string;
  readonly channels: readonly string[];
  readonly hear: (channel: string, payload: string) => void;
  /** Ends the connection, also while it is being opened. */
  readonly signal: AbortSignal;
}

/** How long it may take to connect, and then to hear the first proof. */
const OPEN_WITHIN_MS = 3000;

/**
 * Listens with a connection of its own. One whose far end is gone without a word is found out by its heartbeat, and ends.
 *
 * @throws Error when PostgreSQL can't be reached, or something in between passes no notices on
 */
export async function openListenConnection(options: ListenOptions): Promise<ListenConnection> {
  const { url, channels, hear, signal } = options;
  signal.throwIfAborted();
  const client = new pg.Client({
    connectionString: url,
    keepAlive: true,
    connectionTimeoutMillis: OPEN_WITHIN_MS,
  });
  const over = Promise.withResolvers<void>();
  const end = () => void client.connection.stream.destroy();
  const heartbeat = heartbeatOf(client, end);
  const barrier = new Barrier(() => client.query(''));
  client.on('notification', ({ channel, payload = '' }) => {
    if (channel === heartbeat.channel) heartbeat.hear(payload);
    else hear(channel, payload);
  });
  client.on('error', end);
  client.on('end', () => {
    heartbeat.stop();
    signal.removeEventListener('abort', end);
    over.resolve();
  });
  signal.addEventListener('abort', end);
  await client.connect();
  const tooLate = setTimeout(end, OPEN_WITHIN_MS);
  try {
    const listens = [heartbeat.channel, ...channels].map((name) => `LISTEN ${pg.escapeIdentifier(name)}`);
    // What is told here needs to outlive nothing: no beat waits for a disk, nor what is asked after it.
    await client.query(`SET synchronous_commit = off; ${listens.join('; ')}`);
    await Promise.race([heartbeat.start(), over.promise.then(() => Promise.reject(new Error(notHeard)))]);
  } catch (error) {
    end();
    throw error;
  } finally {
    clearTimeout(tooLate);
  }
  return {
    get provenAt() {
      return heartbeat.provenAt;
    },
    caughtUp: () => barrier.pass(),
    over: over.promise,
    end,
  };
}

const notHeard =
  'PostgreSQL did not pass a notice of this process back to it. The process has to reach PostgreSQL itself, not a pooler that lends connections for one transaction.';

import pg from 'pg';
import { PreparedNames } from './prepared.ts';
import { STATEMENT_TIMEOUT_SECONDS, withSessionSettings } from './session-settings.ts';
import { NoAnswer } from './unavailable.ts';

/** Hears of every statement that goes to PostgreSQL; the tests count with it. */
export type StatementObserver = (text: string) => void;

const timestampWithTimeZone = 1184;
const bigint = 20;

/** How long somebody waits for a connection, whether none is free or none can be made. */
const CONNECT_WITHIN_MS = 10_000;
/** Longer than PostgreSQL itself works on a statement: later there will be no answer. */
export const ANSWER_WITHIN_MS = (STATEMENT_TIMEOUT_SECONDS + 5) * 1000;

/** read_only_sql_transaction. */
const READ_ONLY = '25006';

export interface PoolOptions {
  readonly url: string;
  readonly max: number;
  /** How old a connection becomes, when it is not in use; without end, when left out. */
  readonly lastsSeconds?: number;
  /** May be added to and removed from at any time. */
  readonly observers: Set<StatementObserver>;
  /** When a statement without an answer ends its connection; never, while migrations take as long as they take. */
  answerWithinMs: number | undefined;
  /** Called with each new connection before anybody gets it; where it fails, nobody does. */
  readonly verify: (client: pg.ClientBase) => Promise<void>;
}

/**
 * A connection that prepares the statements worth it by their text, so that PostgreSQL plans a hot statement once per
 * connection instead of once per request; and that is given up when PostgreSQL falls silent.
 */
function preparingClient(options: PoolOptions): typeof pg.Client {
  const names = new PreparedNames();
  class PreparingClient extends pg.Client {
    #silence: NodeJS.Timeout | undefined;
    /** When the latest statement was sent, while it has no answer. */
    #askedAt: number | undefined;
    /** Was it told that it may not write? A session keeps what was set for it when it began. */
    wasReadOnly = false;

    constructor(config?: pg.ClientConfig) {
      super(config);
      // Also a connection beside the pool may be lost; whoever asked hears of it from the statement.
      this.on('error', () => undefined);
      this.connection.on('errorMessage', ({ code }: pg.DatabaseError) => {
        if (code === READ_ONLY) this.wasReadOnly = true;
      });
      // All that was asked is answered.
      this.on('drain', () => {
        this.#askedAt = undefined;
      });
      this.on('end', () => clearTimeout(this.#silence));
    }

    /** A timer for each statement would cost more than to look at the clock: one runs on from statement to statement. */
    #expectAnswer(): void {
      this.#askedAt = performance.now();
      if (this.#silence === undefined) this.#waitAtMost(options.answerWithinMs);
    }

    #waitAtMost(milliseconds: number | undefined): void {
      if (milliseconds === undefined) return;
      this.#silence = setTimeout(() => {
        this.#silence = undefined;
        if (this.#askedAt === undefined || options.answerWithinMs === undefined) return;
        const left = this.#askedAt + options.answerWithinMs - performance.now();
        if (left > 0) this.#waitAtMost(left);
        else this.connection.stream.destroy(new NoAnswer('PostgreSQL does not answer.'));
      }, milliseconds).unref();
    }

    // Kysely always calls query(text, values); every other form passes through untouched.
    // biome-ignore lint/suspicious/noExplicitAny: pg declares query() as a dozen overloads that no override can repeat
    override query(text: any, values?: any, callback?: any): any {
      this.#expectAnswer();
      if (typeof text !== 'string') return super.query(text, values, callback);
      for (const observe of options.observers) observe(text);
      if (!Array.isArray(values) || values.length === 0) return super.query(text, values, callback);
      const name = names.nameOf(text);
      return super.query({ name, text, values }, callback);
    }
  }
  return PreparingClient;
}

/** Opens a pool of connections. */
export function openPool(options: PoolOptions): pg.Pool {
  const { url, max, lastsSeconds = 0, verify } = options;
  const types = new pg.TypeOverrides();
  types.setTypeParser(timestampWithTimeZone, (text) => new Date(text));
  types.setTypeParser(bigint, Number);
  const pool = new pg.Pool({
    connectionString: withSessionSettings(url),
    max,
    maxLifetimeSeconds: lastsSeconds,
    types,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    Client: preparingClient(options),
    verify: (client, done) => void verify(client).then(() => done(), done),
  });
  // A connection that is lost is replaced when one is needed; unheard, the loss would end the process.
  pool.on('error', () => undefined);
  // The next one may find that the database takes writes again.
  pool.on('release', (_error, client) => {
    if ('wasReadOnly' in client && client.wasReadOnly) void client.end();
  });
  return pool;
}

/** Lends a connection that is nobody else's meanwhile. */
export async function withClient<Result>(
  pool: pg.Pool,
  use: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  try {
    return await use(client);
  } finally {
    client.release();
  }
}

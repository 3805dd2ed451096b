import pg from 'pg';
import { PreparedNames } from './prepared.ts';
import { withSessionSettings } from './session-settings.ts';

/** Hears of every statement that goes to PostgreSQL; the tests count with it. */
export type StatementObserver = (text: string) => void;

const timestampWithTimeZone = 1184;
const bigint = 20;

/**
 * A connection that prepares the statements worth it by their text, so that PostgreSQL plans a hot statement once per
 * connection instead of once per request.
 */
function preparingClient(observers: Set<StatementObserver>): typeof pg.Client {
  const names = new PreparedNames();
  class PreparingClient extends pg.Client {
    // Kysely always calls query(text, values); every other form passes through untouched.
    // biome-ignore lint/suspicious/noExplicitAny: pg declares query() as a dozen overloads that no override can repeat
    override query(text: any, values?: any, callback?: any): any {
      if (typeof text !== 'string') return super.query(text, values, callback);
      for (const observe of observers) observe(text);
      if (!Array.isArray(values) || values.length === 0) return super.query(text, values, callback);
      const name = names.nameOf(text);
      return super.query({ name, text, values }, callback);
    }
  }
  return PreparingClient;
}

export interface PoolOptions {
  readonly url: string;
  readonly max: number;
  /** May be added to and removed from at any time. */
  readonly observers: Set<StatementObserver>;
  /** Called with each new connection before anybody gets it; where it fails, nobody does. */
  readonly verify: (client: pg.ClientBase) => Promise<void>;
}

/** Opens a pool of connections. */
export function openPool({ url, max, observers, verify }: PoolOptions): pg.Pool {
  const types = new pg.TypeOverrides();
  types.setTypeParser(timestampWithTimeZone, (text) => new Date(text));
  types.setTypeParser(bigint, Number);
  const pool = new pg.Pool({
    connectionString: withSessionSettings(url),
    max,
    types,
    Client: preparingClient(observers),
    verify: (client, done) => void verify(client).then(() => done(), done),
  });
  // A connection that is lost is replaced when one is needed, and whoever used it hears of it from their statement;
  // unheard, the loss would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => void client.on('error', () => undefined));
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

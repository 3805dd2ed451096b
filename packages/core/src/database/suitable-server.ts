import type pg from 'pg';
import { settingsArrived, takesNoWrites } from './session-settings.ts';

/** The database that the server was given is none to work on; the message names the variable and the way out. */
export class UnsuitableDatabase extends Error {
  override readonly name = 'UnsuitableDatabase';
}

/**
 * Sees that the pool leads to a server to work on: not to nobody, a pooler that lends sessions, a replica, or what takes no
 * writes.
 *
 * @throws UnsuitableDatabase
 */
export async function assertSuitable(pool: pg.Pool, url: string): Promise<void> {
  const { rows } = await pool.query<Found>(found).catch((cause: unknown) => {
    throw new UnsuitableDatabase(refusesSettings(cause) ? poolerInBetween : notLetIn(url, cause), { cause });
  });
  if (rows[0]?.arrived !== true) throw new UnsuitableDatabase(poolerInBetween);
  if (rows[0].is_replica) throw new UnsuitableDatabase(replica);
  if (rows[0].is_read_only) throw new UnsuitableDatabase(readOnly);
}

interface Found {
  readonly arrived: boolean;
  readonly is_replica: boolean;
  readonly is_read_only: boolean;
}

const found = `SELECT ${settingsArrived} AS arrived, pg_is_in_recovery() AS is_replica, ${takesNoWrites} AS is_read_only`;

/** protocol_violation: what PgBouncer answers to settings that it does not know. */
const refusesSettings = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '08P01';

/** Where it was looked for, without the password. */
function notLetIn(url: string, error: unknown): string {
  const { hostname, port, pathname, searchParams } = new URL(url);
  const place = `${searchParams.get('host') ?? hostname}:${port || 5432}${pathname}`;
  return `DATABASE_URL leads to ${place}, where the server is not let in (${reasonOf(error)}). See that PostgreSQL runs there and has the database, and that user and password are right, as in postgres://user:password@localhost:5432/rollcall.`;
}

/** Where a name has several addresses, Node has an error without words for all of them. */
const reasonOf = (error: unknown): string => {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join(', ');
  return error instanceof Error ? error.message : String(error);
};

const poolerInBetween =
  'DATABASE_URL leads to a pooler, such as PgBouncer, that does not keep a session with its settings and notices. Give the address of PostgreSQL itself: the server pools its own connections (DATABASE_POOL_SIZE).';

const replica =
  'DATABASE_URL leads to a replica, or to a server that is still recovering: it takes no writes. Give the address of the primary, or promote the replica first (docs/guides/backup.md).';

const readOnly =
  'DATABASE_URL leads to a database that takes no writes: default_transaction_read_only is on, for the server, the database or the role. Put an end to why it was set, such as a disk that was full, and set it to off (ALTER SYSTEM, ALTER DATABASE or ALTER ROLE … RESET default_transaction_read_only).';

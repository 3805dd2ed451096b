import type pg from 'pg';
import { settingsArrived, takesNoWrites } from './session-settings.ts';

/** Throws when what the pool leads to is no server to work on: a pooler that lends sessions, a replica, or what takes no writes. */
export async function assertSuitable(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<Found>(found).catch((error: unknown) => {
    throw refusesSettings(error) ? new Error(poolerInBetween, { cause: error }) : error;
  });
  if (rows[0]?.arrived !== true) throw new Error(poolerInBetween);
  if (rows[0].is_replica) throw new Error(replica);
  if (rows[0].is_read_only) throw new Error(readOnly);
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

const poolerInBetween =
  'DATABASE_URL leads to a pooler, such as PgBouncer, that does not keep a session with its settings and notices. Give the address of PostgreSQL itself: the server pools its own connections (DATABASE_POOL_SIZE).';

const replica =
  'DATABASE_URL leads to a replica, or to a server that is still recovering: it takes no writes. Give the address of the primary, or promote the replica first (docs/guides/backup.md).';

const readOnly =
  'DATABASE_URL leads to a database that takes no writes: default_transaction_read_only is on, for the server, the database or the role. Put an end to why it was set, such as a disk that was full, and set it to off (ALTER SYSTEM, ALTER DATABASE or ALTER ROLE … RESET default_transaction_read_only).';

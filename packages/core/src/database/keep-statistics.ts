import { type RawBuilder, sql } from 'kysely';
import type { Logger } from 'pino';
import type { Database, Sql } from './database.ts';
import type { Notifications } from './notifications.ts';

/** Writing that is told within this time leads to one look. */
const PAUSE_MS = 1000;
/** Of fewer rows any plan is good. */
const FEW_ROWS = 50;

/**
 * Counts a table anew when its rows have doubled since it was counted, and at the start. Statements are planned from those
 * counts and the plans are kept, but PostgreSQL looks once a minute as it is installed: a fresh database is filled with
 * plans made for empty tables until then. `channel` tells of writing. The function that is answered ends it.
 */
export function keepStatistics(
  database: Database,
  notifications: Notifications,
  { channel, log }: { readonly channel: string; readonly log: Logger },
): () => Promise<void> {
  let isClosing = false;
  let timer: NodeJS.Timeout | undefined;
  let running = look();

  async function look(): Promise<void> {
    try {
      for (const table of await grownTables(database.sql)) if (!isClosing) await count(database.sql, table);
    } catch (error) {
      log.warn({ err: error }, 'The tables could not be counted.');
    }
  }

  const stopHearing = notifications.on(channel, () => {
    timer ??= setTimeout(() => {
      running = running.then(look).finally(() => {
        timer = undefined;
      });
    }, PAUSE_MS).unref();
  });
  return async () => {
    isClosing = true;
    stopHearing();
    clearTimeout(timer);
    await running;
  };
}

/**
 * Tables of which at least half the rows were written since they were counted. How many there were then is not asked of
 * `reltuples`: a VACUUM moves that on too, and leaves the columns uncounted.
 */
async function grownTables(db: Sql): Promise<string[]> {
  const statement: RawBuilder<{ name: string }> = sql`
    SELECT s.relname AS name FROM pg_stat_user_tables s
    WHERE s.schemaname = current_schema() AND s.n_mod_since_analyze > ${FEW_ROWS}
      AND s.n_mod_since_analyze * 2 >= s.n_live_tup
    ORDER BY s.n_mod_since_analyze`;
  return (await statement.execute(db)).rows.map(({ name }) => name);
}

/** A table that is being counted already is left alone. */
const count = (db: Sql, table: string): Promise<unknown> =>
  sql`ANALYZE (SKIP_LOCKED) ${sql.table(table)}`.execute(db);

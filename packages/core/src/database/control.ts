import type { PostgresClientConstructor } from 'kysely';
import type pg from 'pg';
import { openPool } from './pool.ts';

/** A statement without an answer for so long ends the connection; the next one goes over another. */
const GIVE_UP_MS = 3000;

/** A new session knows what ALTER ROLE and ALTER DATABASE have set since, and this is how old one becomes at most. */
const SESSION_LASTS_SECONDS = 10;

/** One connection for what may not wait for those of requests; it is there only while it is of use. */
export const openControl = (url: string): pg.Pool =>
  openPool({
    url,
    max: 1,
    lastsSeconds: SESSION_LASTS_SECONDS,
    observers: new Set(),
    answerWithinMs: GIVE_UP_MS,
    verify: async () => undefined,
  });

/**
 * Lets Kysely cancel over that connection. By itself it opens a session for each cancel, which costs PostgreSQL a process
 * and both sides a handshake: clients that hang up all the time would slow everybody.
 */
export function controlClientOf(control: pg.Pool): PostgresClientConstructor {
  return class {
    #lent: pg.PoolClient | undefined;

    async connect() {
      this.#lent = await control.connect();
      return this;
    }

    // biome-ignore lint/suspicious/noExplicitAny: Kysely declares query() as overloads that no method can repeat
    query(text: any, values?: any): any {
      return this.#lent?.query(text, values);
    }

    end() {
      this.#lent?.release();
    }
  };
}

import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../database/database.ts';

/** A stream that is this process's for a while. */
export interface DueStream {
  readonly account_id: string;
  readonly sign_in_connection_id: string;
  readonly poll_url: string;
  readonly poll_credential: string;
  readonly failed_polls: number;
}

const AT_ONCE = sql.lit(8);
/** For how long a stream belongs to the process that took it: longer than all rounds of a transmitter that is slow take. */
const OURS_FOR = sql.lit('10 minutes');
/** How often a transmitter is asked; and how seldom one that can not be. */
const EVERY_SECONDS = sql.lit(15);
const LONGEST_PAUSE_SECONDS = sql.lit(3600);

/** Takes streams that are due, which no other process has at the moment. */
export async function takeDueStreams(db: Sql): Promise<DueStream[]> {
  const statement: RawBuilder<DueStream> = sql`
    UPDATE signal_streams SET next_poll_at = now() + interval ${OURS_FOR}
    WHERE (account_id, sign_in_connection_id) IN (
      SELECT s.account_id, s.sign_in_connection_id FROM signal_streams s WHERE s.next_poll_at <= now()
      ORDER BY s.next_poll_at LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED)
    RETURNING account_id, sign_in_connection_id, poll_url, poll_credential, failed_polls`;
  return (await statement.execute(db)).rows;
}

/** In how many milliseconds the next stream is due; a long time where there is none. */
export async function untilNextPoll(db: Sql): Promise<number> {
  const statement: RawBuilder<{ ms: number | null }> = sql`
    SELECT ceil(extract(epoch FROM min(next_poll_at) - now()) * 1000)::float8 AS ms FROM signal_streams`;
  const ms = (await statement.execute(db)).rows[0]?.ms ?? Number.POSITIVE_INFINITY;
  return Math.max(0, ms);
}

/** Gives a stream back that was fetched, unless it was set up anew meanwhile. */
export async function notePolled(db: Sql, stream: DueStream): Promise<void> {
  await sql`UPDATE signal_streams SET failed_polls = 0, next_poll_at = now() + make_interval(secs => ${EVERY_SECONDS}),
      problem = CASE WHEN failed_polls = 0 THEN problem END
    WHERE ${isAsTaken(stream)}`.execute(db);
}

/** Gives a stream back that could not be fetched: it waits for longer each time, up to an hour. */
export async function noteFailedPoll(db: Sql, stream: DueStream, problem: string): Promise<void> {
  await sql`UPDATE signal_streams SET failed_polls = failed_polls + 1, problem = ${problem}, next_poll_at = now() +
      make_interval(secs => least(${LONGEST_PAUSE_SECONDS}, ${EVERY_SECONDS} * 2 ^ least(failed_polls, 9)))
    WHERE ${isAsTaken(stream)}`.execute(db);
}

const isAsTaken = ({ account_id, sign_in_connection_id, poll_url, poll_credential }: DueStream) =>
  sql`account_id = ${account_id}::uuid AND sign_in_connection_id = ${sign_in_connection_id}::uuid
    AND poll_url = ${poll_url} AND poll_credential = ${poll_credential}`;

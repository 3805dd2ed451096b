import { type RawBuilder, sql } from 'kysely';
import type { Database, Sql } from '../database/database.ts';

/** A job that somebody has to carry on. */
export interface RunningJob {
  readonly account_id: string;
  readonly id: string;
}

/** What a slice came to: something is left, all is done, another process has it, or it was over before. */
export type SliceOutcome = 'MORE' | 'DONE' | 'ELSEWHERE' | 'OVER';

/** Long work that is done in slices, each in a transaction of its own, and taken up where a process has left it. */
export interface JobKind {
  /** What it is called in the log of the process. */
  readonly name: string;
  /** On this channel every process hears that there is one to do. */
  readonly channel: string;
  /** Every one that runs, oldest first; one statement. */
  running(db: Sql): Promise<readonly RunningJob[]>;
  /** Does the next part and notes how far it came, in one transaction. */
  slice(database: Database, job: RunningJob): Promise<SliceOutcome>;
}

/** Is no other process at this job? Then none will be until the transaction ends. */
export async function claimJob(db: Sql, id: string): Promise<boolean> {
  const statement: RawBuilder<{ claimed: boolean }> = sql`
    SELECT pg_try_advisory_xact_lock(hashtextextended(concat('job ', ${id}::text), 0)) AS claimed`;
  return (await statement.execute(db)).rows[0]?.claimed ?? false;
}

import { sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import { signInLimits } from '../passwords/sign-in-limits.ts';
import type { Attempt } from './sign-in-attempts.ts';

/** What is told of an attempt with a wrong password. */
export interface FailedAttempt {
  readonly attempt: Attempt;
  readonly address: string | undefined;
  readonly requestId: string;
  /** What was wrong, where it was not the password. */
  readonly factor?: { readonly factor: string; readonly isCopy: boolean };
}

/**
 * Tells the accounts of an attempt that failed, as an event about each person who was meant. Of many attempts the first
 * ones and each doubling are told, so that whoever guesses can't fill the log.
 *
 * Where nobody was meant it costs the same, so that the time taken does not tell.
 */
export async function tellFailedAttempt(
  db: Sql,
  people: readonly { readonly account_id: string; readonly user_id: string }[],
  { attempt, address, requestId, factor }: FailedAttempt,
): Promise<void> {
  const { bucket, count } = attempt;
  const meant = isTold(count) ? people : [];
  const changes = [
    { field: 'address', before: null, after: address ?? null },
    { field: 'attempts', before: null, after: count },
    { field: 'secondFactor', before: null, after: factor?.factor ?? null },
    // The passkey counted fewer uses than before: somebody has a copy of it.
    { field: 'copied', before: null, after: factor?.isCopy === true ? true : null },
  ].filter(({ after }) => after !== null);
  await sql`WITH told AS (
      INSERT INTO events (account_id, type, subject_type, subject_id, subject_label, changes, actor_kind, actor_name, request_id)
      SELECT u.account_id, 'USER_SIGN_IN_FAILED', 'USER', u.id, coalesce(u.display_name, u.user_name),
        ${JSON.stringify(changes)}::jsonb, 'SYSTEM', 'Sign-in', ${requestId}
      FROM unnest(${meant.map(({ account_id }) => account_id)}::uuid[], ${meant.map(({ user_id }) => user_id)}::uuid[])
        AS m (account_id, id) JOIN users u ON u.account_id = m.account_id AND u.id = m.id)
    UPDATE sign_in_attempts SET count = count WHERE bucket = ${bucket}`.execute(db);
}

/** Of many that are alike these are told: 1 to 5, 10, 20, 40, … */
export function isTold(count: number): boolean {
  const doublings = Math.log2(count / signInLimits.freeAttempts);
  return count <= signInLimits.freeAttempts || Number.isInteger(doublings);
}

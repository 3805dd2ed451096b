import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import { hashPassword, verifyPassword } from '../passwords/password.ts';
import { signInLimits } from '../passwords/sign-in-limits.ts';

/** Somebody who may be meant: of that name, active, with a password. */
export interface Candidate {
  readonly account_id: string;
  readonly account_name: string;
  readonly user_id: string;
  readonly digest: string;
}

/**
 * Those of a name, of one account or of all: somebody may be in several, and has a password of their own in each. Those
 * where they signed in last come first.
 */
export async function findCandidates(
  db: Sql,
  email: string,
  accountId: string | null | undefined,
): Promise<Candidate[]> {
  const within = accountId == null ? sql`` : sql`AND u.account_id = ${accountId}::uuid`;
  const statement: RawBuilder<Candidate> = sql`SELECT u.account_id, a.name AS account_name, u.id AS user_id, u.password_digest AS digest
    FROM users u JOIN accounts a ON a.id = u.account_id
    WHERE fold(u.user_name) = fold(${email}::text) AND u.password_digest IS NOT NULL AND u.status = 'ACTIVE' ${within}
    ORDER BY (SELECT max(s.created_at) FROM sessions s WHERE s.account_id = u.account_id AND s.user_id = u.id) DESC NULLS LAST,
      u.account_id LIMIT ${signInLimits.maxAccounts}`;
  const { rows } = await statement.execute(db);
  return rows;
}

/** Checked when nobody answers to the name, so that the time taken does not tell. */
const nobody = hashPassword('the password of nobody');

/** Those whose password it is. They are checked one after the other, so that nobody's many accounts hold up the rest. */
export async function whosePassword(
  candidates: readonly Candidate[],
  password: string,
): Promise<Candidate[]> {
  const right: Candidate[] = [];
  if (candidates.length === 0) await verifyPassword(await nobody, password);
  for (const candidate of candidates) {
    if (await verifyPassword(candidate.digest, password)) right.push(candidate);
  }
  return right;
}

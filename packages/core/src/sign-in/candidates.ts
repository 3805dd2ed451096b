import { type NotNull, sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import { hashPassword, verifyPassword } from '../passwords/password.ts';
import { signInLimits } from '../passwords/sign-in-limits.ts';
import { signsInHere } from '../strict-profile/managed-by.ts';

/** Somebody who may be meant: of that name, active, with a password that counts. */
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
  return db
    .selectFrom('users as u')
    .innerJoin('accounts as a', 'a.id', 'u.account_id')
    .select(['u.account_id', 'a.name as account_name', 'u.id as user_id', 'u.password_digest as digest'])
    .where((u) => u(u.fn('fold', ['u.user_name']), '=', sql`fold(${email}::text)`))
    .where('u.password_digest', 'is not', null)
    .where('u.status', '=', 'ACTIVE')
    .where(signsInHere)
    .$if(accountId != null, (those) => those.where('u.account_id', '=', accountId ?? ''))
    .orderBy(
      (u) =>
        u
          .selectFrom('sessions as s')
          .select((s) => s.fn.max('s.created_at').as('last_sign_in'))
          .whereRef('s.account_id', '=', 'u.account_id')
          .whereRef('s.user_id', '=', 'u.id'),
      (last) => last.desc().nullsLast(),
    )
    .orderBy('u.account_id')
    .limit(signInLimits.maxAccounts)
    .$narrowType<{ digest: NotNull }>()
    .execute();
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

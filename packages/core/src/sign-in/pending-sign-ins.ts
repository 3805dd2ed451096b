import { sql } from 'kysely';
import { digestOf, newSecret, type ParsedSecret, parseSecret } from '../authorization/secret.ts';
import type { Sql } from '../database/database.ts';
import { DomainError } from '../errors/domain-error.ts';
import type { SecondFactorName } from '../model/second-factor.entities.ts';
import type { User } from '../model/user.entity.ts';
import { secondFactorLimits } from '../second-factors/second-factor-limits.ts';
import { newId } from '../text/uuid.ts';

/** A sign-in whose password was right, and that is no session yet. */
export interface PendingSignIn {
  /** Good once, for this alone. */
  readonly secret: string;
  readonly expiresInSeconds: number;
  /** By what it goes on; by a second factor that is yet to be set up, where there is none. */
  readonly secondFactors: readonly SecondFactorName[];
}

const { pendingSeconds, maxAttempts } = secondFactorLimits;

/** Remembers that the password of a person, who is held, was right; and forgets some of whom that came to nothing. */
export async function beginPendingSignIn(
  db: Sql,
  person: User,
  secondFactors: readonly SecondFactorName[],
): Promise<PendingSignIn> {
  const { accountId, id: userId } = person;
  const id = newId();
  const { secret, digest } = newSecret('pending', id);
  await sql`WITH forgotten AS (
      DELETE FROM pending_sign_ins WHERE id IN (
        SELECT f.id FROM pending_sign_ins f WHERE f.expires_at < now()
        ORDER BY f.expires_at LIMIT 10 FOR UPDATE SKIP LOCKED))
    INSERT INTO pending_sign_ins (account_id, id, user_id, digest, password_mark, expires_at)
    VALUES (${accountId}::uuid, ${id}::uuid, ${userId}::uuid, ${digest}, ${passwordMark(person)},
      now() + make_interval(secs => ${pendingSeconds}))`.execute(db);
  return { secret, expiresInSeconds: pendingSeconds, secondFactors };
}

/** Changes with the password. */
const passwordMark = ({ passwordDigest }: Pick<User, 'passwordDigest'>): string =>
  digestOf(passwordDigest ?? '');

/** Whose sign-in it is. */
export interface PendingPerson {
  readonly accountId: string;
  readonly userId: string;
  readonly secret: ParsedSecret;
}

/**
 * Whose sign-in it is, while it is good: with another password it is not, so that no attempt of whoever knew the one before counts.
 *
 * @throws DomainError SIGN_IN_FAILED
 */
export async function glanceAtPendingSignIn(db: Sql, text: string): Promise<PendingPerson> {
  const secret = parseSecret(text);
  if (secret?.kind !== 'pending') throw pendingIsOver();
  const pending = await db
    .selectFrom('pending_sign_ins as p')
    .innerJoin('users as u', (join) =>
      join.onRef('u.account_id', '=', 'p.account_id').onRef('u.id', '=', 'p.user_id'),
    )
    .select(['p.account_id as accountId', 'p.user_id as userId', 'p.password_mark as mark'])
    .select('u.password_digest as passwordDigest')
    .where('p.id', '=', secret.id)
    .where('p.digest', '=', secret.digest)
    .where('p.expires_at', '>', sql<Date>`now()`)
    .where('p.attempts', '<', maxAttempts)
    .executeTakeFirst();
  if (pending === undefined || pending.mark !== passwordMark(pending)) throw pendingIsOver();
  const { accountId, userId } = pending;
  return { accountId, userId, secret };
}

/** Counts that a second factor is shown, before it is looked at. @throws DomainError SIGN_IN_FAILED */
export async function countShown(db: Sql, { accountId, secret: { id } }: PendingPerson): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('pending_sign_ins')
    .set((pending) => ({ attempts: pending('attempts', '+', 1) }))
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .where('attempts', '<', maxAttempts)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw pendingIsOver();
}

/**
 * Takes away the sign-in of a person who is held: it is good once, and only while they are active and have the same password.
 *
 * @throws DomainError SIGN_IN_FAILED
 */
export async function takePendingSignIn(
  db: Sql,
  { accountId, userId, secret: { id } }: PendingPerson,
  person: User | undefined,
): Promise<User> {
  const taken = await db
    .deleteFrom('pending_sign_ins')
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .where('expires_at', '>', sql<Date>`now()`)
    .returning('password_mark as mark')
    .executeTakeFirst();
  if (person?.status !== 'ACTIVE' || taken?.mark !== passwordMark(person)) throw pendingIsOver();
  return person;
}

const pendingIsOver = (): DomainError =>
  new DomainError(
    'SIGN_IN_FAILED',
    'pendingSecret: is no longer good. Between the password and the second factor there are ten minutes and five attempts, in one browser. Begin again with your password.',
    { field: 'pendingSecret' },
  );

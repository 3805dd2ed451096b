import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import type { Work } from '../database/work.ts';
import { DomainError, invalidInput } from '../errors.ts';
import type { Authorship } from '../events/event.ts';
import { recordEvent } from '../events/record-events.ts';
import { newSecret } from '../tokens/secret.ts';
import { isUuid, newId } from '../uuid.ts';
import { CREDENTIALS_CHANNEL } from './end-access.ts';
import { hashPassword, verifyPassword } from './password.ts';
import { Session } from './session.entity.ts';

export interface SignInRequest {
  email: string;
  password: string;
  accountId?: string | null;
}

/** A session and, this once, its secret. */
export interface StartedSession {
  readonly session: Session;
  readonly secret: string;
  readonly userId: string;
  readonly accountId: string;
}

/** Seven days. */
const SESSION_MS = 7 * 24 * 60 * 60 * 1000;

interface Candidate {
  readonly account_id: string;
  readonly account_name: string;
  readonly user_id: string;
  readonly label: string;
  readonly digest: string;
}

/**
 * Signs a person in by userName and password. Throws SIGN_IN_FAILED, without saying which of the two was wrong, and
 * ACCOUNT_CHOICE_REQUIRED when the same pair is right in several accounts.
 */
export async function signIn(
  work: Work,
  db: Sql,
  request: SignInRequest,
  requestId: string,
): Promise<StartedSession> {
  if (request.accountId != null && !isUuid(request.accountId))
    throw invalidInput('accountId', 'is not the id of an account.');
  const right = await matchingCandidates(db, request);
  const [person, ...others] = right;
  if (person === undefined) throw signInFailed();
  if (others.length > 0) throw chooseAccount(right);
  const accountId = person.account_id;
  const actor = { kind: 'USER', id: person.user_id, name: person.label } as const;
  const authorship: Authorship = { accountId, actor, connectionId: null, requestId };
  const id = newId();
  const { secret, digest } = newSecret('session', id);
  const session = await work.transaction(async ({ em, sql: tx }) => {
    const expiresAt = new Date(Date.now() + SESSION_MS);
    const started = em.create(Session, {
      accountId,
      id,
      userId: person.user_id,
      digest,
      expiresAt,
      createdAt: new Date(),
    });
    await em.flush();
    const subject = { type: 'USER', id: person.user_id, label: person.label } as const;
    await recordEvent(authorship, { type: 'USER_SIGNED_IN', subject }).execute(tx);
    return started;
  });
  return { session, secret, userId: person.user_id, accountId };
}

/** Ends the session of the viewer. */
export async function signOut(work: Work, authorship: Authorship, sessionId: string): Promise<void> {
  const { accountId, actor } = authorship;
  await work.transaction(async ({ em, sql: tx }) => {
    await em.nativeDelete(Session, { accountId, id: sessionId });
    if (actor.id !== null) {
      const subject = { type: 'USER', id: actor.id, label: actor.name } as const;
      await recordEvent(authorship, { type: 'USER_SIGNED_OUT', subject }).execute(tx);
    }
    await sql`SELECT pg_notify(${CREDENTIALS_CHANNEL}, ${sessionId})`.execute(tx);
  });
}

// Somebody may be in several accounts, and has a password of their own in each.
async function matchingCandidates(
  db: Sql,
  { email, password, accountId }: SignInRequest,
): Promise<Candidate[]> {
  const within = accountId == null ? sql`` : sql`AND u.account_id = ${accountId}::uuid`;
  const statement: RawBuilder<Candidate> = sql`SELECT u.account_id, a.name AS account_name, u.id AS user_id,
      coalesce(u.display_name, u.user_name) AS label, u.password_digest AS digest
    FROM users u JOIN accounts a ON a.id = u.account_id
    WHERE lower(u.user_name) = lower(${email.trim()}::text) AND u.password_digest IS NOT NULL AND u.status = 'ACTIVE' ${within}
    ORDER BY u.account_id LIMIT ${MAX_CANDIDATES}`;
  const { rows } = await statement.execute(db);
  const checked = rows.length > 0 ? rows : [nobody];
  const verdicts = await Promise.all(checked.map(async (row) => verifyPassword(await row.digest, password)));
  return rows.filter((_, index) => verdicts[index]);
}

const MAX_CANDIDATES = 10;

/** Checked when nobody answers to the name, so that the time taken does not tell. */
const nobody = { digest: hashPassword('the password of nobody') };

const signInFailed = (): DomainError =>
  new DomainError(
    'SIGN_IN_FAILED',
    'E-mail and password do not belong to an active person. Check both, or ask your admin.',
  );

const chooseAccount = (candidates: readonly Candidate[]): DomainError =>
  new DomainError('ACCOUNT_CHOICE_REQUIRED', 'You belong to several accounts. Choose one.', {
    field: 'accountId',
    accounts: candidates.map(({ account_id, account_name }) => ({ id: account_id, name: account_name })),
  });

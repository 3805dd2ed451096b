import { type RawBuilder, sql } from 'kysely';
import type { UserViewer } from '../authorization/viewer.ts';
import type { Sql } from '../database/database.ts';
import type { TransactionScope, Work } from '../database/work.ts';
import { DomainError, invalidInput } from '../errors.ts';
import type { Authorship } from '../events/event.ts';
import { recordEvent } from '../events/record-events.ts';
import { hold } from '../holds/hold.ts';
import { newSecret } from '../tokens/secret.ts';
import { stampPeople } from '../users/stamp-people.ts';
import type { User } from '../users/user.entity.ts';
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
  return beginSession(work, person, requestId);
}

/** Begins the session of somebody whose password was right, unless they or the password changed since it was checked. */
async function beginSession(
  work: Work,
  { account_id: accountId, user_id: userId, digest: checked }: Candidate,
  requestId: string,
): Promise<StartedSession> {
  const id = newId();
  const { secret, digest } = newSecret('session', id);
  const session = await work.transaction(async (scope) => {
    const person = (await hold(scope, accountId, { people: [userId] })).findPerson(userId);
    if (person?.status !== 'ACTIVE' || person.passwordDigest !== checked) throw signInFailed();
    const expiresAt = new Date(Date.now() + SESSION_MS);
    const started = scope.em.create(Session, {
      accountId,
      id,
      userId,
      digest,
      expiresAt,
      createdAt: new Date(),
    });
    await scope.em.flush();
    await tell(scope, 'USER_SIGNED_IN', person, { accountId, connectionId: null, requestId });
    return started;
  });
  return { session, secret, userId, accountId };
}

/** Ends the session of the viewer. */
export async function signOut(
  work: Work,
  authorship: Authorship,
  { userId, sessionId }: UserViewer,
): Promise<void> {
  const { accountId } = authorship;
  await work.transaction(async (scope) => {
    const person = (await hold(scope, accountId, { people: [userId] })).findPerson(userId);
    const ended = await scope.em.nativeDelete(Session, { accountId, id: sessionId });
    if (ended === 0 || person === undefined) return;
    await tell(scope, 'USER_SIGNED_OUT', person, authorship);
    await sql`SELECT pg_notify(${CREDENTIALS_CHANNEL}, ${sessionId})`.execute(scope.sql);
  });
}

/** Logs what somebody did themselves. */
async function tell(
  { sql: db }: TransactionScope,
  type: 'USER_SIGNED_IN' | 'USER_SIGNED_OUT',
  { accountId, id, displayName, userName }: User,
  request: Omit<Authorship, 'actor'>,
): Promise<void> {
  const name = displayName ?? userName;
  await stampPeople(accountId, [id]).execute(db);
  const authorship = { ...request, actor: { kind: 'USER', id, name } } as const;
  await recordEvent(authorship, { type, subject: { type: 'USER', id, label: name } }).execute(db);
}

// Somebody may be in several accounts, and has a password of their own in each.
async function matchingCandidates(
  db: Sql,
  { email, password, accountId }: SignInRequest,
): Promise<Candidate[]> {
  const within = accountId == null ? sql`` : sql`AND u.account_id = ${accountId}::uuid`;
  const statement: RawBuilder<Candidate> = sql`SELECT u.account_id, a.name AS account_name, u.id AS user_id, u.password_digest AS digest
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

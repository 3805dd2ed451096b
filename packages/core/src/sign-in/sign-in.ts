import { sql } from 'kysely';
import { effectivePermissions } from '../authorization/effective-permissions.ts';
import { CREDENTIALS_CHANNEL } from '../authorization/end-access.ts';
import { isPermission } from '../authorization/permissions.ts';
import { newSecret } from '../authorization/secret.ts';
import type { UserViewer } from '../authorization/viewer.ts';
import type { Sql } from '../database/database.ts';
import type { TransactionScope, Work } from '../database/work.ts';
import { DomainError, invalidInput } from '../errors/domain-error.ts';
import { recordEvent } from '../events/record-events.ts';
import { hold } from '../holds/hold.ts';
import type { Actor, Authorship } from '../model/event.ts';
import { Session } from '../model/session.entity.ts';
import type { User } from '../model/user.entity.ts';
import type { SessionRecord } from '../sessions/find-sessions.ts';
import { checkSize, MAX_TEXT_LENGTH, orNone } from '../text/text-rules.ts';
import { isUuid, newId } from '../text/uuid.ts';
import { stampPeople } from '../users/stamp-people.ts';
import { type Candidate, findCandidates, whosePassword } from './candidates.ts';
import { beginAttempt, forgiveAttempt, rememberAddress, type SignInClaimant } from './sign-in-attempts.ts';
import { tellFailedAttempt } from './tell-failed-attempt.ts';

export interface SignInRequest {
  email: string;
  password: string;
  accountId?: string | null;
}

/** A session and, this once, its secret. */
export interface StartedSession {
  readonly session: SessionRecord;
  readonly secret: string;
  /** Who they are from now on. */
  readonly viewer: UserViewer;
}

/** Seven days. */
const SESSION_MS = 7 * 24 * 60 * 60 * 1000;

/** Browsers say of themselves in less what they are. */
const MAX_USER_AGENT = 512;

/** By whom, and how, somebody is signed in. */
export interface SignInScope {
  readonly work: Work;
  /** Writes at once, whatever becomes of the request: attempts count in rehearsals and when they fail. */
  readonly attempts: Sql;
  readonly requestId: string;
  readonly address: string | undefined;
  /** What the browser says of itself. */
  readonly userAgent: string | undefined;
}

/**
 * Signs a person in by userName and password. Throws SIGN_IN_FAILED, without saying which of the two was wrong,
 * RATE_LIMITED after too many of these, and ACCOUNT_CHOICE_REQUIRED when the same pair is right in several accounts.
 */
export async function signIn(
  { work, attempts, requestId, address, userAgent }: SignInScope,
  request: SignInRequest,
): Promise<StartedSession> {
  const { password } = request;
  const accountId = orNone(request.accountId);
  if (accountId != null && !isUuid(accountId))
    throw invalidInput('accountId', 'is not the id of an account.');
  const email = request.email.trim();
  checkSize(email, 'email', MAX_TEXT_LENGTH);
  checkSize(password, 'password', MAX_TEXT_LENGTH);
  const candidates = await findCandidates(work.db, email, accountId);
  const accountIds = candidates.map(({ account_id }) => account_id);
  const attempt = await beginAttempt(attempts, { email, address, accountIds });
  const right = await whosePassword(candidates, password);
  const [person, ...others] = right;
  if (person === undefined) {
    await tellFailedAttempt(attempts, candidates, { attempt, address, requestId });
    throw signInFailed();
  }
  await forgiveAttempt(attempts, attempt);
  if (others.length > 0) throw chooseAccount(right);
  return beginSession(work, person, requestId, { email, address, userAgent });
}

/** Begins the session of somebody whose password was right, unless they or the password changed since it was checked. */
async function beginSession(
  work: Work,
  { account_id: accountId, user_id: userId, digest: checked }: Candidate,
  requestId: string,
  claimant: SignInClaimant & Pick<SignInScope, 'userAgent'>,
): Promise<StartedSession> {
  const id = newId();
  const { secret, digest } = newSecret('session', id);
  return work.transaction(async (scope) => {
    const person = (await hold(scope, accountId, { people: [userId] })).findPerson(userId);
    if (person?.status !== 'ACTIVE' || person.passwordDigest !== checked) throw signInFailed();
    const expiresAt = new Date(Date.now() + SESSION_MS);
    const session = scope.em.create(Session, {
      accountId,
      id,
      userId,
      digest,
      expiresAt,
      createdAt: new Date(),
      userAgent: claimant.userAgent?.replaceAll('\0', '').slice(0, MAX_USER_AGENT) ?? null,
      address: claimant.address ?? null,
      method: 'PASSWORD',
      lastUsedAt: new Date(),
    });
    await scope.em.flush();
    await rememberAddress(scope.sql, accountId, claimant);
    await tell(scope, 'USER_SIGNED_IN', person, { accountId, connectionId: null, requestId });
    // As they are while they are held: a moment later the session may be over.
    const permissions = new Set(
      (await effectivePermissions(scope.sql, accountId, userId)).filter(isPermission),
    );
    const actor: Actor = { kind: 'USER', id: userId, name: person.displayName ?? person.userName };
    const viewer: UserViewer = {
      kind: 'USER',
      accountId,
      userId,
      actor,
      permissions,
      sessionId: id,
      endsAt: expiresAt,
    };
    return { session: recordOf(session), secret, viewer };
  });
}

const recordOf = (session: Session): SessionRecord => ({
  id: session.id,
  user_id: session.userId,
  user_agent: session.userAgent ?? null,
  address: session.address ?? null,
  method: session.method,
  created_at: session.createdAt,
  last_used_at: session.lastUsedAt,
  expires_at: session.expiresAt,
});

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

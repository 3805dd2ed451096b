import { sql } from 'kysely';
import { CREDENTIALS_CHANNEL } from '../authorization/end-access.ts';
import type { UserViewer } from '../authorization/viewer.ts';
import type { Sql } from '../database/database.ts';
import type { Work } from '../database/work.ts';
import { DomainError, invalidInput } from '../errors/domain-error.ts';
import { hold } from '../holds/hold.ts';
import type { Authorship } from '../model/event.ts';
import { Session } from '../model/session.entity.ts';
import { askedFactors } from '../second-factors/asked-factors.ts';
import { checkSize, MAX_TEXT_LENGTH, orNone } from '../text/text-rules.ts';
import { isUuid } from '../text/uuid.ts';
import { type Candidate, findCandidates, whosePassword } from './candidates.ts';
import { beginPendingSignIn, type PendingSignIn } from './pending-sign-ins.ts';
import { beginAttempt, forgiveAttempt, rememberAddress, type SignInClaimant } from './sign-in-attempts.ts';
import { SESSION_MS, type StartedSession, startSession } from './start-session.ts';
import { tellFailedAttempt } from './tell-failed-attempt.ts';
import { tellOwnDoing } from './tell-own-doing.ts';

export interface SignInRequest {
  email: string;
  password: string;
  accountId?: string | null;
}

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

/** A session; or what comes before it, where the password is not enough. */
export type SignInOutcome = { readonly started: StartedSession } | { readonly pending: PendingSignIn };

/**
 * Signs a person in by userName and password, as far as these go. Throws SIGN_IN_FAILED, without saying which of the two was wrong,
 * RATE_LIMITED after too many of these, and ACCOUNT_CHOICE_REQUIRED when the same pair is right in several accounts.
 */
export async function signIn(
  { work, attempts, requestId, address, userAgent }: SignInScope,
  request: SignInRequest,
): Promise<SignInOutcome> {
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

/** Begins the session of somebody whose password was right, or has them show a second factor, unless they or the password changed since it was checked. */
async function beginSession(
  work: Work,
  { account_id: accountId, user_id: userId, digest: checked }: Candidate,
  requestId: string,
  claimant: SignInClaimant & Pick<SignInScope, 'userAgent'>,
): Promise<SignInOutcome> {
  return work.transaction(async (scope) => {
    const person = (await hold(scope, accountId, { people: [userId] })).findPerson(userId);
    if (person?.status !== 'ACTIVE' || person.passwordDigest !== checked) throw signInFailed();
    // The address is not known as theirs yet: whoever has the password alone is to be counted with all others.
    const asked = await askedFactors(scope.sql, accountId, userId);
    if (asked !== undefined) return { pending: await beginPendingSignIn(scope.sql, person, asked) };
    const expiresAt = new Date(Date.now() + SESSION_MS);
    const { address, userAgent } = claimant;
    const origin = { method: 'PASSWORD', address, userAgent } as const;
    const started = await startSession(scope, person, { requestId, expiresAt, origin });
    await rememberAddress(scope.sql, accountId, claimant);
    return { started };
  });
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
    await tellOwnDoing(scope, { type: 'USER_SIGNED_OUT', person, request: authorship });
    await sql`SELECT pg_notify(${CREDENTIALS_CHANNEL}, ${sessionId})`.execute(scope.sql);
  });
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

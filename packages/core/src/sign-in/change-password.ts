import type { UserViewer } from '../authorization/viewer.ts';
import { lockObject } from '../database/advisory-lock.ts';
import type { Sql } from '../database/database.ts';
import type { Work } from '../database/work.ts';
import { DomainError, invalidInput } from '../errors/domain-error.ts';
import { hold } from '../holds/hold.ts';
import type { Outbox } from '../mail/outbox.ts';
import { hashPassword, verifyPassword } from '../passwords/password.ts';
import { checkSize, MAX_TEXT_LENGTH } from '../text/text-rules.ts';
import { glanceAtPassword } from './glances.ts';
import { checkPasswordOf } from './known-person.ts';
import { setOwnPassword } from './set-password.ts';
import { beginAttempt, forgiveAttempt } from './sign-in-attempts.ts';

/** By whom, and how, a password is changed. */
export interface ChangePasswordScope {
  readonly work: Work;
  /** Writes at once, whatever becomes of the request: attempts count in rehearsals and when they fail. */
  readonly attempts: Sql;
  readonly outbox: Outbox | undefined;
  readonly requestId: string;
  readonly address: string | undefined;
  readonly viewer: UserViewer;
}

/**
 * Changes the password of whoever is signed in, who shows that they know the present one: an open browser is not enough.
 * Their other sessions end. Wrong ones count as attempts to sign in.
 *
 * @throws DomainError SIGN_IN_FAILED, RATE_LIMITED, INVALID_INPUT
 */
export async function changePassword(
  { work, attempts, outbox, requestId, address, viewer }: ChangePasswordScope,
  { currentPassword, password }: { readonly currentPassword: string; readonly password: string },
): Promise<void> {
  checkSize(currentPassword, 'currentPassword', MAX_TEXT_LENGTH);
  checkSize(password, 'password', MAX_TEXT_LENGTH);
  const { accountId, userId, sessionId } = viewer;
  const person = await glanceAtPassword(work.db, accountId, userId);
  if (person?.digest == null) throw hasNone();
  const claim = { email: person.userName, address, accountIds: [accountId] };
  const attempt = await beginAttempt(attempts, claim);
  if (!(await verifyPassword(person.digest, currentPassword))) throw isWrong();
  await forgiveAttempt(attempts, attempt);
  if (await verifyPassword(person.digest, password))
    throw invalidInput('password', 'is the one that you have. Choose another one.');
  await checkPasswordOf(work.db, { accountId, userId }, { password, field: 'password' });
  const digest = await hashPassword(password);
  await work.transaction(async (scope) => {
    await lockObject(accountId, userId).execute(scope.sql);
    const held = await hold(scope, accountId, { viewer, people: [userId] });
    const self = held.person(userId);
    if (self.passwordDigest !== person.digest) throw isWrong();
    await setOwnPassword(scope, self, { digest, requestId, keptSessionId: sessionId, outbox });
  });
}

const isWrong = (): DomainError =>
  new DomainError('SIGN_IN_FAILED', 'currentPassword: is not your present password. Nothing was changed.', {
    field: 'currentPassword',
  });

const hasNone = (): DomainError =>
  invalidInput('currentPassword', 'you have no password yet. Ask for a link to set one.');

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
import { showsOwnPassword } from './shows-own-password.ts';

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
  scope: ChangePasswordScope,
  { currentPassword, password }: { readonly currentPassword: string; readonly password: string },
): Promise<void> {
  checkSize(currentPassword, 'currentPassword', MAX_TEXT_LENGTH);
  checkSize(password, 'password', MAX_TEXT_LENGTH);
  const { work, outbox, requestId, viewer } = scope;
  const { accountId, userId, sessionId } = viewer;
  const person = await glanceAtPassword(work.db, accountId, userId);
  if (person?.digest == null) throw hasNone();
  const { userName, digest: present } = person;
  if (!(await showsOwnPassword(scope, { userName, digest: present }, currentPassword))) throw isWrong();
  if (await verifyPassword(present, password))
    throw invalidInput('password', 'is the one that you have. Choose another one.');
  await checkPasswordOf(work.db, { accountId, userId }, { password, field: 'password' });
  const digest = await hashPassword(password);
  await work.transaction(async (transaction) => {
    await lockObject(accountId, userId).execute(transaction.sql);
    const held = await hold(transaction, accountId, { viewer, people: [userId] });
    const self = held.person(userId);
    if (self.passwordDigest !== present) throw isWrong();
    await setOwnPassword(transaction, self, { digest, requestId, keptSessionId: sessionId, outbox });
  });
}

const isWrong = (): DomainError =>
  new DomainError('SIGN_IN_FAILED', 'currentPassword: is not your present password. Nothing was changed.', {
    field: 'currentPassword',
  });

const hasNone = (): DomainError =>
  invalidInput('currentPassword', 'you have no password yet. Ask for a link to set one.');

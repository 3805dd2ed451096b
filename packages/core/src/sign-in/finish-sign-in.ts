import type { Sql } from '../database/database.ts';
import type { Work } from '../database/work.ts';
import { hold } from '../holds/hold.ts';
import type { Outbox } from '../mail/outbox.ts';
import type { SecondFactorName } from '../model/second-factor.entities.ts';
import type { User } from '../model/user.entity.ts';
import { boundTo } from '../second-factors/passkey-challenges.ts';
import { assertSignsInHere } from '../strict-profile/managed-by.ts';
import { recoveryCodeUsed } from './factor-mails.ts';
import { glanceAtPassword } from './glances.ts';
import { countShown, glanceAtPendingSignIn, takePendingSignIn } from './pending-sign-ins.ts';
import { type FactorChecks, readFactor, type ShownFactor, takeFactor } from './shown-factor.ts';
import { rememberAddress } from './sign-in-attempts.ts';
import { SESSION_MS, type StartedSession, startSession } from './start-session.ts';
import { type FactorTrial, tryFactor } from './try-factor.ts';

/** By whom, and how, a sign-in goes on after the password. */
export interface FinishSignInScope extends FactorChecks {
  readonly work: Work;
  /** Writes at once, whatever becomes of the request: attempts count in rehearsals and when they fail. */
  readonly attempts: Sql;
  readonly outbox: Outbox | undefined;
  readonly requestId: string;
  readonly address: string | undefined;
  /** What the browser says of itself. */
  readonly userAgent: string | undefined;
}

/**
 * Signs in whoever showed their password before, and now a second factor.
 *
 * @throws DomainError SIGN_IN_FAILED, RATE_LIMITED, INVALID_INPUT, MANAGED_BY_CONNECTION
 */
export async function finishSignIn(
  scope: FinishSignInScope,
  { pendingSecret, ...shown }: ShownFactor & { readonly pendingSecret: string },
): Promise<StartedSession> {
  const { work, attempts, address, requestId, outbox } = scope;
  const pending = await glanceAtPendingSignIn(work.db, pendingSecret);
  const { accountId, userId } = pending;
  const userName = (await glanceAtPassword(work.db, accountId, userId))?.userName ?? '';
  const factor = await readFactor(attempts, shown, boundTo.pendingSignIn(pending.secret.id, 'prove'));
  const trial: FactorTrial = { accountId, userId, userName, address, requestId };
  return tryFactor(attempts, trial, async () => {
    await countShown(attempts, pending);
    return work.transaction(async (transaction) => {
      const held = (await hold(transaction, accountId, { people: [userId] })).findPerson(userId);
      const person = await takePendingSignIn(transaction.sql, pending, held);
      const secondFactor = await takeFactor(transaction.sql, scope, person, factor);
      const started = await beginFinishedSession(transaction, person, { ...scope, secondFactor });
      if (secondFactor === 'RECOVERY_CODE')
        await recoveryCodeUsed(transaction, person, { requestId, outbox });
      return started;
    });
  });
}

interface FinishedBy extends Pick<FinishSignInScope, 'requestId' | 'address' | 'userAgent'> {
  readonly secondFactor: SecondFactorName;
}

/** Begins the session of somebody who is held, whose password and second factor were right. @throws DomainError MANAGED_BY_CONNECTION */
export async function beginFinishedSession(
  scope: Parameters<typeof startSession>[0],
  person: User,
  { requestId, address, userAgent, secondFactor }: FinishedBy,
): Promise<StartedSession> {
  const { accountId, id: userId } = person;
  // They may be managed by now, ten minutes after their password.
  await assertSignsInHere(scope.sql, { accountId, userId, field: 'pendingSecret' });
  const started = await startSession(scope, person, {
    requestId,
    expiresAt: new Date(Date.now() + SESSION_MS),
    origin: { method: 'PASSWORD', address, userAgent, secondFactor },
    changes: [{ field: 'secondFactor', before: null, after: secondFactor }],
  });
  await rememberAddress(scope.sql, accountId, { email: person.userName, address });
  return started;
}

import { sql } from 'kysely';
import type { UserViewer } from '../authorization/viewer.ts';
import type { Sql } from '../database/database.ts';
import type { TransactionScope, Work } from '../database/work.ts';
import { DomainError, invalidInput } from '../errors/domain-error.ts';
import { hold } from '../holds/hold.ts';
import type { Outbox } from '../mail/outbox.ts';
import type { User } from '../model/user.entity.ts';
import { boundTo } from '../second-factors/passkey-challenges.ts';
import { secondFactorLimits } from '../second-factors/second-factor-limits.ts';
import { recoveryCodeUsed } from '../sign-in/factor-mails.ts';
import { glanceAtPassword } from '../sign-in/glances.ts';
import { type FactorChecks, readFactor, type ShownFactor, takeFactor } from '../sign-in/shown-factor.ts';
import { showsOwnPassword } from '../sign-in/shows-own-password.ts';
import { tellOwnDoing } from '../sign-in/tell-own-doing.ts';
import { tryFactor } from '../sign-in/try-factor.ts';
import { checkSize, MAX_TEXT_LENGTH } from '../text/text-rules.ts';
import { ownMethods, type ProofMethod } from './step-up-rules.ts';

/** Who proves who they are, and with what that is checked. */
export interface ProofScope extends FactorChecks {
  readonly work: Work;
  /** Writes at once, whatever becomes of the request: attempts count in rehearsals and when they fail. */
  readonly attempts: Sql;
  readonly outbox: Outbox | undefined;
  readonly requestId: string;
  readonly address: string | undefined;
  readonly viewer: UserViewer;
}

/** What is shown: a password, or a second factor by whoever has one. */
export interface ShownProof extends ShownFactor {
  readonly password?: string | null;
}

/**
 * Whoever is signed in proves once more who they are; answers until when that counts. Whoever has a second factor shows that
 * one: a session and a password that somebody else has got hold of are not enough.
 *
 * @throws DomainError SIGN_IN_FAILED, RATE_LIMITED, INVALID_INPUT
 */
export async function proveIdentity(scope: ProofScope, shown: ShownProof): Promise<Date> {
  const methods = await ownMethods(scope.work.db, scope.viewer);
  if (shown.password == null) return proveByFactor(scope, shown);
  if (methods.length === 0)
    throw invalidInput('password', 'is none of yours: you have none here. Sign out and sign in again.');
  if (!methods.includes('PASSWORD'))
    throw invalidInput('password', 'is not enough: you have a second factor. Show that one.');
  return proveByPassword(scope, shown.password);
}

async function proveByPassword(scope: ProofScope, password: string): Promise<Date> {
  checkSize(password, 'password', MAX_TEXT_LENGTH);
  const { accountId, userId } = scope.viewer;
  const person = await glanceAtPassword(scope.work.db, accountId, userId);
  if (person?.digest == null) throw isWrong();
  const { userName, digest } = person;
  if (!(await showsOwnPassword(scope, { userName, digest }, password))) throw isWrong();
  return proven(scope, async (_, { passwordDigest }) => {
    if (passwordDigest !== digest) throw isWrong();
    return 'PASSWORD';
  });
}

async function proveByFactor(scope: ProofScope, shown: ShownFactor): Promise<Date> {
  const { work, attempts, address, requestId, outbox, viewer } = scope;
  const { accountId, userId, sessionId } = viewer;
  const userName = (await glanceAtPassword(work.db, accountId, userId))?.userName ?? '';
  const factor = await readFactor(attempts, shown, boundTo.session(sessionId, 'prove'));
  return tryFactor(attempts, { accountId, userId, userName, address, requestId }, () =>
    proven(scope, async (transaction, person) => {
      const taken = await takeFactor(transaction.sql, scope, person, factor);
      if (taken === 'RECOVERY_CODE') await recoveryCodeUsed(transaction, person, { requestId, outbox });
      return taken;
    }),
  );
}

/** Has the proof of a person who is held counted for their session. */
function proven(
  { work, viewer, requestId }: ProofScope,
  check: (transaction: TransactionScope, person: User) => Promise<ProofMethod>,
): Promise<Date> {
  const { accountId, userId, sessionId } = viewer;
  return work.transaction(async (transaction) => {
    const person = (await hold(transaction, accountId, { viewer, people: [userId] })).person(userId);
    const method = await check(transaction, person);
    return renewProof(transaction, person, { sessionId, method, requestId });
  });
}

interface ProofGiven {
  readonly sessionId: string;
  readonly method: ProofMethod;
  readonly requestId: string;
  /** Just now when left out. */
  readonly provenAt?: Date;
}

/** Notes that a person who is held has proven who they are, for this session of theirs. */
export async function renewProof(
  transaction: TransactionScope,
  person: User,
  proof: ProofGiven,
): Promise<Date> {
  const { accountId } = person;
  const provenAt = proof.provenAt ?? new Date();
  const { numUpdatedRows } = await transaction.sql
    .updateTable('sessions')
    .set({ proven_at: provenAt })
    .where('account_id', '=', accountId)
    .where('id', '=', proof.sessionId)
    .where('user_id', '=', person.id)
    .where('expires_at', '>', sql<Date>`now()`)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new DomainError('UNAUTHENTICATED', 'The session is over. Sign in again.');
  await tellOwnDoing(transaction, {
    type: 'USER_IDENTITY_PROVEN',
    person,
    request: { accountId, connectionId: null, requestId: proof.requestId },
    changes: [{ field: 'method', before: null, after: proof.method }],
  });
  return new Date(provenAt.getTime() + secondFactorLimits.proofSeconds * 1000);
}

const isWrong = (): DomainError =>
  new DomainError('SIGN_IN_FAILED', 'password: is not your password.', { field: 'password' });

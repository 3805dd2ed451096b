import type { UserViewer } from '../authorization/viewer.ts';
import type { Sql } from '../database/database.ts';
import type { TransactionScope, Work } from '../database/work.ts';
import { invalidInput } from '../errors/domain-error.ts';
import { hold } from '../holds/hold.ts';
import type { Outbox } from '../mail/outbox.ts';
import type { User } from '../model/user.entity.ts';
import type { Sealer } from '../sealing/sealer.ts';
import { secondFactorsOf } from '../second-factors/find-second-factors.ts';
import { boundTo } from '../second-factors/passkey-challenges.ts';
import type { RelyingParty } from '../second-factors/relying-party.ts';
import { glanceAtPendingSignIn, type PendingPerson } from '../sign-in/pending-sign-ins.ts';

/**
 * Who sets up a second factor: somebody who is signed in; or who showed their password and has to have one before they are
 * (docs/decisions/0027-second-factors.md), which is all that they can do.
 */
export type Enrollee = { readonly viewer: UserViewer } | { readonly pending: PendingPerson };

/** By what second factors are set up. */
export interface EnrolmentScope {
  readonly work: Work;
  /** Writes at once, whatever becomes of the request. */
  readonly attempts: Sql;
  readonly outbox: Outbox | undefined;
  readonly sealer: Sealer | undefined;
  readonly relyingParty: RelyingParty;
  readonly requestId: string;
  readonly address: string | undefined;
  readonly userAgent: string | undefined;
}

/** Whoever the sign-in is of that the secret stands for. @throws DomainError SIGN_IN_FAILED */
export const enrolleeOf = async (db: Sql, pendingSecret: string): Promise<Enrollee> => ({
  pending: await glanceAtPendingSignIn(db, pendingSecret),
});

/** Whose second factor it is to be. */
const whoseOf = (enrollee: Enrollee): { readonly accountId: string; readonly userId: string } =>
  'viewer' in enrollee ? enrollee.viewer : enrollee.pending;

/** What a challenge for a new passkey is bound to. */
export const registrationOf = (enrollee: Enrollee): string =>
  'viewer' in enrollee
    ? boundTo.session(enrollee.viewer.sessionId, 'register')
    : boundTo.pendingSignIn(enrollee.pending.secret.id, 'register');

/**
 * Holds whoever sets up a second factor. With the password alone nobody adds one beside those that are there.
 *
 * @throws DomainError INVALID_INPUT, UNAUTHENTICATED
 */
export async function holdEnrollee(scope: TransactionScope, enrollee: Enrollee): Promise<User> {
  const { accountId, userId } = whoseOf(enrollee);
  if ('viewer' in enrollee) {
    const held = await hold(scope, accountId, { viewer: enrollee.viewer, people: [userId] });
    return held.person(userId);
  }
  const person = (await hold(scope, accountId, { people: [userId] })).person(userId);
  if ((await secondFactorsOf(scope.sql, accountId, userId)).length > 0)
    throw invalidInput(
      'pendingSecret',
      'is of somebody who has a second factor already. Show that one, and set up others once you are signed in.',
    );
  return person;
}

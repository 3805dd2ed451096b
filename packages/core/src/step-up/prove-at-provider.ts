import type { UserViewer } from '../authorization/viewer.ts';
import type { Work } from '../database/work.ts';
import { invalidInput, notFound } from '../errors/domain-error.ts';
import { hold } from '../holds/hold.ts';
import { shareEnded } from '../sessions/ended-at-provider.ts';
import {
  type BegunSingleSignOn,
  checkReturnPath,
  goToProvider,
  type SingleSignOnScope,
} from '../single-sign-on/begin-single-sign-on.ts';
import { assertSecondFactor, isSame } from '../single-sign-on/enter.ts';
import { findLinkedPerson } from '../single-sign-on/find-linked-person.ts';
import { findUsedConnection, type UsedConnection } from '../single-sign-on/find-used-connection.ts';
import { type BrowserAnswer, takeBegun } from '../single-sign-on/finish-single-sign-on.ts';
import type { Identity } from '../single-sign-on/identity.ts';
import { assertGoesOn, endingsOf } from '../single-sign-on/not-ended.ts';
import { renewProviderSession } from '../single-sign-on/provider-session.ts';
import {
  refusalOf,
  refusedGoingOn,
  SignInRefused,
  type SingleSignOnRefusal,
  tellRefusal,
} from '../single-sign-on/refusals.ts';
import type { ProofAsked } from '../single-sign-on/sign-in-transactions.ts';
import { renewProof } from './prove-identity.ts';
import { providerOfSession } from './step-up-rules.ts';

export interface ProviderProofRequest {
  /** The one by which the session began. */
  readonly signInConnectionId: string;
  /** Where to go then: a path, or an address of ours. */
  readonly returnTo?: string | null;
  /** What the browser got when it began before. */
  readonly browserSecret?: string | null;
}

/** That somebody proved who they are, and where they wanted to go. */
export interface ProvenAtProvider {
  readonly provenUntil: Date;
  readonly returnPath: string | null;
}

export interface FinishProofScope extends SingleSignOnScope {
  readonly work: Work;
}

/**
 * Clocks differ by that much (docs/decisions/0026-ended-by-the-provider.md), and `auth_time` has whole seconds. It gives nobody more
 * time: a proof counts from `auth_time` on, as that of a sign-in there would.
 */
const TOLERANCE_MS = 60_000;

/**
 * Sends whoever is signed in to the provider by which they are, which is to ask them anew who they are.
 *
 * @throws DomainError NOT_FOUND, INVALID_INPUT, SIGN_IN_FAILED
 */
export async function beginProviderProof(
  scope: SingleSignOnScope,
  viewer: UserViewer,
  { signInConnectionId, returnTo, browserSecret }: ProviderProofRequest,
): Promise<BegunSingleSignOn> {
  const connection = await findUsedConnection(scope.db, signInConnectionId);
  if (connection?.account_id !== viewer.accountId)
    throw notFound('sign-in connection', signInConnectionId, 'signInConnectionId');
  if ((await providerOfSession(scope.db, viewer)) !== connection.id)
    throw invalidInput(
      'signInConnectionId',
      'is not the sign-in connection by which this session began. Prove who you are by one of the methods that STEP_UP_REQUIRED names.',
    );
  try {
    if (!connection.enabled) throw refused('CONNECTION', 'The sign-in connection is switched off.');
    const proof: ProofAsked = {
      sessionId: viewer.sessionId,
      askedAt: Date.now(),
      acrValues: connection.step_up_acr_values,
    };
    const returnPath = returnTo == null ? null : checkReturnPath(returnTo, scope.adminUrl);
    return await goToProvider(scope, connection, { returnPath, browserSecret, proof });
  } catch (error) {
    if (!(error instanceof SignInRefused)) throw error;
    throw await tellRefusal(scope.db, { ...scope, connection }, error.refused);
  }
}

/**
 * Counts as a proof of late that the provider asked anew who somebody is, and that it is the subject by which their session
 * began. The session goes on as it was. What is refused tells where to go on to.
 *
 * @throws DomainError SIGN_IN_FAILED, UNAUTHENTICATED
 */
export async function finishProviderProof(
  scope: FinishProofScope,
  viewer: UserViewer,
  { signInConnectionId, query, browserSecret }: BrowserAnswer,
): Promise<ProvenAtProvider> {
  const connection = await findUsedConnection(scope.db, signInConnectionId);
  if (connection?.account_id !== viewer.accountId) throw refusalOf('CONNECTION');
  let subject: string | undefined;
  let returnPath: string | null = null;
  try {
    const provider = scope.providers[connection.protocol];
    const answer = await provider.answerOf(connection, new URLSearchParams(query));
    subject = answer.subject;
    const begun = await takeBegun(scope, connection, { answer, browserSecret, purpose: 'PROOF' });
    returnPath = begun.returnPath;
    if (begun.proof?.sessionId !== viewer.sessionId)
      throw refused('NOT_BEGUN', 'It was begun in another session than the one that it comes back to.');
    const identity = await answer.identify(begun);
    subject = identity.subject;
    const provenAt = momentOfProof(identity, begun.proof);
    const { beganAt } = begun;
    const provenUntil = await renew(scope, viewer, { connection, identity, beganAt, provenAt });
    return { provenUntil, returnPath };
  } catch (error) {
    if (!(error instanceof SignInRefused)) throw error;
    const refusal = await tellRefusal(scope.db, { ...scope, connection }, { subject, ...error.refused });
    throw refusedGoingOn(refusal, returnPath);
  }
}

/** When the provider asked who it is: since it was sent the browser, and as strongly as it was to. @throws SignInRefused */
function momentOfProof({ acr, authTime }: Identity, { askedAt, acrValues }: ProofAsked): Date {
  if (authTime === null)
    throw refused('NOT_ANEW', 'The provider does not say when it asked who it is: auth_time is missing.');
  if (authTime.getTime() + TOLERANCE_MS < askedAt)
    throw refused(
      'NOT_ANEW',
      `The provider asked who it is at ${authTime.toISOString()} (auth_time, AuthnInstant), and not since ${new Date(askedAt).toISOString()}.`,
    );
  if (acrValues.length > 0 && (acr === null || !acrValues.includes(acr)))
    throw refused(
      'WRONG_CONTEXT',
      `The provider says ${acr ?? 'nothing'} of how it asked (acr, AuthnContextClassRef), and none of ${acrValues.join(', ')}.`,
    );
  return new Date(Math.min(authTime.getTime(), Date.now()));
}

interface Proof {
  readonly connection: UsedConnection;
  readonly identity: Identity;
  readonly beganAt: Date;
  readonly provenAt: Date;
}

function renew(
  { work, sealer, requestId }: FinishProofScope,
  viewer: UserViewer,
  { connection, identity, beganAt, provenAt }: Proof,
): Promise<Date> {
  const { accountId, userId, sessionId } = viewer;
  const names = endingsOf(connection, identity, userId);
  return work.transaction(async (transaction) => {
    await shareEnded(accountId, names).execute(transaction.sql);
    const held = await hold(transaction, accountId, {
      viewer,
      people: [userId],
      usedSignInConnection: connection.id,
    });
    const person = held.person(userId);
    const present = held.findSignInConnection(connection.id);
    if (present?.enabled !== true || !isSame(present, connection))
      throw refused('CONNECTION', 'The sign-in connection was changed meanwhile.');
    await assertGoesOn(transaction.sql, { accountId, names, beganAt, person });
    const isTheirs =
      (await findLinkedPerson(transaction.sql, connection, identity)) === userId &&
      (await renewProviderSession(transaction.sql, { sealer, connection, identity, sessionId }));
    if (!isTheirs)
      throw refused(
        'OTHER_PERSON',
        'It is not the subject by which the session began, or is linked no more.',
      );
    await assertSecondFactor(transaction.sql, identity, { accountId, person });
    return renewProof(transaction, person, { sessionId, method: 'PROVIDER', requestId, provenAt });
  });
}

const refused = (reason: SingleSignOnRefusal, detail: string): SignInRefused =>
  new SignInRefused({ reason, detail });

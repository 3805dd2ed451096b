import { sealerOf } from '../sealing/sealer-of.ts';
import type { StartedSession } from '../sign-in/start-session.ts';
import type { SingleSignOnScope } from './begin-single-sign-on.ts';
import { type EnterScope, enter } from './enter.ts';
import { findUsedConnection, type UsedConnection } from './find-used-connection.ts';
import { refusalOf, SignInRefused, tellRefusal } from './refusals.ts';
import type { ProviderAnswer } from './sign-in-provider.ts';
import {
  purposeOf,
  type TakenTransaction,
  takeTransaction,
  type VisitPurpose,
} from './sign-in-transactions.ts';

export type FinishScope = SingleSignOnScope & EnterScope;

/** What the browser came back with. */
export interface BrowserAnswer {
  readonly signInConnectionId: string;
  /** The query of the address, as the provider wrote it. */
  readonly query: string;
  readonly browserSecret?: string | null;
}

/** A session, and where the person wanted to go. */
export interface FinishedSingleSignOn extends StartedSession {
  readonly returnPath: string | null;
}

/** Signs in whom the provider says it is. @throws DomainError SIGN_IN_FAILED */
export async function finishSingleSignOn(
  scope: FinishScope,
  { signInConnectionId, query, browserSecret }: BrowserAnswer,
): Promise<FinishedSingleSignOn> {
  const connection = await findUsedConnection(scope.db, signInConnectionId);
  if (connection === undefined) throw refusalOf('CONNECTION');
  let subject: string | undefined;
  try {
    const provider = scope.providers[connection.protocol];
    const answer = await provider.answerOf(connection, new URLSearchParams(query));
    subject = answer.subject;
    const transaction = await takeBegun(scope, connection, { answer, browserSecret });
    const identity = await answer.identify(transaction);
    subject = identity.subject;
    const session = await enter(scope, connection, { identity, beganAt: transaction.beganAt });
    return { ...session, returnPath: transaction.returnPath };
  } catch (error) {
    if (!(error instanceof SignInRefused)) throw error;
    throw await tellRefusal(scope.db, { ...scope, connection }, { subject, ...error.refused });
  }
}

interface BegunBefore {
  readonly answer: ProviderAnswer;
  readonly browserSecret: string | null | undefined;
  /** What was begun for one purpose is good for no other. */
  readonly purpose?: VisitPurpose;
}

/** Takes what the browser began, which is good once. @throws SignInRefused, DomainError SIGN_IN_FAILED */
export async function takeBegun(
  { db, sealer }: SingleSignOnScope,
  connection: UsedConnection,
  { answer: { state, subject }, browserSecret, purpose = 'SIGN_IN' }: BegunBefore,
): Promise<TakenTransaction> {
  // Whoever never began one may be anybody, and there is nothing to tell of unless a provider meant them.
  if (browserSecret == null && subject === undefined) throw refusalOf('NOT_BEGUN');
  const taken =
    state === null || browserSecret == null
      ? undefined
      : await takeTransaction(db, sealerOf(sealer), { connection, state, browserSecret });
  if (taken !== undefined && purposeOf(taken) === purpose) return taken;
  throw new SignInRefused({
    reason: 'NOT_BEGUN',
    detail: 'No sign-in by this connection is open for this state in this browser.',
  });
}

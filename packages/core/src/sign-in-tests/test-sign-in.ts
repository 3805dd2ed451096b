import { notFound } from '../errors/domain-error.ts';
import { sealerOf } from '../sealing/sealer-of.ts';
import {
  type BegunSingleSignOn,
  goToProvider,
  type SingleSignOnScope,
} from '../single-sign-on/begin-single-sign-on.ts';
import { findUsedConnection, type UsedConnection } from '../single-sign-on/find-used-connection.ts';
import { type BrowserAnswer, takeBegun } from '../single-sign-on/finish-single-sign-on.ts';
import { foretellEntrance } from '../single-sign-on/foretell-entrance.ts';
import type { Identity } from '../single-sign-on/identity.ts';
import { refusalOf, SignInRefused } from '../single-sign-on/refusals.ts';
import { TRANSACTION_SECONDS } from '../single-sign-on/sign-in-transactions.ts';
import { keepTest, type SignInTestResult, type TestPlace } from './sign-in-tests.ts';
import { toldClaims } from './told-claims.ts';

export interface SignInTestRequest {
  readonly signInConnectionId: string;
  /** What the browser got when it began before. */
  readonly browserSecret?: string | null;
}

/** Who tests: a person who is signed in, of the account whose sign-in connection it is. */
export interface Tester {
  readonly accountId: string;
  readonly userId: string;
}

/**
 * Begins a sign-in that signs nobody in, also by a connection that is switched off. Where the provider can't be asked, the
 * test is over at once, and the browser goes to what it came to.
 *
 * @throws DomainError NOT_FOUND
 */
export async function beginSignInTest(
  scope: SingleSignOnScope,
  { accountId, userId }: Tester,
  { signInConnectionId, browserSecret }: SignInTestRequest,
): Promise<BegunSingleSignOn> {
  const connection = await findUsedConnection(scope.db, signInConnectionId);
  if (connection?.account_id !== accountId)
    throw notFound('sign-in connection', signInConnectionId, 'signInConnectionId');
  try {
    return await goToProvider(scope, connection, { browserSecret, test: { userId } });
  } catch (error) {
    if (!(error instanceof SignInRefused)) throw error;
    const place = { accountId, userId, signInConnectionId: connection.id };
    const id = await keepTest(scope.db, sealerOf(scope.sealer), place, refusedResult(error));
    const redirectUrl = `${scope.adminUrl}${pathOfTest(connection.id, id)}`;
    return {
      redirectUrl,
      formFields: null,
      browserSecret: browserSecret ?? '',
      expiresInSeconds: TRANSACTION_SECONDS,
    };
  }
}

/** Where a test is shown, within the pages of the admin. */
const pathOfTest = (signInConnectionId: string, id: string): string =>
  `/sign-in-settings/${signInConnectionId}?test=${id}`;

/**
 * Keeps what the provider said of whoever tests and what a sign-in would come to, and answers where that is shown. It
 * makes no session, no link and no person.
 *
 * @throws DomainError SIGN_IN_FAILED
 */
export async function finishSignInTest(
  scope: SingleSignOnScope,
  { signInConnectionId, query, browserSecret }: BrowserAnswer,
): Promise<string> {
  const { db, sealer, providers } = scope;
  const connection = await findUsedConnection(db, signInConnectionId);
  if (connection === undefined) throw refusalOf('CONNECTION');
  let place: TestPlace | undefined;
  const keep = (result: SignInTestResult) => {
    if (place === undefined) throw refusalOf('NOT_BEGUN');
    return keepTest(db, sealerOf(sealer), place, result);
  };
  const result = await resultOf(async () => {
    const answer = await providers[connection.protocol].answerOf(connection, new URLSearchParams(query));
    const transaction = await takeBegun(scope, connection, { answer, browserSecret, purpose: 'TEST' });
    if (transaction.test !== undefined)
      place = {
        accountId: connection.account_id,
        userId: transaction.test.userId,
        signInConnectionId: connection.id,
      };
    return toldResult(scope, connection, await answer.identify(transaction));
  });
  return pathOfTest(connection.id, await keep(result));
}

async function resultOf(run: () => Promise<SignInTestResult>): Promise<SignInTestResult> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof SignInRefused) return refusedResult(error);
    throw error;
  }
}

async function toldResult(
  { db }: SingleSignOnScope,
  connection: UsedConnection,
  identity: Identity,
): Promise<SignInTestResult> {
  const { subject, groups, groupsProblem, claims } = identity;
  return {
    ...(await foretellEntrance(db, connection, identity)),
    subject,
    groups,
    groupsProblem,
    claims: toldClaims(claims),
  };
}

const refusedResult = ({ refused: { reason, detail } }: SignInRefused): SignInTestResult => ({
  userId: null,
  foundBy: null,
  creates: null,
  refusal: { reason, detail },
  subject: null,
  groups: null,
  groupsProblem: null,
  claims: [],
});

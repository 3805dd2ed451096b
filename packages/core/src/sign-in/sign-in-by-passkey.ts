import type { Sql } from '../database/database.ts';
import type { Work } from '../database/work.ts';
import { DomainError } from '../errors/domain-error.ts';
import { hold } from '../holds/hold.ts';
import { boundTo, keepChallenge, takeChallenge } from '../second-factors/passkey-challenges.ts';
import { authenticationOptions } from '../second-factors/passkeys.ts';
import type { RelyingParty } from '../second-factors/relying-party.ts';
import { secondFactorLimits } from '../second-factors/second-factor-limits.ts';
import { credentialIdOf, usePasskey } from '../second-factors/use-second-factor.ts';
import { assertSignsInHere } from '../strict-profile/managed-by.ts';
import { isRandomText, newRandomText } from '../text/random-text.ts';
import { checkAnswer } from './shown-factor.ts';
import { countRefusal, rememberAddress } from './sign-in-attempts.ts';
import { SESSION_MS, type StartedSession, startSession } from './start-session.ts';
import { tellFailedAttempt } from './tell-failed-attempt.ts';

/** What a browser needs to sign somebody in by a passkey, and has to come back with. */
export interface BegunPasskeySignIn {
  /** For `navigator.credentials.get`. */
  readonly options: unknown;
  readonly browserSecret: string;
  readonly expiresInSeconds: number;
}

/** Begins to sign in whoever has a passkey; who that is nobody knows yet. */
export async function beginPasskeySignIn(
  work: Work,
  relyingParty: RelyingParty,
  before: string | null | undefined,
): Promise<BegunPasskeySignIn> {
  const browserSecret = before != null && isRandomText(before) ? before : newRandomText();
  return work.transaction(async ({ sql: db }) => {
    const options = await authenticationOptions(db, relyingParty, undefined);
    await keepChallenge(db, options.challenge, boundTo.browser(browserSecret));
    return { options, browserSecret, expiresInSeconds: secondFactorLimits.challengeSeconds };
  });
}

/** By whom, and how, somebody is signed in. */
export interface PasskeySignInScope {
  readonly work: Work;
  /** Writes at once, whatever becomes of the request. */
  readonly attempts: Sql;
  readonly relyingParty: RelyingParty;
  readonly requestId: string;
  readonly address: string | undefined;
  readonly userAgent: string | undefined;
}

/**
 * Signs in whoever's passkey signed, and knew them by a PIN or a finger: that is both at once, so no password is asked.
 *
 * @throws DomainError SIGN_IN_FAILED, INVALID_INPUT, MANAGED_BY_CONNECTION
 */
export async function signInByPasskey(
  { work, attempts, relyingParty, requestId, address, userAgent }: PasskeySignInScope,
  { passkey: answer, browserSecret }: { readonly passkey: unknown; readonly browserSecret?: string | null },
): Promise<StartedSession> {
  checkAnswer(answer, 'passkey');
  const challenge =
    browserSecret == null ? undefined : await takeChallenge(attempts, answer, boundTo.browser(browserSecret));
  const owner = await findOwner(work.db, answer);
  if (challenge === undefined || owner === undefined) throw notTaken();
  const { accountId, userId } = owner;
  const outcome = await work.transaction(async (scope) => {
    const person = (await hold(scope, accountId, { people: [userId] })).findPerson(userId);
    if (person?.status !== 'ACTIVE') return 'WRONG';
    const shown = { answer, challenge, verifiesUser: true };
    const used = await usePasskey(scope.sql, relyingParty, { accountId, userId }, shown);
    if (used !== 'USED') return used;
    await assertSignsInHere(scope.sql, { accountId, userId, field: 'passkey' });
    const started = await startSession(scope, person, {
      requestId,
      expiresAt: new Date(Date.now() + SESSION_MS),
      origin: { method: 'PASSKEY', address, userAgent },
      changes: [{ field: 'method', before: null, after: 'PASSKEY' }],
    });
    await rememberAddress(scope.sql, accountId, { email: person.userName, address });
    return started;
  });
  if (typeof outcome !== 'string') return outcome;
  const factor = { factor: 'PASSKEY', isCopy: outcome === 'COPIED' };
  // Nothing can be guessed, so whoever fails keeps nobody waiting.
  const count = await countRefusal(attempts, `passkey ${accountId} ${userId}`);
  const attempt = { bucket: '', count };
  const people = [{ account_id: accountId, user_id: userId }];
  await tellFailedAttempt(attempts, people, { attempt, address, requestId, factor });
  throw notTaken();
}

/** Whose passkey an answer says it is of. */
const findOwner = (db: Sql, answer: unknown) =>
  db
    .selectFrom('passkeys as k')
    .select(['k.account_id as accountId', 'k.user_id as userId'])
    .where('k.credential_id', '=', credentialIdOf(answer) ?? '')
    .executeTakeFirst();

const notTaken = (): DomainError =>
  new DomainError(
    'SIGN_IN_FAILED',
    'passkey: belongs to nobody who is active here, did not ask for a PIN or a finger, or took longer than five minutes. Try again, or sign in with your password.',
    { field: 'passkey' },
  );

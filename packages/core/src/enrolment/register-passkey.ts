import { invalidInput } from '../errors/domain-error.ts';
import { findPasskeysOf } from '../second-factors/find-second-factors.ts';
import { keepChallenge, takeChallenge } from '../second-factors/passkey-challenges.ts';
import { newPasskeyOf, registrationOptions } from '../second-factors/passkeys.ts';
import { secondFactorLimits } from '../second-factors/second-factor-limits.ts';
import { checkAnswer } from '../sign-in/shown-factor.ts';
import { checkName } from '../text/text-rules.ts';
import { newId } from '../text/uuid.ts';
import { type Enrollee, type EnrolmentScope, holdEnrollee, registrationOf } from './enrollee.ts';
import { type FactorAdded, factorAdded } from './factor-added.ts';

const { maxPasskeys } = secondFactorLimits;

/** Begins to register a passkey; answers what a browser needs for `navigator.credentials.create`. */
export async function beginPasskeyRegistration(
  { work, relyingParty }: EnrolmentScope,
  enrollee: Enrollee,
): Promise<unknown> {
  return work.transaction(async (transaction) => {
    const person = await holdEnrollee(transaction, enrollee);
    const options = await registrationOptions(transaction.sql, relyingParty, person);
    assertRoomBeside(options.excludeCredentials?.length ?? 0);
    await keepChallenge(transaction.sql, options.challenge, registrationOf(enrollee));
    return options;
  });
}

function assertRoomBeside(count: number): void {
  if (count >= maxPasskeys)
    throw invalidInput('input', `you have ${maxPasskeys} passkeys, which is the most. Remove one first.`);
}

/** A passkey, and the id that it got. */
export interface PasskeyAdded extends FactorAdded {
  readonly passkeyId: string;
}

/** Registers the passkey that the browser made. @throws DomainError INVALID_INPUT, ALREADY_EXISTS, SIGN_IN_FAILED */
export async function registerPasskey(
  scope: EnrolmentScope,
  enrollee: Enrollee,
  { answer, name: given }: { readonly answer: unknown; readonly name: string },
): Promise<PasskeyAdded> {
  const name = checkName(given, 'name');
  checkAnswer(answer, 'response');
  const challenge = await takeChallenge(scope.attempts, answer, registrationOf(enrollee));
  const made = challenge && (await newPasskeyOf(scope.relyingParty, answer, challenge));
  if (!made)
    throw invalidInput(
      'response',
      'is no new passkey of this browser, or took longer than five minutes. Begin again.',
    );
  return scope.work.transaction(async (transaction) => {
    const person = await holdEnrollee(transaction, enrollee);
    const { accountId, id: userId } = person;
    const [others = []] = await findPasskeysOf(transaction.sql, accountId, [userId]);
    assertRoomBeside(others.length);
    const passkeyId = newId();
    await transaction.sql
      .insertInto('passkeys')
      .values({
        account_id: accountId,
        id: passkeyId,
        user_id: userId,
        credential_id: made.credentialId,
        public_key: made.publicKey,
        counter: made.counter,
        transports: made.transports,
        name,
      })
      .execute();
    const told = {
      factor: 'PASSKEY',
      what: 'a passkey',
      changes: [{ field: 'name', before: null, after: name }],
    } as const;
    return { ...(await factorAdded(transaction, scope, { enrollee, person, told })), passkeyId };
  });
}

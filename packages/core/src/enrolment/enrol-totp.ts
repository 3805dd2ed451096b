import { sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import { invalidInput } from '../errors/domain-error.ts';
import type { User } from '../model/user.entity.ts';
import { sealerOf } from '../sealing/sealer-of.ts';
import { newTotpSecret, stepOfCode, totpUri } from '../second-factors/totp.ts';
import { accountNameOf } from '../sign-in/glances.ts';
import { checkSize, MAX_TEXT_LENGTH } from '../text/text-rules.ts';
import { type Enrollee, type EnrolmentScope, holdEnrollee } from './enrollee.ts';
import { type FactorAdded, factorAdded } from './factor-added.ts';

/** What an authenticator app is told, this once. */
export interface BegunTotp {
  /** To type, in base32. */
  readonly secret: string;
  /** To show as a QR code. */
  readonly uri: string;
}

/** Begins to set up an authenticator app. Nothing is asked of it until a first code has confirmed it. @throws DomainError INVALID_INPUT */
export async function beginTotp({ work, sealer }: EnrolmentScope, enrollee: Enrollee): Promise<BegunTotp> {
  const secret = newTotpSecret();
  const sealed = await sealerOf(sealer).seal(secret, 'totp');
  return work.transaction(async (transaction) => {
    const { accountId, id, userName } = await holdEnrollee(transaction, enrollee);
    const { numInsertedOrUpdatedRows: written } = await transaction.sql
      .insertInto('totp_secrets')
      .values({ account_id: accountId, user_id: id, sealed })
      .onConflict((conflict) =>
        conflict
          .columns(['account_id', 'user_id'])
          .doUpdateSet({ sealed })
          .where('totp_secrets.confirmed_at', 'is', null),
      )
      .executeTakeFirst();
    if (written === 0n) throw hasOne();
    const issuer = `Rollcall ${await accountNameOf(transaction.sql, accountId)}`;
    return { secret, uri: totpUri(secret, { issuer, label: userName }) };
  });
}

const hasOne = () =>
  invalidInput('input', 'you have an authenticator app already. Remove it to set up another one.');

/**
 * Confirms the authenticator app by a first code, which is used up by it.
 *
 * @throws DomainError INVALID_INPUT, SIGN_IN_FAILED
 */
export async function confirmTotp(
  scope: EnrolmentScope,
  enrollee: Enrollee,
  code: string,
): Promise<FactorAdded> {
  checkSize(code, 'code', MAX_TEXT_LENGTH);
  return scope.work.transaction(async (transaction) => {
    const person = await holdEnrollee(transaction, enrollee);
    const sealed = await unconfirmed(transaction.sql, person);
    const step = stepOfCode(await sealerOf(scope.sealer).open(sealed, 'totp'), code, new Date());
    if (step === undefined)
      throw invalidInput(
        'code',
        'is not the code that your app shows now. Type the present one; if it is, look at the clock of the device.',
      );
    await transaction.sql
      .updateTable('totp_secrets')
      .set({ confirmed_at: sql<Date>`now()`, last_step: step, last_used_at: sql<Date>`now()` })
      .where('account_id', '=', person.accountId)
      .where('user_id', '=', person.id)
      .execute();
    const told = { factor: 'TOTP', what: 'a code of your authenticator app' } as const;
    return factorAdded(transaction, scope, { enrollee, person, told });
  });
}

/** What was begun and is not confirmed. */
async function unconfirmed(db: Sql, { accountId, id }: User): Promise<string> {
  const begun = await db
    .selectFrom('totp_secrets')
    .select('sealed')
    .where('account_id', '=', accountId)
    .where('user_id', '=', id)
    .where('confirmed_at', 'is', null)
    .executeTakeFirst();
  if (begun === undefined)
    throw invalidInput('code', 'confirms nothing: no authenticator app waits for it. Begin with beginTotp.');
  return begun.sealed;
}

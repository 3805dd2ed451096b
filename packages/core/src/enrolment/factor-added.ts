import type { TransactionScope } from '../database/work.ts';
import type { PropertyChange } from '../model/event.ts';
import type { User } from '../model/user.entity.ts';
import { newRecoveryCodes, recoveryCodeDigest } from '../second-factors/recovery-codes.ts';
import { mailFactorNews } from '../sign-in/factor-mails.ts';
import { beginFinishedSession } from '../sign-in/finish-sign-in.ts';
import { takePendingSignIn } from '../sign-in/pending-sign-ins.ts';
import type { StartedSession } from '../sign-in/start-session.ts';
import { tellOwnDoing } from '../sign-in/tell-own-doing.ts';
import type { Enrollee, EnrolmentScope } from './enrollee.ts';

/** What comes of a new second factor. */
export interface FactorAdded {
  /** Shown this once, to whoever had none. */
  readonly recoveryCodes: readonly string[] | null;
  /** The session, where the second factor was all that it waited for. */
  readonly started: StartedSession | null;
}

/** What the log and the person are told of a second factor. */
export interface ToldFactor {
  readonly factor: 'TOTP' | 'PASSKEY';
  readonly what: string;
  readonly changes?: readonly PropertyChange[];
}

/** Finishes what a new second factor of somebody who is held brings along. */
export async function factorAdded(
  transaction: TransactionScope,
  scope: EnrolmentScope,
  {
    enrollee,
    person,
    told,
  }: { readonly enrollee: Enrollee; readonly person: User; readonly told: ToldFactor },
): Promise<FactorAdded> {
  const { requestId, outbox } = scope;
  const { accountId } = person;
  if ('pending' in enrollee) await takePendingSignIn(transaction.sql, enrollee.pending, person);
  const recoveryCodes = (await hasRecoveryCodes(transaction, person))
    ? null
    : await makeRecoveryCodes(transaction, person);
  await tellOwnDoing(transaction, {
    type: 'USER_SECOND_FACTOR_ADDED',
    person,
    request: { accountId, connectionId: null, requestId },
    changes: [{ field: 'secondFactor', before: null, after: told.factor }, ...(told.changes ?? [])],
  });
  await mailFactorNews(transaction, outbox, person, (where) => ({
    subject: `A second factor for ${where} was set up`,
    what: `From now on you can show ${told.what} when you sign in to ${where}, and are asked for a second factor after your password.`,
  }));
  const started =
    'pending' in enrollee
      ? await beginFinishedSession(transaction, person, { ...scope, secondFactor: told.factor })
      : null;
  return { recoveryCodes, started };
}

async function hasRecoveryCodes({ sql: db }: TransactionScope, { accountId, id }: User): Promise<boolean> {
  const code = await db
    .selectFrom('recovery_codes')
    .select('digest')
    .where('account_id', '=', accountId)
    .where('user_id', '=', id)
    .limit(1)
    .executeTakeFirst();
  return code !== undefined;
}

/** Gives a person who is held new recovery codes, and answers them; those of before are good no more. */
export async function makeRecoveryCodes(
  { sql: db }: TransactionScope,
  { accountId, id: userId }: User,
): Promise<string[]> {
  const codes = newRecoveryCodes();
  await db
    .deleteFrom('recovery_codes')
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .execute();
  const rows = codes.map((code) => ({
    account_id: accountId,
    user_id: userId,
    digest: recoveryCodeDigest(code),
  }));
  await db.insertInto('recovery_codes').values(rows).execute();
  return codes;
}

import type { TransactionScope } from '../database/work.ts';
import { line, mailOf } from '../mail/mail-text.ts';
import type { Outbox } from '../mail/outbox.ts';
import type { User } from '../model/user.entity.ts';
import { accountNameOf } from './glances.ts';
import { mailAddressOf } from './person-mail.ts';
import { tellOwnDoing } from './tell-own-doing.ts';

/** What somebody is told of how they sign in: a sentence, in which `where` is the account. */
type FactorNews = (where: string) => { readonly subject: string; readonly what: string };

/** Writes to a person that something of how they sign in is another now, where mails are sent. */
export async function mailFactorNews(
  { sql: db }: Pick<TransactionScope, 'sql'>,
  outbox: Outbox | undefined,
  person: User,
  news: FactorNews,
): Promise<void> {
  const address = mailAddressOf(person);
  if (outbox === undefined || address === undefined) return;
  const { accountId, id: userId } = person;
  const { subject, what } = news(line(await accountNameOf(db, accountId)));
  const mail = mailOf(
    address,
    `${subject}

${what}

If it was you, there is nothing to do. If it was not you, set another password, look at your second factors and sessions, and tell your admin:

${outbox.adminUrl}/profile
`,
  );
  await outbox.post(db, { accountId, userId, mail });
}

/** Tells the log and the person that one of their recovery codes was used. */
export async function recoveryCodeUsed(
  scope: TransactionScope,
  person: User,
  { requestId, outbox }: { readonly requestId: string; readonly outbox: Outbox | undefined },
): Promise<void> {
  const { accountId, id } = person;
  const { count } = await scope.sql
    .selectFrom('recovery_codes')
    .select((codes) => codes.fn.countAll<string>().as('count'))
    .where('account_id', '=', accountId)
    .where('user_id', '=', id)
    .executeTakeFirstOrThrow();
  const left = Number(count);
  await tellOwnDoing(scope, {
    type: 'USER_RECOVERY_CODE_USED',
    person,
    request: { accountId, connectionId: null, requestId },
    changes: [{ field: 'recoveryCodes', before: left + 1, after: left }],
  });
  await mailFactorNews(scope, outbox, person, (where) => ({
    subject: `A recovery code for ${where} was used`,
    what: `You signed in to ${where} with a recovery code in place of your second factor. It is used up; ${left === 1 ? 'one is' : `${left} are`} left.`,
  }));
}

/** As whom a provider knows somebody. */
interface ToldIdentity {
  readonly signInConnection: string;
  readonly subject: string;
}

/** Tells a person that they sign in by an identity from now on. */
export const mailIdentityLinked = (
  scope: Pick<TransactionScope, 'sql'>,
  outbox: Outbox | undefined,
  person: User,
  { signInConnection, subject }: ToldIdentity,
): Promise<void> =>
  mailFactorNews(scope, outbox, person, (where) => ({
    subject: `You can sign in to ${where} by ${line(signInConnection)}`,
    what: `From now on whoever signs in at ${line(signInConnection)} as ${line(subject)} is you at ${where}.`,
  }));

/** Tells a person that they sign in by an identity no more. */
export const mailIdentityUnlinked = (
  scope: Pick<TransactionScope, 'sql'>,
  outbox: Outbox | undefined,
  person: User,
  { signInConnection, subject }: ToldIdentity,
): Promise<void> =>
  mailFactorNews(scope, outbox, person, (where) => ({
    subject: `A way to sign in to ${where} was removed`,
    what: `Whoever signs in at ${line(signInConnection)} as ${line(subject)} is no longer you at ${where}.`,
  }));

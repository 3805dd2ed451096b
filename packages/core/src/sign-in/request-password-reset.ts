import { setTimeout as sleep } from 'node:timers/promises';
import { type RawBuilder, sql } from 'kysely';
import { accountPermissions } from '../authorization/permissions.ts';
import type { Sql } from '../database/database.ts';
import type { TransactionScope, Work } from '../database/work.ts';
import { invalidInput } from '../errors/domain-error.ts';
import { recordEvent } from '../events/record-events.ts';
import type { Outbox } from '../mail/outbox.ts';
import type { Authorship } from '../model/event.ts';
import type { AttributeValue } from '../model/user.ts';
import { signInLimits } from '../passwords/sign-in-limits.ts';
import { signsInHere } from '../strict-profile/managed-by.ts';
import { isEmailAddress } from '../text/email-address.ts';
import { fold } from '../text/fold.ts';
import { mailbox } from '../text/mailbox.ts';
import { checkSize, MAX_TEXT_LENGTH } from '../text/text-rules.ts';
import { stampPeople } from '../users/stamp-people.ts';
import { primaryEmail } from './person-mail.ts';
import { newResetLink, openResets } from './reset-links.ts';
import { type ResetLink, resetMail } from './reset-mails.ts';
import { beginResetRequest } from './sign-in-attempts.ts';

/** By what a link is asked for. */
export interface ResetRequestScope {
  readonly work: Work;
  /** Writes at once, whatever becomes of the request: attempts count in rehearsals and when they fail. */
  readonly attempts: Sql;
  readonly outbox: Outbox;
  readonly requestId: string;
}

/** The answer takes no less, so that the time taken does not tell whether there was a mail to write. */
const ANSWER_AFTER_MS = 300;

/**
 * Sends a link to set a password to an e-mail address that people have as userName or as their primary one: one mail, with
 * a link for each account. Nobody is told whether there are such people. Answers the accounts that were written to.
 *
 * @throws DomainError INVALID_INPUT, RATE_LIMITED
 */
export async function requestPasswordReset(
  scope: ResetRequestScope,
  given: string,
): Promise<readonly string[]> {
  const email = given.trim();
  checkSize(email, 'email', MAX_TEXT_LENGTH);
  if (!isEmailAddress(email))
    throw invalidInput(
      'email',
      'is no e-mail address, as in ada@example.com. Send the one you sign in with.',
    );
  await beginResetRequest(scope.attempts, email);
  const [accountIds] = await Promise.all([
    scope.work.transaction((transaction) => sendLinks(transaction, scope, email)),
    sleep(ANSWER_AFTER_MS),
  ]);
  return accountIds;
}

async function sendLinks(
  { sql: db }: TransactionScope,
  { outbox, requestId }: ResetRequestScope,
  email: string,
): Promise<string[]> {
  const people = (await holdThoseAt(email).execute(db)).rows.flatMap((person) => {
    const reached = person.open_resets < signInLimits.maxOpenResets ? reachedAs(person, email) : undefined;
    return reached === undefined ? [] : [{ ...person, ...reached }];
  });
  for (const [first, ...others] of Map.groupBy(people, ({ address }) => mailbox(address)).values()) {
    if (first === undefined) continue;
    const links: ResetLink[] = [];
    for (const person of [first, ...others]) links.push(await linkFor(db, { outbox, requestId }, person));
    const mail = resetMail(first.address, links);
    await outbox.post(db, { accountId: first.account_id, userId: first.id, mail });
  }
  return [...new Set(people.map(({ account_id }) => account_id))];
}

async function linkFor(
  db: Sql,
  { outbox, requestId }: Pick<ResetRequestScope, 'outbox' | 'requestId'>,
  { account_id: accountId, account_name: accountName, id, label, address, limits }: PersonAtAddress & Reached,
): Promise<ResetLink> {
  const url = await newResetLink(db, outbox, { accountId, userId: id, address, limits });
  await stampPeople(accountId, [id]).execute(db);
  const subject = { type: 'USER', id, label } as const;
  const changes = [{ field: 'email', before: null, after: address }];
  const authorship: Authorship = { accountId, actor: SIGN_IN, connectionId: null, requestId };
  await recordEvent(authorship, { type: 'USER_PASSWORD_RESET_SENT', subject, changes }).execute(db);
  return { accountName, url };
}

const SIGN_IN = { kind: 'SYSTEM', id: null, name: 'Sign-in' } as const;

interface PersonAtAddress {
  readonly account_id: string;
  readonly account_name: string;
  readonly id: string;
  readonly label: string;
  readonly user_name: string;
  readonly emails: AttributeValue[] | null;
  readonly open_resets: number;
  readonly does_more: boolean;
}

/** Where a link goes, and what the person may do at most for it to be good; the default roles say so for null. */
interface Reached {
  readonly address: string;
  readonly limits: readonly string[] | null;
}

/**
 * Whether it is an address by which the person signs in, as they have it themselves: another one that folds to the same may
 * be somebody else's. Whoever may do more than the account's default roles allow is reached under their userName alone: their
 * e-mail addresses can be changed by who may do less (docs/decisions/0012-nobody-becomes-more.md).
 */
function reachedAs(person: PersonAtAddress, email: string): Reached | undefined {
  const { user_name: userName, emails } = person;
  if (fold(userName) === fold(email)) return { address: userName, limits: accountPermissions };
  const primary = primaryEmail({ userName, emails });
  if (person.does_more || primary === undefined || fold(primary) !== fold(email)) return undefined;
  return { address: primary, limits: null };
}

/** Most people of an account who are reached by an e-mail address that is not their userName. */
const MAX_BY_EMAIL = 5;

/**
 * The active people who have the address as userName or among their e-mail addresses and have links left, held in the order
 * of all. Where there are very many, those whose userName it is come first, and then some of each account: whoever gives the
 * address to many people keeps nobody else from their link.
 */
const holdThoseAt = (email: string): RawBuilder<PersonAtAddress> => sql`
  WITH meant AS MATERIALIZED (SELECT m.account_id, m.id FROM (
      SELECT u.account_id, u.id, ${isNamed(email)} AS is_named,
        row_number() OVER (PARTITION BY u.account_id, ${isNamed(email)} ORDER BY u.id) AS nth
      FROM users u WHERE u.status = 'ACTIVE' AND ${signsInHere} AND (${isNamed(email)} OR ${hasEmail(email)})
        AND ${openResets} < ${sql.lit(signInLimits.maxOpenResets)}) m
    WHERE m.is_named OR m.nth <= ${sql.lit(MAX_BY_EMAIL)}
    ORDER BY m.is_named DESC, m.nth, m.id LIMIT ${sql.lit(signInLimits.maxAccounts)})
  SELECT u.account_id, a.name AS account_name, u.id, coalesce(u.display_name, u.user_name) AS label, u.user_name, u.emails,
    ${openResets} AS open_resets, first_permission_beyond(u.account_id, u.id, NULL) IS NOT NULL AS does_more
  FROM users u JOIN accounts a ON a.id = u.account_id
  WHERE (u.account_id, u.id) IN (SELECT m.account_id, m.id FROM meant m)
    AND u.status = 'ACTIVE' AND keeps_order(u.xmin) AND (${isNamed(email)} OR ${hasEmail(email)})
  ORDER BY u.id FOR NO KEY UPDATE OF u`;

const isNamed = (email: string) => sql`fold(u.user_name) = fold(${email}::text)`;
const hasEmail = (email: string) =>
  sql`fold(u.emails::text)::jsonb @> fold(${JSON.stringify([{ value: email }])}::text)::jsonb`;

import { type RawBuilder, sql } from 'kysely';
import type { PermissionId } from '../authorization/permissions.ts';
import type { Sql } from '../database/database.ts';
import type { Mail } from '../mail/mail-text.ts';
import type { Outbox } from '../mail/outbox.ts';
import type { AttributeValue } from '../model/user.ts';
import { mailAddressOf } from './person-mail.ts';

/** How many people of an account are written to at most. */
const MAX_RECIPIENTS = 50;

interface Recipient {
  readonly id: string;
  readonly userName: string;
  readonly emails: AttributeValue[] | null;
}

/** To whom, and what they are sent. */
interface Notice {
  readonly accountId: string;
  readonly people: readonly Recipient[];
  /** The mail for an address. */
  readonly mailTo: (address: string) => Mail;
}

/** Has a mail sent, with the transaction, to people who are held. */
export async function mailRecipients(
  db: Sql,
  outbox: Outbox,
  { accountId, people, mailTo }: Notice,
): Promise<void> {
  const mails = people.flatMap((person) => {
    const to = mailAddressOf(person);
    return to === undefined ? [] : [{ accountId, userId: person.id, mail: mailTo(to) }];
  });
  await outbox.post(db, ...mails);
}

/**
 * The active people of an account who may do something. A mail refers to its person and so holds them; they are held here, since
 * people come before what a mail tells of (docs/decisions/0011-one-gate-for-writes.md).
 */
export async function holdRecipients(
  db: Sql,
  accountId: string,
  permission: PermissionId,
): Promise<readonly Recipient[]> {
  const statement: RawBuilder<Recipient> = sql`
    SELECT u.id, u.user_name AS "userName", u.emails FROM users u
    WHERE u.account_id = ${accountId}::uuid AND u.status = 'ACTIVE'
      AND u.id IN (SELECT g.user_id FROM roles r, LATERAL holders_of(r.account_id, r.id) g
        WHERE r.account_id = ${accountId}::uuid AND ${permission} = ANY(r.permissions))
      AND ${permission} = ANY(effective_permissions(u.account_id, u.id))
    ORDER BY u.id LIMIT ${sql.lit(MAX_RECIPIENTS)} FOR KEY SHARE OF u`;
  return (await statement.execute(db)).rows;
}

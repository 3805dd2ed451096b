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
  /** The mail for somebody at their address. */
  readonly mailTo: (address: string, person: Recipient) => Mail;
}

/** Has a mail sent, with the transaction, to people who are held. */
export async function mailRecipients(
  db: Sql,
  outbox: Outbox,
  { accountId, people, mailTo }: Notice,
): Promise<void> {
  const mails = people.flatMap((person) => {
    const to = mailAddressOf(person);
    return to === undefined ? [] : [{ accountId, userId: person.id, mail: mailTo(to, person) }];
  });
  await outbox.post(db, ...mails);
}

/** Whom a mail is for. */
interface Wanted {
  /** What those may do who are given a role that allows it; few should. */
  readonly permission: PermissionId;
  /** What else they may do. */
  readonly andAll?: readonly PermissionId[];
  /** The ids of others. */
  readonly besides?: RawBuilder<{ id: string }>;
}

/** Somebody who is held, and whether it is as one of those who may do what is wanted. */
export interface HeldRecipient extends Recipient {
  readonly may: boolean;
}

/**
 * The active people of an account who may do something, up to 50 of them, and others who are named. A mail refers to its person
 * and so holds them; they are held here, since people come before what a mail tells of
 * (docs/decisions/0011-one-gate-for-writes.md).
 */
export async function holdRecipients(
  db: Sql,
  accountId: string,
  { permission, andAll = [], besides = sql`SELECT NULL::uuid WHERE false` }: Wanted,
): Promise<readonly HeldRecipient[]> {
  const statement: RawBuilder<HeldRecipient> = sql`
    WITH may AS (
      SELECT u.id FROM users u
      WHERE u.account_id = ${accountId}::uuid AND u.status = 'ACTIVE'
        AND u.id IN (SELECT g.user_id FROM roles r, LATERAL holders_of(r.account_id, r.id) g
          WHERE r.account_id = ${accountId}::uuid AND ${permission} = ANY(r.permissions))
        AND effective_permissions(u.account_id, u.id) @> ${[permission, ...andAll]}::text[]
      ORDER BY u.id LIMIT ${sql.lit(MAX_RECIPIENTS)}),
    wanted AS (SELECT id FROM may UNION (${besides}))
    SELECT u.id, u.user_name AS "userName", u.emails, u.id IN (SELECT id FROM may) AS may
    FROM users u
    WHERE u.account_id = ${accountId}::uuid AND u.status = 'ACTIVE' AND u.id IN (SELECT id FROM wanted)
    ORDER BY u.id FOR KEY SHARE OF u`;
  return (await statement.execute(db)).rows;
}

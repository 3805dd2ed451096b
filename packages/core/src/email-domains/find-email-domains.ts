import type { Sql } from '../database/database.ts';
import { type EmailDomainRecord, emailDomainColumns } from './email-domain-record.ts';

export const findEmailDomain = (
  db: Sql,
  accountId: string,
  id: string,
): Promise<EmailDomainRecord | undefined> =>
  db
    .selectFrom('email_domains')
    .select(emailDomainColumns)
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst();

/** More than any company has. */
const MAX_DOMAINS = 500;

/** The domains of the account, in the order of their names. */
export const listEmailDomains = (db: Sql, accountId: string): Promise<EmailDomainRecord[]> =>
  db
    .selectFrom('email_domains')
    .select(emailDomainColumns)
    .where('account_id', '=', accountId)
    .orderBy('name')
    .limit(MAX_DOMAINS)
    .execute();

/** Whoever speaks for people by their addresses: those of domains that it names, or of all that its account has proven. */
interface Voucher {
  readonly account_id: string;
  readonly domains: readonly string[] | null;
}

/** Does it speak for the domain, and has the account proven that? */
export async function vouchesFor(
  db: Sql,
  { account_id: accountId, domains }: Voucher,
  name: string,
): Promise<boolean> {
  if (domains?.includes(name) === false) return false;
  const found = await db
    .selectFrom('email_domains')
    .select('id')
    .where('account_id', '=', accountId)
    .where('name', '=', name)
    .where('verified_at', 'is not', null)
    .executeTakeFirst();
  return found !== undefined;
}

import { sql } from 'kysely';
import type { Read } from '../database/columns.ts';
import type { Sql } from '../database/database.ts';
import { domainOfEmail } from '../email-domains/domain-name.ts';
import { isUuid } from '../text/uuid.ts';

/** A sign-in connection as it is offered to somebody who is not signed in. */
export type SignInOption = Read<'sign_in_connections', 'id' | 'name' | 'preset'> & {
  readonly account_name: string;
};

/** More are not offered to anybody. */
const MAX_OPTIONS = 20;

/** The sign-in connections of an account, or those that vouch for the domain of an e-mail address, which their account has proven. */
export async function findSignInOptions(
  db: Sql,
  { email, accountId }: { readonly email?: string | null; readonly accountId?: string | null },
): Promise<SignInOption[]> {
  const domain = email == null ? undefined : domainOfEmail(email);
  const account = accountId != null && isUuid(accountId) ? accountId : undefined;
  if (domain === undefined && account === undefined) return [];
  return db
    .selectFrom('sign_in_connections as c')
    .innerJoin('accounts as a', 'a.id', 'c.account_id')
    .select(['c.id', 'c.name', 'c.preset', 'a.name as account_name'])
    .where('c.enabled', '=', true)
    .$if(account !== undefined, (those) => those.where('c.account_id', '=', account ?? ''))
    .$if(domain !== undefined, (those) =>
      those
        .where('c.account_id', 'in', (d) =>
          d
            .selectFrom('email_domains as d')
            .select('d.account_id')
            .where('d.name', '=', domain ?? '')
            .where('d.verified_at', 'is not', null),
        )
        .where(sql<boolean>`coalesce(${domain}::text = ANY (c.domains), true)`),
    )
    .orderBy('a.name')
    .orderBy('c.name')
    .limit(MAX_OPTIONS)
    .execute();
}

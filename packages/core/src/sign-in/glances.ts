import { sql } from 'kysely';
import { type ParsedSecret, sameDigest } from '../authorization/secret.ts';
import type { Sql } from '../database/database.ts';
import { openResets } from './reset-links.ts';

// What is looked up without being held: to know what to hold, or what no decision rests on.

/** How the account is called. */
export async function accountNameOf(db: Sql, accountId: string): Promise<string> {
  const account = await db
    .selectFrom('accounts')
    .select('name')
    .where('id', '=', accountId)
    .executeTakeFirst();
  return account?.name ?? '';
}

/** How many links to set a password somebody has, who is held. */
export async function countOpenResets(db: Sql, accountId: string, userId: string): Promise<number> {
  const person = await db
    .selectFrom('users as u')
    .select(sql<number>`${openResets}`.as('count'))
    .where('u.account_id', '=', accountId)
    .where('u.id', '=', userId)
    .executeTakeFirst();
  return person?.count ?? 0;
}

/** Whose password a link sets, while it is good. */
export async function glanceAtReset(
  db: Sql,
  { id, digest }: ParsedSecret,
): Promise<{ readonly accountId: string; readonly userId: string } | undefined> {
  const reset = await db
    .selectFrom('password_resets')
    .select(['account_id as accountId', 'user_id as userId', 'digest'])
    .where('id', '=', id)
    .where('expires_at', '>', sql<Date>`now()`)
    .executeTakeFirst();
  return reset !== undefined && sameDigest(reset.digest, digest) ? reset : undefined;
}

/** By what somebody signs in. */
export const glanceAtPassword = (
  db: Sql,
  accountId: string,
  userId: string,
): Promise<{ readonly userName: string; readonly digest: string | null } | undefined> =>
  db
    .selectFrom('users')
    .select(['user_name as userName', 'password_digest as digest'])
    .where('account_id', '=', accountId)
    .where('id', '=', userId)
    .executeTakeFirst();

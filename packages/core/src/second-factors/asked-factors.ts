import type { Sql } from '../database/database.ts';
import type { SecondFactorPolicy } from '../model/account.entity.ts';
import type { SecondFactorName } from '../model/second-factor.entities.ts';
import { secondFactorsOf } from './find-second-factors.ts';

/**
 * By which second factors somebody who is held has to show who they are after their password: none, so that they set one up
 * first, where the account wants one and they have none; undefined when the password is enough.
 */
export async function askedFactors(
  db: Sql,
  accountId: string,
  userId: string,
): Promise<readonly SecondFactorName[] | undefined> {
  const own = await secondFactorsOf(db, accountId, userId);
  if (own.length > 0) return own;
  return (await secondFactorPolicyNow(db, accountId)) === 'OPTIONAL' ? undefined : [];
}

/** From whom the account wants a second factor; it stays so until the transaction ends. */
export async function secondFactorPolicyNow(db: Sql, accountId: string): Promise<SecondFactorPolicy> {
  const account = await db
    .selectFrom('accounts')
    .select('second_factor')
    .where('id', '=', accountId)
    .forShare()
    .executeTakeFirstOrThrow();
  return account.second_factor;
}

import { type RawBuilder, sql } from 'kysely';
import { lockObject, shareObjects } from '../database/advisory-lock.ts';
import type { Sql } from '../database/database.ts';
import type { RoleSourceName } from '../model/account.entity.ts';

// No id of an object reads like it.
const ROLE_SOURCE = 'role source';

/** Waits until nobody gives roles by hand or by a sign-in, and keeps them waiting until the transaction ends. */
export const holdRoleSourceAlone = (accountId: string): RawBuilder<unknown> =>
  lockObject(accountId, ROLE_SOURCE);

/**
 * Where the account's roles come from, which stays so until the transaction ends. Whoever gives roles by hand or by a sign-in
 * asks before rows, since whoever changes it holds everybody; so, too, does the sign-in connection stay as it is whose groups give them.
 */
export async function shareRoleSource(
  db: Sql,
  accountId: string,
  signInConnectionId?: string,
): Promise<RoleSourceName> {
  const ids = signInConnectionId === undefined ? [ROLE_SOURCE] : [ROLE_SOURCE, signInConnectionId];
  await shareObjects(accountId, ids).execute(db);
  return readRoleSource(db, accountId);
}

/** Where the account's roles come from; who has waited for a later change of it is to be told of after that. */
export async function readRoleSource(db: Sql, accountId: string): Promise<RoleSourceName> {
  const account = await db
    .selectFrom('accounts')
    .select('role_source')
    .where('id', '=', accountId)
    .where(sql<boolean>`keeps_order(accounts.xmin)`)
    .executeTakeFirstOrThrow();
  return account.role_source;
}

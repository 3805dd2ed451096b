import { type RawBuilder, sql } from 'kysely';
import { lockObject } from '../database/advisory-lock.ts';
import type { Sql } from '../database/database.ts';
import type { RoleSourceName } from '../model/account.entity.ts';

// No id of an object reads like it.
const ROLE_SOURCE = 'role source';

/** Waits until nobody gives roles by hand or by a sign-in, and keeps them waiting until the transaction ends. */
export const holdRoleSourceAlone = (accountId: string): RawBuilder<unknown> =>
  lockObject(accountId, ROLE_SOURCE);

/**
 * Where the account's roles come from, which stays so until the transaction ends. Whoever gives roles by hand or by a sign-in
 * asks before rows, since whoever changes it holds everybody.
 */
export async function shareRoleSource(db: Sql, accountId: string): Promise<RoleSourceName> {
  await sql`SELECT pg_advisory_xact_lock_shared(hashtextextended(concat(${accountId}::text, ${ROLE_SOURCE}::text), 0))
    FROM stays_within(${accountId}::uuid)`.execute(db);
  return readRoleSource(db, accountId);
}

/** Where the account's roles come from. */
export async function readRoleSource(db: Sql, accountId: string): Promise<RoleSourceName> {
  const account = await db
    .selectFrom('accounts')
    .select('role_source')
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow();
  return account.role_source;
}

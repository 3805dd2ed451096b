import type { Sql } from '../database/database.ts';
import { isUuid } from '../text/uuid.ts';

// What is looked up before it is held: to know what to hold, or to tell afterwards whether it is still the same.

/** The digest of a token's secret; null when there is no such token. */
export async function glanceAtDigest(db: Sql, accountId: string, id: string): Promise<string | null> {
  if (!isUuid(id)) return null;
  const token = await db
    .selectFrom('tokens')
    .select('digest')
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst();
  return token?.digest ?? null;
}

/** The id of the account's first connection. One that is deleted meanwhile is not found where it is held. */
export async function firstConnection(db: Sql, accountId: string): Promise<string | undefined> {
  const connection = await db
    .selectFrom('connections')
    .select('id')
    .where('account_id', '=', accountId)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return connection?.id;
}

import { anyOfIds, groupedBy, type Read } from '../database/columns.ts';
import type { Sql } from '../database/database.ts';

const columns = ['account_id', 'id', 'connection_id', 'name', 'jwks', 'jwks_uri', 'created_at'] as const;

/** A client as read; it has no secrets. */
export type OAuthClientRecord = Read<'oauth_clients', (typeof columns)[number]>;

/** The clients of each of these connections, newest first; one statement. */
export async function clientsOfConnections(
  db: Sql,
  accountId: string,
  connectionIds: readonly string[],
): Promise<OAuthClientRecord[][]> {
  const rows = await db
    .selectFrom('oauth_clients')
    .select(columns)
    .where('account_id', '=', accountId)
    .where('connection_id', '=', anyOfIds(connectionIds))
    .orderBy('id', 'desc')
    .execute();
  return groupedBy(connectionIds, rows, (row) => row.connection_id);
}

/** A client of the account by id. */
export const findOAuthClient = (
  db: Sql,
  accountId: string,
  id: string,
): Promise<OAuthClientRecord | undefined> =>
  db
    .selectFrom('oauth_clients')
    .select(columns)
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst();

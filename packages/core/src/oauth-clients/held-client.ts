import type { Sql } from '../database/database.ts';
import type { TransactionScope } from '../database/work.ts';
import { isUuid } from '../text/uuid.ts';
import type { OAuthClientRecord } from './find-oauth-clients.ts';

/** The client of an id, whosoever account's it is, before it is held: by what it is to prove who it is, and of which connection it is. */
export async function glanceAtClient(db: Sql, id: string): Promise<OAuthClientRecord | undefined> {
  if (!isUuid(id)) return undefined;
  return db.selectFrom('oauth_clients').selectAll().where('id', '=', id).executeTakeFirst();
}

/** A client as it is until the transaction ends; whoever changes one holds its connection, as the caller does. */
export const heldClient = (
  { sql: db }: TransactionScope,
  { account_id, id }: Pick<OAuthClientRecord, 'account_id' | 'id'>,
): Promise<OAuthClientRecord | undefined> =>
  db
    .selectFrom('oauth_clients')
    .selectAll()
    .where('account_id', '=', account_id)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();

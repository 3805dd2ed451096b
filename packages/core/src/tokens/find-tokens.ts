import { type RawBuilder, sql } from 'kysely';
import { anyOfIds, columnsOf, groupedBy, type Read } from '../database/columns.ts';
import type { Sql } from '../database/database.ts';
import { always, type Condition } from '../filters/scalar-filters.ts';
import type { ListOrder } from '../pages/list-order.ts';
import { type Page, type PageRequest, readPage } from '../pages/page.ts';
import { EXPIRES_SOON_DAYS, expiresWithin } from './expiry.ts';
import { MAX_TOKENS_OF_A_PERSON } from './own-token-limits.ts';

/** What is read of a token; never its digests. */
const columns = [
  'id',
  'name',
  'kind',
  'permissions',
  'connection_id',
  'last_four',
  'actor_kind',
  'actor_id',
  'actor_name',
  'overlap_ends_at',
  'created_at',
  'expires_at',
  'last_used_at',
  'revoked_at',
] as const;

export type TokenRecord = Read<'tokens', (typeof columns)[number]>;

const tokensOf = (db: Sql, accountId: string) =>
  db.selectFrom('tokens').select(columns).where('account_id', '=', accountId);

/** A token of the account by id. */
export const findToken = (db: Sql, accountId: string, id: string): Promise<TokenRecord | undefined> =>
  tokensOf(db, accountId).where('id', '=', id).executeTakeFirst();

/** How the account's tokens are listed: all of them, newest first, or those that expire soon, the soonest first. */
export type TokenChoice = 'ALL' | 'EXPIRING_SOON';

const listed: Readonly<Record<TokenChoice, { readonly where: Condition; readonly order: ListOrder }>> = {
  ALL: { where: always, order: { name: 'ID', type: 'text', descending: true } },
  EXPIRING_SOON: {
    where: expiresWithin(EXPIRES_SOON_DAYS),
    order: { name: 'EXPIRES_AT', expression: sql`t.expires_at`, type: 'timestamptz', descending: false },
  },
};

/** A page of the account's tokens. */
export const listTokens = (
  db: Sql,
  accountId: string,
  choice: TokenChoice,
  page: PageRequest,
): Promise<Page<TokenRecord>> =>
  readPage<TokenRecord>(
    db,
    {
      from: sql`tokens t`,
      // Those of OAuth clients come and go by the hour; their clients are listed.
      scope: sql`t.account_id = ${accountId}::uuid AND t.client_id IS NULL`,
      where: listed[choice].where,
      id: sql`t.id`,
      selection: columnsOf('t', columns),
    },
    listed[choice].order,
    page,
  );

/** The tokens of each of these connections, newest first; one statement. */
export async function tokensOfConnections(
  db: Sql,
  accountId: string,
  connectionIds: readonly string[],
): Promise<TokenRecord[][]> {
  const rows = await tokensOf(db, accountId)
    .where('connection_id', '=', anyOfIds(connectionIds))
    .where('client_id', 'is', null)
    .orderBy('id', 'desc')
    .execute();
  return groupedBy(connectionIds, rows, (row) => row.connection_id);
}

/** The tokens that act for each of these people and are good, newest first; one statement. */
export async function tokensOfPeople(
  db: Sql,
  accountId: string,
  userIds: readonly string[],
): Promise<TokenRecord[][]> {
  const statement: RawBuilder<TokenRecord & { readonly user_id: string }> = sql`
    SELECT p.user_id, ${columnsOf('p', columns)} FROM (
      SELECT t.*, row_number() OVER (PARTITION BY t.user_id ORDER BY t.id DESC) AS place FROM tokens t
      WHERE t.account_id = ${accountId}::uuid AND t.user_id = ANY(${[...userIds]}::uuid[])
        AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > now())) p
    WHERE p.place <= ${sql.lit(MAX_TOKENS_OF_A_PERSON)} ORDER BY p.place`;
  return groupedBy(userIds, (await statement.execute(db)).rows, ({ user_id }) => user_id);
}

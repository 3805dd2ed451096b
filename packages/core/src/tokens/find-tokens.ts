import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import type { Instant } from '../database/record.ts';
import { always, type Condition } from '../filters/scalar-filters.ts';
import type { ActorKind } from '../model/event.ts';
import type { TokenKindName } from '../model/token.entity.ts';
import { type Page, type PageRequest, readPage } from '../pages/page.ts';

/** A token as read; never its digests. */
export interface TokenRecord {
  readonly id: string;
  readonly name: string;
  readonly kind: TokenKindName;
  readonly permissions: string[];
  readonly connection_id: string | null;
  readonly last_four: string;
  readonly actor_kind: ActorKind;
  readonly actor_id: string | null;
  readonly actor_name: string;
  readonly overlap_ends_at: Instant | null;
  readonly created_at: Instant;
  readonly expires_at: Instant | null;
  readonly last_used_at: Instant | null;
  readonly revoked_at: Instant | null;
}

const selection = sql`t.id, t.name, t.kind, t.permissions, t.connection_id, t.last_four, t.actor_kind, t.actor_id, t.actor_name,
  t.overlap_ends_at, t.created_at, t.expires_at, t.last_used_at, t.revoked_at`;

/** A token of the account by id. */
export async function findToken(db: Sql, accountId: string, id: string): Promise<TokenRecord | undefined> {
  const statement: RawBuilder<TokenRecord> = sql`SELECT ${selection} FROM tokens t
    WHERE t.account_id = ${accountId}::uuid AND t.id = ${id}::uuid`;
  return (await statement.execute(db)).rows[0];
}

/** A page of the account's tokens, newest first. */
export function listTokens(
  db: Sql,
  accountId: string,
  page: PageRequest,
  where: Condition = always,
): Promise<Page<TokenRecord>> {
  return readPage<TokenRecord>(
    db,
    { from: sql`tokens t`, scope: sql`t.account_id = ${accountId}::uuid`, where, id: sql`t.id`, selection },
    { name: 'ID', type: 'text', descending: true },
    page,
  );
}

/** The tokens of each of these connections, newest first; one statement. */
export async function tokensOfConnections(
  db: Sql,
  accountId: string,
  connectionIds: readonly string[],
): Promise<TokenRecord[][]> {
  const statement: RawBuilder<TokenRecord> = sql`SELECT ${selection} FROM tokens t
    WHERE t.account_id = ${accountId}::uuid AND t.connection_id = ANY(${[...connectionIds]}::uuid[]) ORDER BY t.id DESC`;
  const { rows } = await statement.execute(db);
  const byConnection = Map.groupBy(rows, (row) => row.connection_id);
  return connectionIds.map((id) => byConnection.get(id) ?? []);
}

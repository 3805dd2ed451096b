import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import type { Instant } from '../database/record.ts';
import { always } from '../filters/scalar-filters.ts';
import type { GroupPatchAnswer, IdentityProviderName } from '../model/connection.entity.ts';
import { type Page, type PageRequest, readPage } from '../pages/page.ts';

/** A connection as read. */
export interface ConnectionRecord {
  readonly id: string;
  readonly name: string;
  readonly provider: IdentityProviderName;
  readonly password_sync: boolean | null;
  readonly group_patch_answer: GroupPatchAnswer;
  readonly last_seen_at: Instant | null;
  readonly created_at: Instant;
}

/** How much a connection has provisioned. */
export interface ConnectionCounts {
  readonly users: number;
  readonly teams: number;
}

const selection = sql`c.id, c.name, c.provider, c.password_sync, c.group_patch_answer, c.last_seen_at, c.created_at`;

/** Connections by id, in the order of `ids`; one statement. */
export async function findConnections(
  db: Sql,
  accountId: string,
  ids: readonly string[],
): Promise<(ConnectionRecord | undefined)[]> {
  const statement: RawBuilder<ConnectionRecord> = sql`SELECT ${selection} FROM connections c
    WHERE c.account_id = ${accountId}::uuid AND c.id = ANY(${[...ids]}::uuid[])`;
  const { rows } = await statement.execute(db);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id));
}

/** A page of the account's connections. */
export const listConnections = (
  db: Sql,
  accountId: string,
  page: PageRequest,
): Promise<Page<ConnectionRecord>> =>
  readPage<ConnectionRecord>(
    db,
    {
      from: sql`connections c`,
      scope: sql`c.account_id = ${accountId}::uuid`,
      where: always,
      id: sql`c.id`,
      selection,
    },
    { name: 'ID', type: 'text', descending: false },
    page,
  );

/** What each of these connections has provisioned; one statement. */
export async function countByConnection(
  db: Sql,
  accountId: string,
  ids: readonly string[],
): Promise<ConnectionCounts[]> {
  const statement: RawBuilder<{ id: string; users: number; teams: number }> = sql`SELECT c.id,
      (SELECT count(*)::int FROM user_external_ids x WHERE x.account_id = c.account_id AND x.connection_id = c.id) AS users,
      (SELECT count(*)::int FROM teams t WHERE t.account_id = c.account_id AND t.connection_id = c.id) AS teams
    FROM connections c WHERE c.account_id = ${accountId}::uuid AND c.id = ANY(${[...ids]}::uuid[])`;
  const { rows } = await statement.execute(db);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id) ?? { users: 0, teams: 0 });
}

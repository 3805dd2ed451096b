import { sql } from 'kysely';
import { anyOfIds, columnsOf, countOf, inOrderOf, type Read } from '../database/columns.ts';
import type { Sql } from '../database/database.ts';
import { always } from '../filters/scalar-filters.ts';
import { type Page, type PageRequest, readPage } from '../pages/page.ts';

const columns = [
  'id',
  'name',
  'provider',
  'password_sync',
  'strict',
  'group_patch_answer',
  'groups_as_roles',
  'paused',
  'last_seen_at',
  'created_at',
] as const;

/** A connection as read. */
export type ConnectionRecord = Read<'connections', (typeof columns)[number]>;

/** How much a connection has provisioned. */
export interface ConnectionCounts {
  readonly users: number;
  readonly teams: number;
}

/** Connections by id, in the order of `ids`; one statement. */
export async function findConnections(
  db: Sql,
  accountId: string,
  ids: readonly string[],
): Promise<(ConnectionRecord | undefined)[]> {
  const rows = await db
    .selectFrom('connections')
    .select(columns)
    .where('account_id', '=', accountId)
    .where('id', '=', anyOfIds(ids))
    .execute();
  return inOrderOf(ids, rows, ({ id }) => id);
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
      selection: columnsOf('c', columns),
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
  const rows = await db
    .selectFrom('connections as c')
    .select((c) => [
      'c.id',
      c
        .selectFrom('user_external_ids as x')
        .select(countOf)
        .whereRef('x.account_id', '=', 'c.account_id')
        .whereRef('x.connection_id', '=', 'c.id')
        .as('users'),
      c
        .selectFrom('teams as t')
        .select(countOf)
        .whereRef('t.account_id', '=', 'c.account_id')
        .whereRef('t.connection_id', '=', 'c.id')
        .as('teams'),
    ])
    .where('c.account_id', '=', accountId)
    .where('c.id', '=', anyOfIds(ids))
    .execute();
  return inOrderOf(ids, rows, ({ id }) => id).map((row) => ({
    users: row?.users ?? 0,
    teams: row?.teams ?? 0,
  }));
}

import { type RawBuilder, sql } from 'kysely';
import { anyOfIds, columnsOf, groupedBy, inOrderOf } from '../database/columns.ts';
import type { Sql } from '../database/database.ts';
import { always } from '../filters/scalar-filters.ts';
import { type Page, type PageRequest, readPage } from '../pages/page.ts';
import { type RoleRecord, roleColumns } from './role-record.ts';

const rolesOf = (db: Sql, accountId: string) =>
  db.selectFrom('roles').select(roleColumns).where('account_id', '=', accountId);

/** A role of the account by id. */
export const findRole = (db: Sql, accountId: string, id: string): Promise<RoleRecord | undefined> =>
  rolesOf(db, accountId).where('id', '=', id).executeTakeFirst();

/** Roles by id, in the order of `ids`; one statement. */
export const findRolesById = async (
  db: Sql,
  accountId: string,
  ids: readonly string[],
): Promise<(RoleRecord | undefined)[]> =>
  inOrderOf(ids, await rolesOf(db, accountId).where('id', '=', anyOfIds(ids)).execute(), ({ id }) => id);

/** A page of the account's roles. */
export const listRoles = (db: Sql, accountId: string, page: PageRequest): Promise<Page<RoleRecord>> =>
  readPage<RoleRecord>(
    db,
    {
      from: sql`roles r`,
      scope: sql`r.account_id = ${accountId}::uuid`,
      where: always,
      id: sql`r.id`,
      selection: columnsOf('r', roleColumns),
    },
    { name: 'ID', type: 'text', descending: false },
    page,
  );

/** The roles people have who were granted none. */
export const defaultRoles = (db: Sql, accountId: string): Promise<RoleRecord[]> =>
  rolesOf(db, accountId).where('is_default', '=', true).orderBy('id').execute();

/** How many people were granted each of these roles; one statement. */
export async function countHolders(
  db: Sql,
  accountId: string,
  roleIds: readonly string[],
): Promise<number[]> {
  const statement: RawBuilder<{ role_id: string; count: number }> = sql`
    SELECT r.id AS role_id, count(DISTINCT g.user_id)::int AS count
    FROM unnest(${[...roleIds]}::uuid[]) AS r (id) CROSS JOIN LATERAL holders_of(${accountId}::uuid, r.id) g
    JOIN users u ON u.account_id = ${accountId}::uuid AND u.id = g.user_id AND u.status <> 'DEPROVISIONED'
    GROUP BY r.id`;
  const { rows } = await statement.execute(db);
  return inOrderOf(roleIds, rows, (row) => row.role_id).map((row) => row?.count ?? 0);
}

/** The roles that the identity provider of each of these connections may assign, by id; one statement. */
export async function assignableByConnection(
  db: Sql,
  accountId: string,
  connectionIds: readonly string[],
): Promise<RoleRecord[][]> {
  const rows = await db
    .selectFrom('assignable_roles as a')
    .innerJoin('roles as r', (join) =>
      join.onRef('r.account_id', '=', 'a.account_id').onRef('r.id', '=', 'a.role_id'),
    )
    .select(['a.connection_id', ...roleColumns.map((column) => `r.${column}` as const)])
    .where('a.account_id', '=', accountId)
    .where('a.connection_id', '=', anyOfIds(connectionIds))
    .orderBy('r.id')
    .execute();
  return groupedBy(connectionIds, rows, ({ connection_id }) => connection_id);
}

/** The ids of the connections whose identity providers may assign each of these roles; one statement. */
export async function connectionsByRole(
  db: Sql,
  accountId: string,
  roleIds: readonly string[],
): Promise<string[][]> {
  const rows = await db
    .selectFrom('assignable_roles')
    .select(['role_id', 'connection_id'])
    .where('account_id', '=', accountId)
    .where('role_id', '=', anyOfIds(roleIds))
    .orderBy('connection_id')
    .execute();
  return groupedBy(roleIds, rows, ({ role_id }) => role_id).map((of) =>
    of.map(({ connection_id }) => connection_id),
  );
}

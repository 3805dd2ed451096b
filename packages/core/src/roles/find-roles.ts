import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import { always } from '../filters/scalar-filters.ts';
import { type Page, type PageRequest, readPage } from '../pages/page.ts';
import { type RoleRecord, roleColumns } from './role-record.ts';

/** A role of the account by id. */
export async function findRole(db: Sql, accountId: string, id: string): Promise<RoleRecord | undefined> {
  const statement: RawBuilder<RoleRecord> = sql`SELECT ${roleColumns} FROM roles r
    WHERE r.account_id = ${accountId}::uuid AND r.id = ${id}::uuid`;
  return (await statement.execute(db)).rows[0];
}

/** A page of the account's roles. */
export const listRoles = (db: Sql, accountId: string, page: PageRequest): Promise<Page<RoleRecord>> =>
  readPage<RoleRecord>(
    db,
    {
      from: sql`roles r`,
      scope: sql`r.account_id = ${accountId}::uuid`,
      where: always,
      id: sql`r.id`,
      selection: roleColumns,
    },
    { name: 'ID', type: 'text', descending: false },
    page,
  );

/** The roles people have who were granted none. */
export async function defaultRoles(db: Sql, accountId: string): Promise<RoleRecord[]> {
  const statement: RawBuilder<RoleRecord> = sql`SELECT ${roleColumns} FROM roles r
    WHERE r.account_id = ${accountId}::uuid AND r.is_default ORDER BY r.id`;
  return (await statement.execute(db)).rows;
}

/** How many people were granted each of these roles; one statement. */
export async function countHolders(
  db: Sql,
  accountId: string,
  roleIds: readonly string[],
): Promise<number[]> {
  const statement: RawBuilder<{ role_id: string; count: number }> =
    sql`SELECT g.role_id, count(DISTINCT g.user_id)::int AS count
    FROM role_grants g JOIN users u ON u.account_id = g.account_id AND u.id = g.user_id AND u.status <> 'DEPROVISIONED'
    WHERE g.account_id = ${accountId}::uuid AND g.role_id = ANY(${[...roleIds]}::uuid[]) GROUP BY g.role_id`;
  const { rows } = await statement.execute(db);
  const byRole = new Map(rows.map((row) => [row.role_id, row.count]));
  return roleIds.map((id) => byRole.get(id) ?? 0);
}

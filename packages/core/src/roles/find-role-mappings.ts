import { type RawBuilder, sql } from 'kysely';
import { columnsOf, inOrderOf } from '../database/columns.ts';
import type { Sql } from '../database/database.ts';
import { allOf, isThis } from '../filters/scalar-filters.ts';
import { type Page, type PageRequest, readPage } from '../pages/page.ts';
import { type MappedGroup, ofGroup } from './group-roles.statements.ts';
import { mappingColumns, type RoleMappingRecord } from './role-record.ts';

export interface RoleMappingFilter {
  readonly roleId?: string | null;
  readonly connectionId?: string | null;
}

const selection = columnsOf('m', mappingColumns);

/** Those that count: a mapping that was taken back is none any more, however many still have its role. */
const counts = sql`NOT m.ends`;

/** A mapping of the account by id. */
export async function findRoleMapping(
  db: Sql,
  accountId: string,
  id: string,
): Promise<RoleMappingRecord | undefined> {
  const statement: RawBuilder<RoleMappingRecord> = sql`SELECT ${selection} FROM role_mappings m
    WHERE m.account_id = ${accountId}::uuid AND m.id = ${id}::uuid AND ${counts}`;
  return (await statement.execute(db)).rows[0];
}

/** A page of the account's mappings, by id. */
export const listRoleMappings = (
  db: Sql,
  accountId: string,
  { filter, ...page }: PageRequest & { readonly filter?: RoleMappingFilter | null },
): Promise<Page<RoleMappingRecord>> =>
  readPage<RoleMappingRecord>(
    db,
    {
      from: sql`role_mappings m`,
      scope: sql`m.account_id = ${accountId}::uuid`,
      where: allOf([
        counts,
        ...isThis(sql`m.role_id`, filter?.roleId),
        ...isThis(sql`m.connection_id`, filter?.connectionId),
      ]),
      id: sql`m.id`,
      selection,
    },
    { name: 'ID', type: 'text', descending: false },
    page,
  );

/** The mappings of a group, by id. */
export async function mappingsOfGroup(
  db: Sql,
  accountId: string,
  group: MappedGroup,
): Promise<RoleMappingRecord[]> {
  const statement: RawBuilder<RoleMappingRecord> = sql`SELECT ${selection} FROM role_mappings m
    WHERE ${ofGroup(accountId, group)} AND ${counts} ORDER BY m.id`;
  return (await statement.execute(db)).rows;
}

/** How many people have their role by each of these mappings; one statement. */
export async function countByMapping(
  db: Sql,
  accountId: string,
  mappingIds: readonly string[],
): Promise<number[]> {
  const statement: RawBuilder<{ mapping_id: string; count: number }> = sql`
    SELECT m.id AS mapping_id, count(*)::int AS count FROM role_mappings m JOIN memberships s
      ON s.account_id = m.account_id AND s.team_id = m.team_id AND m.id = ANY (s.role_mapping_ids)
    WHERE m.account_id = ${accountId}::uuid AND m.id = ANY (${[...mappingIds]}::uuid[]) GROUP BY m.id`;
  const { rows } = await statement.execute(db);
  return inOrderOf(mappingIds, rows, (row) => row.mapping_id).map((row) => row?.count ?? 0);
}

import { type RawBuilder, sql } from 'kysely';
import { columnsOf, inOrderOf } from '../database/columns.ts';
import type { Sql } from '../database/database.ts';
import { allOf, isThis } from '../filters/scalar-filters.ts';
import { type Page, type PageRequest, readPage } from '../pages/page.ts';
import { type SsoRoleMappingRecord, ssoMappingColumns } from '../roles/role-record.ts';
import { groupKeyOf } from './group-value.ts';
import { ofSsoGroup, type SsoGroup } from './sso-mappings.statements.ts';

export interface SsoRoleMappingFilter {
  readonly roleId?: string | null;
  readonly signInConnectionId?: string | null;
}

const selection = columnsOf('m', ssoMappingColumns);

/** A mapping of the account by id. */
export async function findSsoRoleMapping(
  db: Sql,
  accountId: string,
  id: string,
): Promise<SsoRoleMappingRecord | undefined> {
  const statement: RawBuilder<SsoRoleMappingRecord> = sql`SELECT ${selection} FROM sso_role_mappings m
    WHERE m.account_id = ${accountId}::uuid AND m.id = ${id}::uuid`;
  return (await statement.execute(db)).rows[0];
}

/** A page of the account's mappings, by id. */
export const listSsoRoleMappings = (
  db: Sql,
  accountId: string,
  { filter, ...page }: PageRequest & { readonly filter?: SsoRoleMappingFilter | null },
): Promise<Page<SsoRoleMappingRecord>> =>
  readPage<SsoRoleMappingRecord>(
    db,
    {
      from: sql`sso_role_mappings m`,
      scope: sql`m.account_id = ${accountId}::uuid`,
      where: allOf([
        ...isThis(sql`m.role_id`, filter?.roleId),
        ...isThis(sql`m.sign_in_connection_id`, filter?.signInConnectionId),
      ]),
      id: sql`m.id`,
      selection,
    },
    { name: 'ID', type: 'text', descending: false },
    page,
  );

/** The mappings of a group, by id. */
export async function ssoMappingsOfGroup(
  db: Sql,
  accountId: string,
  group: SsoGroup,
): Promise<SsoRoleMappingRecord[]> {
  const statement: RawBuilder<SsoRoleMappingRecord> = sql`SELECT ${selection} FROM sso_role_mappings m
    WHERE ${ofSsoGroup(accountId, group)} ORDER BY m.id`;
  return (await statement.execute(db)).rows;
}

/** Within `role_grants g`: what sign-ins added by the mapping `m`. */
const addedBy: RawBuilder<unknown> = sql`g.account_id = m.account_id AND g.sign_in_connection_id = m.sign_in_connection_id
  AND g.role_id = m.role_id AND ${groupKeyOf('g.group_value')} = ${groupKeyOf('m.group_value')}`;

/** The ids of those who have the role by the mapping. */
export const holdersBySsoMapping = ({ account_id, id }: SsoRoleMappingRecord): RawBuilder<unknown> =>
  sql`SELECT g.user_id FROM sso_role_mappings m JOIN role_grants g ON ${addedBy}
    WHERE m.account_id = ${account_id}::uuid AND m.id = ${id}::uuid`;

/** How many people have their role by each of these mappings; one statement. */
export async function countBySsoMapping(
  db: Sql,
  accountId: string,
  mappingIds: readonly string[],
): Promise<number[]> {
  const statement: RawBuilder<{ id: string; count: number }> = sql`
    SELECT m.id, count(*)::int AS count FROM sso_role_mappings m JOIN role_grants g ON ${addedBy}
    WHERE m.account_id = ${accountId}::uuid AND m.id = ANY(${[...mappingIds]}::uuid[]) GROUP BY m.id`;
  const { rows } = await statement.execute(db);
  return inOrderOf(mappingIds, rows, (row) => row.id).map((row) => row?.count ?? 0);
}

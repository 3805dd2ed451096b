import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import { type Page, type PageRequest, readPage } from '../pages/page.ts';
import { type RecordOptions, recordSelection, type UserRecord } from './user-record.ts';

/** What people were granted: a role, from whatever source, or by one mapping; or a selection of their ids. */
export type Granted = { readonly accountId: string } & (
  | { readonly roleId: string }
  | { readonly mappingId: string }
  | { readonly ids: RawBuilder<unknown> }
);

/** A page of those who were granted it and are in the directory, by id. */
export function listHolders(
  db: Sql,
  granted: Granted,
  page: PageRequest,
  options: RecordOptions,
): Promise<Page<UserRecord>> {
  return readPage<UserRecord>(
    db,
    {
      from: sql`users u`,
      scope: sql`u.account_id = ${granted.accountId}::uuid`,
      where: sql`u.id IN (${holdersOf(granted)})`,
      id: sql`u.id`,
      selection: recordSelection('u', options),
    },
    { name: 'ID', descending: false, type: 'text' },
    page,
  );
}

function holdersOf(granted: Granted): RawBuilder<unknown> {
  if ('ids' in granted) return granted.ids;
  const account = sql`${granted.accountId}::uuid`;
  if ('roleId' in granted)
    return sql`SELECT g.user_id FROM holders_of(${account}, ${granted.roleId}::uuid) g`;
  return sql`SELECT s.user_id FROM role_mappings m JOIN memberships s
    ON s.account_id = m.account_id AND s.team_id = m.team_id AND m.id = ANY (s.role_mapping_ids)
    WHERE m.account_id = ${account} AND m.id = ${granted.mappingId}::uuid`;
}

import { type RawBuilder, sql } from 'kysely';
import { columnsOf, type Read } from '../database/columns.ts';
import type { Sql } from '../database/database.ts';
import { type Page, type PageRequest, readPage } from '../pages/page.ts';
import { isErased } from './erasure.ts';

const columns = [
  'account_id',
  'id',
  'user_id',
  'role_id',
  'source',
  'granted_at',
  'actor_kind',
  'actor_id',
  'actor_name',
  'request_id',
  'sign_in_connection_id',
  'sign_in_connection_name',
  'group_value',
] as const;

/** A grant that the switch to SCIM would erase, as read. */
export type ErasedGrantRecord = Read<'role_grants', (typeof columns)[number]>;

/** A page of the grants that the switch to SCIM would erase, by id. */
export const listErasedGrants = (
  db: Sql,
  accountId: string,
  page: PageRequest,
): Promise<Page<ErasedGrantRecord>> =>
  readPage<ErasedGrantRecord>(
    db,
    {
      from: sql`role_grants g`,
      scope: sql`g.account_id = ${accountId}::uuid`,
      where: isErased,
      id: sql`g.id`,
      selection: columnsOf('g', columns),
    },
    { name: 'ID', type: 'text', descending: false },
    page,
  );

/** The permissions that a person has now and would not have afterwards. */
export async function permissionsLost(db: Sql, accountId: string, userId: string): Promise<string[]> {
  const kept = sql`
    SELECT r.id, r.permissions, r.exclusive FROM roles_of(${accountId}::uuid, ${userId}::uuid) g
    JOIN roles r ON r.account_id = ${accountId}::uuid AND r.id = g.role_id WHERE NOT ${isErased}`;
  const statement: RawBuilder<{ lost: string[] }> = sql`
    WITH kept AS MATERIALIZED (${kept}),
    counting AS (
      SELECT k.permissions FROM kept k WHERE NOT k.exclusive OR NOT EXISTS (SELECT FROM kept o WHERE NOT o.exclusive)
      UNION ALL SELECT r.permissions FROM roles r
      WHERE r.account_id = ${accountId}::uuid AND r.is_default AND NOT EXISTS (SELECT FROM kept))
    SELECT ARRAY(SELECT unnest(effective_permissions(${accountId}::uuid, ${userId}::uuid))
      EXCEPT SELECT unnest(c.permissions) FROM counting c ORDER BY 1) AS lost`;
  return (await statement.execute(db)).rows[0]?.lost ?? [];
}

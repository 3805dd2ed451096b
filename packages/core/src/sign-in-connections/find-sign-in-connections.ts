import { sql } from 'kysely';
import { anyOfIds, columnsOf, inOrderOf, type Read } from '../database/columns.ts';
import type { Sql } from '../database/database.ts';
import { always } from '../filters/scalar-filters.ts';
import { type Page, type PageRequest, readPage } from '../pages/page.ts';

const columns = [
  'id',
  'name',
  'protocol',
  'preset',
  'issuer',
  'client_id',
  'scopes',
  'saml',
  'metadata_checked_at',
  'metadata_problem',
  'groups_claim',
  'fetches_groups',
  'link_rule',
  'connection_id',
  'jit_policy',
  'domains',
  'max_age',
  'step_up_acr_values',
  'enabled',
  'sign_out_at_provider',
  'created_at',
] as const;

/** A sign-in connection as read, without its secret. */
export type SignInConnectionRecord = Read<'sign_in_connections', (typeof columns)[number]>;

/** A sign-in connection of the account by id. */
export const findSignInConnection = (
  db: Sql,
  accountId: string,
  id: string,
): Promise<SignInConnectionRecord | undefined> =>
  db
    .selectFrom('sign_in_connections')
    .select(columns)
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst();

/** The sign-in connections of these ids, undefined where there is none; one statement. */
export async function findSignInConnections(
  db: Sql,
  accountId: string,
  ids: readonly string[],
): Promise<(SignInConnectionRecord | undefined)[]> {
  const found = await db
    .selectFrom('sign_in_connections')
    .select(columns)
    .where('account_id', '=', accountId)
    .where('id', '=', anyOfIds(ids))
    .execute();
  return inOrderOf(ids, found, ({ id }) => id);
}

/** A page of the account's sign-in connections. */
export const listSignInConnections = (
  db: Sql,
  accountId: string,
  page: PageRequest,
): Promise<Page<SignInConnectionRecord>> =>
  readPage<SignInConnectionRecord>(
    db,
    {
      from: sql`sign_in_connections c`,
      scope: sql`c.account_id = ${accountId}::uuid`,
      where: always,
      id: sql`c.id`,
      selection: columnsOf('c', columns),
    },
    { name: 'ID', type: 'text', descending: false },
    page,
  );

import { type RawBuilder, sql } from 'kysely';
import { columnsOf, inOrderOf } from '../database/columns.ts';
import type { Sql } from '../database/database.ts';
import { allOf, isThis } from '../filters/scalar-filters.ts';
import { type Page, type PageRequest, readPage } from '../pages/page.ts';
import { type IdentityLinkRecord, identityLinkColumns } from './identity-link-record.ts';

export interface IdentityLinkFilter {
  readonly userId?: string | null;
  readonly signInConnectionId?: string | null;
}

/** A page of the account's links, by id. */
export const listIdentityLinks = (
  db: Sql,
  accountId: string,
  { filter, ...page }: PageRequest & { readonly filter?: IdentityLinkFilter | null },
): Promise<Page<IdentityLinkRecord>> =>
  readPage<IdentityLinkRecord>(
    db,
    {
      from: sql`identity_links i`,
      scope: sql`i.account_id = ${accountId}::uuid`,
      where: allOf([
        ...isThis(sql`i.user_id`, filter?.userId),
        ...isThis(sql`i.sign_in_connection_id`, filter?.signInConnectionId),
      ]),
      id: sql`i.id`,
      selection: columnsOf('i', identityLinkColumns),
    },
    { name: 'ID', type: 'text', descending: false },
    page,
  );

/** How many subjects are linked by each of these sign-in connections; one statement. */
export async function countLinks(
  db: Sql,
  accountId: string,
  signInConnectionIds: readonly string[],
): Promise<number[]> {
  const statement: RawBuilder<{ id: string; count: number }> = sql`
    SELECT i.sign_in_connection_id AS id, count(*)::int AS count FROM identity_links i
    WHERE i.account_id = ${accountId}::uuid AND i.sign_in_connection_id = ANY(${[...signInConnectionIds]}::uuid[]) GROUP BY 1`;
  const { rows } = await statement.execute(db);
  return inOrderOf(signInConnectionIds, rows, ({ id }) => id).map((row) => row?.count ?? 0);
}

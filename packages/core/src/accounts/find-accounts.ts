import { sql } from 'kysely';
import { columnsOf, type Read } from '../database/columns.ts';
import type { Sql } from '../database/database.ts';
import { always } from '../filters/scalar-filters.ts';
import { type Page, type PageRequest, readPage } from '../pages/page.ts';

const columns = ['id', 'name', 'region', 'role_source', 'created_at'] as const;

/** An account as read. */
export type AccountRecord = Read<'accounts', (typeof columns)[number]>;

/** The account with this id. */
export const findAccount = (db: Sql, id: string): Promise<AccountRecord | undefined> =>
  db.selectFrom('accounts').select(columns).where('id', '=', id).executeTakeFirst();

/** A page of all accounts: for the operator. */
export const listAccounts = (db: Sql, page: PageRequest): Promise<Page<AccountRecord>> =>
  readPage<AccountRecord>(
    db,
    {
      from: sql`accounts a`,
      scope: always,
      where: always,
      id: sql`a.id`,
      selection: columnsOf('a', columns),
    },
    { name: 'ID', type: 'text', descending: false },
    page,
  );

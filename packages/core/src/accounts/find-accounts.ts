import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import type { Instant } from '../database/record.ts';
import { always } from '../filters/scalar-filters.ts';
import type { RegionName } from '../model/account.entity.ts';
import { type Page, type PageRequest, readPage } from '../pages/page.ts';

/** An account as read. */
export interface AccountRecord {
  readonly id: string;
  readonly name: string;
  readonly region: RegionName;
  readonly created_at: Instant;
}

const selection = sql`a.id, a.name, a.region, a.created_at`;

/** The account with this id. */
export async function findAccount(db: Sql, id: string): Promise<AccountRecord | undefined> {
  const statement: RawBuilder<AccountRecord> = sql`SELECT ${selection} FROM accounts a WHERE a.id = ${id}::uuid`;
  return (await statement.execute(db)).rows[0];
}

/** A page of all accounts: for the operator. */
export const listAccounts = (db: Sql, page: PageRequest): Promise<Page<AccountRecord>> =>
  readPage<AccountRecord>(
    db,
    { from: sql`accounts a`, scope: always, where: always, id: sql`a.id`, selection },
    { name: 'ID', type: 'text', descending: false },
    page,
  );

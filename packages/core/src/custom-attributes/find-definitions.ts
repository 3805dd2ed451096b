import type { Read } from '../database/columns.ts';
import type { Sql } from '../database/database.ts';

const columns = [
  'account_id',
  'id',
  'schema',
  'name',
  'type',
  'multi_valued',
  'required',
  'case_exact',
  'canonical_values',
  'uniqueness',
  'indexed',
  'description',
  'created_at',
] as const;

/** A definition as read. */
export type CustomAttributeRecord = Read<'custom_attributes', (typeof columns)[number]>;

/** Every attribute that the account defined, in the order in which it did; one statement. */
export const findDefinitions = (db: Sql, accountId: string): Promise<CustomAttributeRecord[]> =>
  db
    .selectFrom('custom_attributes')
    .select(columns)
    .where('account_id', '=', accountId)
    .orderBy('id')
    .execute();

import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import type { Instant } from '../database/record.ts';
import type { AttributeDefinition } from '../model/custom-attribute.ts';

/** A definition as read. */
export interface CustomAttributeRecord extends AttributeDefinition {
  readonly created_at: Instant;
}

/** Every attribute that the account defined, in the order in which it did; one statement. */
export async function findDefinitions(db: Sql, accountId: string): Promise<CustomAttributeRecord[]> {
  const statement: RawBuilder<CustomAttributeRecord> = sql`
    SELECT d.account_id, d.id, d.schema, d.name, d.type, d.multi_valued, d.required, d.case_exact, d.canonical_values,
      d.uniqueness, d.indexed, d.description, d.created_at
    FROM custom_attributes d WHERE d.account_id = ${accountId}::uuid ORDER BY d.id`;
  return (await statement.execute(db)).rows;
}

import { sql } from 'kysely';
import type { Sql } from '../../database/database.ts';
import { invalidInput } from '../../errors/domain-error.ts';

/**
 * Throws INVALID_INPUT when teams are made from the custom attribute with this id; until the transaction ends nobody can
 * choose it. Waits for its lock before others: whoever changes people has this one first, too.
 */
export async function refuseTeamAttribute(db: Sql, accountId: string, id: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock_shared(org_settings_lock(${accountId}::uuid))`.execute(db);
  const { rows } = await sql`SELECT FROM accounts a
    JOIN custom_attributes d ON d.account_id = a.id AND d.id::text = a.team_attribute
    WHERE a.id = ${accountId}::uuid AND d.id::text = lower(${id})`.execute(db);
  if (rows.length === 0) return;
  throw invalidInput(
    'id',
    'teams are made from this attribute. Choose another with updateOrgStructure (teamAttribute) first.',
  );
}

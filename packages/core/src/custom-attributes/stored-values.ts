import { sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import type { Authorship } from '../events/event.ts';
import { recordEvents, unrelated } from '../events/record-events.ts';
import type { CustomAttribute } from './custom-attribute.entity.ts';
import { pathOf } from './custom-attribute.ts';

type Definition = Pick<CustomAttribute, 'accountId' | 'id' | 'schema' | 'name'>;

/** Makes the rows anew by which filters find the values of an attribute, and which keep them unique. */
export async function rebuildKeys(db: Sql, { accountId, id }: Definition): Promise<void> {
  const ofAttribute = sql`account_id = ${accountId}::uuid AND attribute_id = ${id}::uuid`;
  await sql`DELETE FROM custom_attribute_values WHERE ${ofAttribute}`.execute(db);
  await sql`
    INSERT INTO custom_attribute_values (account_id, user_id, attribute_id, value, number, is_unique)
    SELECT u.account_id, u.id, d.id, k.value, k.number, d.uniqueness = 'SERVER' AND u.status <> 'DEPROVISIONED'
    FROM custom_attributes d
    JOIN users u ON u.account_id = d.account_id AND u.custom_attributes ? d.id::text,
    LATERAL custom_attribute_keys(d.type, d.case_exact, u.custom_attributes -> d.id::text) k
    WHERE d.account_id = ${accountId}::uuid AND d.id = ${id}::uuid AND (d.indexed OR d.uniqueness = 'SERVER')`.execute(
    db,
  );
}

/** Takes everybody's value of an attribute, and tells of each: a statement, however many they are. */
export async function clearValues(db: Sql, authorship: Authorship, definition: Definition): Promise<void> {
  const { accountId, id } = definition;
  const key = sql`${id}::text`;
  await sql`
    WITH before AS MATERIALIZED (
      SELECT u.id, u.custom_attributes -> ${key} AS value FROM users u
      WHERE u.account_id = ${accountId}::uuid AND u.custom_attributes ? ${key} AND keeps_order(u.xmin)
      ORDER BY u.id FOR NO KEY UPDATE OF u),
    after AS (
      UPDATE users u SET custom_attributes = nullif(u.custom_attributes - ${key}, '{}'::jsonb),
        version = u.version + 1, updated_at = now()
      FROM before b WHERE u.account_id = ${accountId}::uuid AND u.id = b.id
      RETURNING u.id, coalesce(u.display_name, u.user_name) AS label, b.value)
    ${recordEvents(
      authorship,
      sql`SELECT 'USER_UPDATED', 'USER', a.id, a.label, ${unrelated},
        jsonb_build_array(jsonb_build_object('field', ${pathOf(definition)}::text, 'before', a.value, 'after', NULL))
        FROM after a`,
    )}`.execute(db);
}

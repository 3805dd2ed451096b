import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import { recordEvents, unrelated } from '../events/record-events.ts';
import type { CustomAttribute } from '../model/custom-attribute.entity.ts';
import { pathOf } from '../model/custom-attribute.ts';
import type { Authorship } from '../model/event.ts';

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

/** Of how many people one statement takes the values: it has only seconds, and with all of an account it could take minutes. */
const SLICE = 5_000;

/** Takes everybody's value of an attribute, and tells of each. */
export async function clearValues(
  db: Sql,
  authorship: Authorship,
  definition: Definition,
  size = SLICE,
): Promise<void> {
  await holdEverybodyWith(definition).execute(db);
  let last: string | null = null;
  do last = await clearSlice(db, authorship, definition, { after: last, size });
  while (last !== null);
}

/** Held at once, before the long work, so that few are changed by others in between. */
const holdEverybodyWith = ({ accountId, id }: Definition): RawBuilder<unknown> => sql`
  WITH held AS MATERIALIZED (
    SELECT FROM users u WHERE u.account_id = ${accountId}::uuid AND u.custom_attributes ? ${id}::text AND keeps_order(u.xmin)
    ORDER BY u.id FOR NO KEY UPDATE OF u)
  SELECT count(*) FROM held`;

/** Takes the values of the next people by id. Answers the last of them; null when nobody is left. */
async function clearSlice(
  db: Sql,
  authorship: Authorship,
  definition: Definition,
  { after, size }: { readonly after: string | null; readonly size: number },
): Promise<string | null> {
  const { accountId, id } = definition;
  const key = sql`${id}::text`;
  const statement: RawBuilder<{ id: string }> = sql`
    WITH before AS MATERIALIZED (
      SELECT u.id, u.custom_attributes -> ${key} AS value FROM users u
      WHERE u.account_id = ${accountId}::uuid AND u.custom_attributes ? ${key}
        ${after === null ? sql`` : sql`AND u.id > ${after}::uuid`}
      ORDER BY u.id LIMIT ${size}),
    after AS (
      UPDATE users u SET custom_attributes = nullif(u.custom_attributes - ${key}, '{}'::jsonb),
        version = u.version + 1, updated_at = now()
      FROM before b WHERE u.account_id = ${accountId}::uuid AND u.id = b.id
      RETURNING u.id, coalesce(u.display_name, u.user_name) AS label, b.value),
    logged AS (${recordEvents(
      authorship,
      sql`SELECT 'USER_UPDATED', 'USER', a.id, a.label, ${unrelated},
        jsonb_build_array(jsonb_build_object('field', ${pathOf(definition)}::text, 'before', a.value, 'after', NULL))
        FROM after a`,
    )})
    SELECT b.id FROM before b ORDER BY b.id OFFSET ${size - 1}`;
  return (await statement.execute(db)).rows[0]?.id ?? null;
}

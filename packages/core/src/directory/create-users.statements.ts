import { type RawBuilder, sql } from 'kysely';
import { asRecord, type Recorded } from '../database/record.ts';
import { defineStatement } from '../database/statement.ts';
import { type AuthorshipInSql, authorshipIn, recordEvents, unrelated } from '../events/record-events.ts';
import type { Authorship } from '../model/event.ts';
import { columnNames, typeOfColumn, writtenColumns } from '../users/user-columns.ts';
import { managerDisplayName, recordWith, type UserRecord } from '../users/user-record.ts';
import { holdManager, managerGiven } from './manager.ts';

/** How PostgreSQL reads the batch. Every name in it is ours, so the text is fixed. */
const inputShape = sql.raw(
  [
    'position int, id uuid, external_id text, manager_uuid uuid, changes jsonb',
    ...writtenColumns.map((column) => `${column} ${typeOfColumn(column)}`),
  ].join(', '),
);

/** What became of one user of the batch; the record is that of `created_id`, and empty when nothing was written. */
export interface CreatedRow extends Recorded<UserRecord> {
  readonly position: number;
  readonly existing_id: string | null;
  readonly created_id: string | null;
}

interface BatchValues {
  readonly authorship: Authorship;
  /** The text of the JSON. */
  readonly input: string;
}

/** What is written of the row `i` of the input. */
function valuesOf(authorship: AuthorshipInSql): RawBuilder<unknown> {
  const manager = holdManager(authorship, {
    value: sql.ref('i.manager_value'),
    uuid: sql.ref('i.manager_uuid'),
  });
  return sql.join(
    writtenColumns.map((column) => (column === 'manager_id' ? manager : sql.ref(`i.${column}`))),
  );
}

/**
 * Creates a batch; of several with one name the first, since PostgreSQL refuses to touch a row twice.
 * Rows that exist are locked before anything is written: so the wait comes before the transaction has its number,
 * and the events of one user stay in the order of the changes (docs/decisions/0002-events-in-order.md).
 */
export const batchStatement = defineStatement<BatchValues, CreatedRow>((param) => {
  const authorship = authorshipIn(param);
  const { accountId, connectionId } = authorship;
  const overwritten = writtenColumns.map(
    (column) => sql`${sql.ref(column)} = ${sql.ref(`excluded.${column}`)}`,
  );
  const record = recordWith('c', { externalId: sql`i.external_id`, teams: sql`'[]'::json` });
  return sql`
    WITH input AS MATERIALIZED (
      SELECT DISTINCT ON (fold(r.user_name)) * FROM jsonb_to_recordset(${param('input')}::jsonb) AS r (${inputShape})
      ORDER BY fold(r.user_name), r.position),
    existing AS MATERIALIZED (
      SELECT u.id, fold(u.user_name) AS name FROM users u WHERE u.account_id = ${accountId}::uuid
        AND fold(u.user_name) = ANY (ARRAY(SELECT fold(i.user_name) FROM input i)) AND keeps_order(u.xmin)
      ORDER BY u.id FOR NO KEY UPDATE OF u),
    created AS (
      INSERT INTO users AS u (account_id, id, ${columnNames})
      SELECT ${accountId}::uuid, i.id, ${valuesOf(authorship)} FROM input i LEFT JOIN existing x ON x.name = fold(i.user_name)
      ORDER BY fold(i.user_name)
      ON CONFLICT (account_id, fold(user_name)) DO UPDATE
        SET ${sql.join(overwritten)}, version = u.version + 1, updated_at = now() WHERE u.status = 'DEPROVISIONED'
      RETURNING u.*),
    linked AS (
      INSERT INTO user_external_ids (account_id, connection_id, user_id, external_id)
      SELECT c.account_id, ${connectionId}::uuid, c.id, i.external_id FROM created c
      JOIN input i ON fold(i.user_name) = fold(c.user_name) WHERE i.external_id IS NOT NULL),
    logged AS (${recordEvents(
      authorship,
      sql`SELECT CASE WHEN x.id IS NULL THEN 'USER_CREATED' ELSE 'USER_REVIVED' END, 'USER', c.id,
        coalesce(c.display_name, c.user_name), ${unrelated}, ${creationChanges}
        FROM created c JOIN input i ON fold(i.user_name) = fold(c.user_name) LEFT JOIN existing x ON x.id = c.id`,
    )})
    SELECT i.position, x.id AS existing_id, c.id AS created_id, ${asRecord(record)}
    FROM input i LEFT JOIN existing x ON x.name = fold(i.user_name)
    LEFT JOIN created c ON fold(c.user_name) = fold(i.user_name)`;
});

// What the client said is known beforehand; who the manager is, only now.
const creationChanges = sql`CASE WHEN c.manager_value IS NULL THEN i.changes ELSE i.changes || ${managerGiven(
  {
    id: sql`c.manager_id`,
    value: sql`c.manager_value`,
    name: managerDisplayName('c'),
  },
)} END`;

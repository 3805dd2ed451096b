import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import { defineStatement, type InSql, rowsOf } from '../database/statement.ts';
import {
  type AuthorshipInSql,
  authorshipIn,
  changesOf,
  recordEvents,
  unrelated,
} from '../events/record-events.ts';
import type { Authorship } from '../model/event.ts';
import { managerDisplayName } from '../users/user-record.ts';

/** How a client names a manager: by id, by its own external id, or by userName; in this order. */
export interface ManagerReference {
  readonly value: RawBuilder<unknown>;
  readonly uuid: RawBuilder<unknown>;
}

/** The id of the user a manager reference names, NULL while there is none; for comparing, as it is not held. */
export const resolveManager = (
  authorship: AuthorshipInSql,
  reference: ManagerReference,
): RawBuilder<unknown> => resolve(authorship, reference, sql``);

/**
 * The same for writing it: who is named stays until the transaction ends. The lock is the one that the foreign key takes
 * anyway; taken here, it also finds out that somebody has just been deprovisioned.
 */
export const holdManager = (authorship: AuthorshipInSql, reference: ManagerReference): RawBuilder<unknown> =>
  resolve(authorship, reference, sql`FOR KEY SHARE OF manager`);

function resolve(
  { accountId, connectionId }: AuthorshipInSql,
  { value, uuid }: ManagerReference,
  hold: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const live = sql`manager.account_id = ${accountId}::uuid AND manager.status <> 'DEPROVISIONED'`;
  return sql`CASE WHEN ${value} IS NULL THEN NULL ELSE coalesce(
    (SELECT manager.id FROM users manager WHERE ${live} AND manager.id = ${uuid} ${hold}),
    (SELECT manager.id FROM user_external_ids x JOIN users manager ON manager.account_id = x.account_id AND manager.id = x.user_id
      WHERE x.account_id = ${accountId}::uuid AND x.connection_id = ${connectionId}::uuid AND x.external_id = ${value}
        AND ${live} ORDER BY manager.id LIMIT 1 ${hold}),
    (SELECT manager.id FROM users manager WHERE ${live} AND fold(manager.user_name) = fold(${value}) ${hold})) END`;
}

/** A manager as the events tell it: who, how the client named them, and what they are called. */
interface ToldManager {
  readonly id: RawBuilder<unknown>;
  readonly value: RawBuilder<unknown>;
  readonly name: RawBuilder<unknown>;
}

const told = ({ id, value, name }: ToldManager): RawBuilder<unknown> =>
  sql`jsonb_build_object('id', ${id}, 'value', ${value}, 'displayName', ${name})`;

/** The manager of the row `alias` as the events tell it. */
export function managerAsJson(alias: string): RawBuilder<unknown> {
  const row = (column: string) => sql.ref(`${alias}.${column}`);
  const [id, value, name] = [row('manager_id'), row('manager_value'), managerDisplayName(alias)];
  return sql`CASE WHEN ${id} IS NULL AND ${value} IS NULL THEN NULL ELSE ${told({ id, value, name })} END`;
}

/** The change of somebody who had no manager: the one named now, whom perhaps nobody answers to yet. */
export const managerGiven = (manager: ToldManager): RawBuilder<unknown> =>
  sql`jsonb_build_array(jsonb_build_object('field', 'manager', 'before', NULL, 'after', ${told(manager)}))`;

/**
 * Does nobody wait for a manager of one of these names, in lower case? Holds until the transaction ends: whoever may
 * begin to wait comes before or after it.
 */
export const nobodyWaits = (
  accountId: InSql<string>,
  names: readonly RawBuilder<unknown>[],
): RawBuilder<unknown> => sql`nobody_waits(${accountId}::uuid, ARRAY[${sql.join(names)}])`;

/** What a change is to those who wait for a manager: it brings people under new names, or may leave somebody waiting. */
export type ManagersLock = 'arrives' | 'may-wait';

/** Waits until nobody is at work who might miss this change, or whom it might miss. */
export const lockManagers = (accountId: InSql<string>, lock: ManagersLock): RawBuilder<unknown> =>
  sql`hold_managers_lock(${accountId}::uuid, ${sql.raw(String(lock === 'may-wait'))})`;

/**
 * Gives those who waited for these people the manager whom they named, logs it, and answers who they are. Identity
 * providers send people in any order.
 */
export async function healPendingManagers(
  db: Sql,
  authorship: Authorship,
  ids: readonly string[],
): Promise<string[]> {
  const rows = await rowsOf(healStatement({ authorship, ids }), db);
  return rows.map(({ id }) => id);
}

interface HealValues {
  readonly authorship: Authorship;
  readonly ids: readonly string[];
}

/** Who waits is found by the index users__pending_manager, in any case; external ids are told apart by it (RFC 7643 §3.1). */
const healStatement = defineStatement<HealValues, { id: string }>((param) => {
  const authorship = authorshipIn(param);
  const { accountId, connectionId } = authorship;
  const value = sql`h.manager_value`;
  const named = told({ id: sql`h.manager_id`, value, name: sql`h.manager_name` });
  const waiting = told({ id: sql`NULL`, value, name: sql`NULL` });
  return sql`
    WITH arrived AS MATERIALIZED (
      SELECT u.id, u.user_name, u.display_name, x.external_id FROM users u LEFT JOIN user_external_ids x
        ON x.account_id = u.account_id AND x.user_id = u.id AND x.connection_id = ${connectionId}::uuid
      WHERE u.account_id = ${accountId}::uuid AND u.id = ANY(${param('ids')}::uuid[])),
    healed AS (
      UPDATE users r SET manager_id = a.id, version = r.version + 1, updated_at = now() FROM arrived a
      WHERE r.account_id = ${accountId}::uuid AND r.manager_id IS NULL AND r.manager_value IS NOT NULL
        AND r.status <> 'DEPROVISIONED' AND keeps_order(r.xmin)
        AND fold(r.manager_value) = ANY (ARRAY[a.id::text, fold(a.external_id), fold(a.user_name)])
        AND (r.manager_value = a.external_id OR fold(r.manager_value) IN (a.id::text, fold(a.user_name)))
      RETURNING r.id, coalesce(r.display_name, r.user_name) AS label, r.manager_id, r.manager_value,
        coalesce(a.display_name, a.user_name) AS manager_name),
    logged AS (${recordEvents(
      authorship,
      sql`SELECT 'USER_UPDATED', 'USER', h.id, h.label, ${unrelated},
        ${changesOf([{ field: 'manager', before: waiting, after: named }])} FROM healed h`,
    )})
    SELECT h.id FROM healed h`;
});

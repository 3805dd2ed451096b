import { type RawBuilder, sql } from 'kysely';
import type { Authorship } from '../events/event.ts';
import { changesOf, recordEvents } from '../events/record-events.ts';

/** How a client names a manager: by id, by its own external id, or by userName; in this order. */
export interface ManagerReference {
  readonly value: RawBuilder<unknown>;
  readonly uuid: RawBuilder<unknown>;
}

/** The id of the user a manager reference names, NULL while there is none. */
export function resolveManager(
  { accountId, connectionId }: Authorship,
  { value, uuid }: ManagerReference,
): RawBuilder<unknown> {
  const live = sql`boss.account_id = ${accountId}::uuid AND boss.status <> 'DEPROVISIONED'`;
  return sql`CASE WHEN ${value} IS NULL THEN NULL ELSE coalesce(
    (SELECT boss.id FROM users boss WHERE ${live} AND boss.id = ${uuid}),
    (SELECT boss.id FROM user_external_ids x JOIN users boss ON boss.account_id = x.account_id AND boss.id = x.user_id
      WHERE x.account_id = ${accountId}::uuid AND x.connection_id = ${connectionId}::uuid AND x.external_id = ${value}
        AND ${live} ORDER BY boss.id LIMIT 1),
    (SELECT boss.id FROM users boss WHERE ${live} AND lower(boss.user_name) = lower(${value}))) END`;
}

/** The manager of the row `alias` as the events tell it: who, and how the client named them. */
export function managerAsJson(alias: string): RawBuilder<unknown> {
  const row = (column: string) => sql.ref(`${alias}.${column}`);
  return sql`CASE WHEN ${row('manager_id')} IS NULL AND ${row('manager_value')} IS NULL THEN NULL ELSE
    jsonb_build_object('id', ${row('manager_id')}, 'value', ${row('manager_value')}, 'displayName',
      (SELECT coalesce(boss.display_name, boss.user_name) FROM users boss
        WHERE boss.account_id = ${row('account_id')} AND boss.id = ${row('manager_id')})) END`;
}

/** The change of somebody who had no manager: the one named now, whom perhaps nobody answers to yet. */
export const managerGiven = (manager: Readonly<Record<'id' | 'value' | 'name', RawBuilder<unknown>>>) =>
  sql`jsonb_build_array(jsonb_build_object('field', 'manager', 'before', NULL, 'after', jsonb_build_object(
    'id', ${manager.id}, 'value', ${manager.value}, 'displayName', ${manager.name})))`;

/** Waits the user `r` for a manager of one of these names, a text[] in lower case? The index users__pending_manager knows. */
export const waitsFor = (accountId: string, names: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`r.account_id = ${accountId}::uuid AND r.manager_id IS NULL AND r.manager_value IS NOT NULL
    AND r.status <> 'DEPROVISIONED' AND lower(r.manager_value) = ANY (${names})`;

/**
 * Parts of a WITH that give the people who waited for a manager the one who arrived, and log it.
 * `arrived` yields id, user_name, display_name, external_id. Identity providers send people in any order.
 */
export function healPendingManagers(
  authorship: Authorship,
  arrived: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const named = sql`jsonb_build_object('id', h.manager_id, 'value', h.manager_value, 'displayName', h.manager_name)`;
  const waiting = sql`jsonb_build_object('id', NULL, 'value', h.manager_value, 'displayName', NULL)`;
  return sql`healed AS (
      UPDATE users r SET manager_id = a.id, version = r.version + 1, updated_at = now()
      FROM (${arrived}) AS a (id, user_name, display_name, external_id)
      WHERE ${waitsFor(authorship.accountId, sql`(ARRAY[a.id::text, lower(a.external_id), lower(a.user_name)])`)}
        AND keeps_order(r.xmin)
      RETURNING r.id, coalesce(r.display_name, r.user_name) AS label, r.manager_id, r.manager_value,
        coalesce(a.display_name, a.user_name) AS manager_name),
    healing_logged AS (${recordEvents(
      authorship,
      sql`SELECT 'USER_UPDATED', 'USER', h.id, h.label, NULL::text, NULL::uuid, NULL::text,
        ${changesOf([{ field: 'manager', before: waiting, after: named }])} FROM healed h`,
    )})`;
}

import { type RawBuilder, sql } from 'kysely';
import type { Authorship } from '../events/event.ts';
import { changesOf, recordEvents, unrelated } from '../events/record-events.ts';
import { managerDisplayName } from './user-record.ts';

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
  const value = sql`h.manager_value`;
  const named = told({ id: sql`h.manager_id`, value, name: sql`h.manager_name` });
  const waiting = told({ id: sql`NULL`, value, name: sql`NULL` });
  return sql`healed AS (
      UPDATE users r SET manager_id = a.id, version = r.version + 1, updated_at = now()
      FROM (${arrived}) AS a (id, user_name, display_name, external_id)
      WHERE ${waitsFor(authorship.accountId, sql`(ARRAY[a.id::text, lower(a.external_id), lower(a.user_name)])`)}
        AND keeps_order(r.xmin)
      RETURNING r.id, coalesce(r.display_name, r.user_name) AS label, r.manager_id, r.manager_value,
        coalesce(a.display_name, a.user_name) AS manager_name),
    healing_logged AS (${recordEvents(
      authorship,
      sql`SELECT 'USER_UPDATED', 'USER', h.id, h.label, ${unrelated},
        ${changesOf([{ field: 'manager', before: waiting, after: named }])} FROM healed h`,
    )})`;
}

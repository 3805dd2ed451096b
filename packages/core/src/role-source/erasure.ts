import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import { recordEvents } from '../events/record-events.ts';
import type { Authorship } from '../model/event.ts';
import { localSources } from '../model/role.entity.ts';
import { grantCause } from './grant-cause.ts';

/** Within `role_grants g`: what the switch to SCIM erases. */
export const isErased: RawBuilder<unknown> = sql`g.source = ANY (${[...localSources]}::text[])`;

/** How many grants would be erased, of how many people, and a mark that differs as soon as they are others. */
export interface ErasureRecord {
  readonly grants: number;
  readonly people: number;
  readonly version: string;
  /** How many active admins would stay. */
  readonly admins: number;
}

/** What the switch to SCIM would erase; one statement. */
export async function findErasure(db: Sql, accountId: string): Promise<ErasureRecord> {
  const statement: RawBuilder<ErasureRecord> = sql`
    SELECT count(*)::int AS grants, count(DISTINCT g.user_id)::int AS people,
      md5(coalesce(string_agg(g.id::text, ',' ORDER BY g.id), '')) AS version,
      (SELECT count(DISTINCT u.id)::int FROM roles r
        JOIN LATERAL holders_of(r.account_id, r.id) k ON k.source <> ALL (${[...localSources]}::text[])
        JOIN users u ON u.account_id = r.account_id AND u.id = k.user_id AND u.status = 'ACTIVE'
        WHERE r.account_id = ${accountId}::uuid AND r.key = 'admin') AS admins
    FROM role_grants g WHERE g.account_id = ${accountId}::uuid AND ${isErased}`;
  const [erasure] = (await statement.execute(db)).rows;
  if (erasure === undefined) throw new Error('A count answered nothing.');
  return erasure;
}

/**
 * Holds everybody whose grants are erased, the active admins and whoever asks, in the order of their ids. They can be very many, so
 * it is a statement, and not the gate.
 */
export const holdErased = (accountId: string, person: string | null): RawBuilder<unknown> => sql`
  SELECT FROM users u WHERE u.account_id = ${accountId}::uuid AND keeps_order(u.xmin) AND (u.id = ${person}::uuid OR u.id IN (
      SELECT g.user_id FROM role_grants g WHERE g.account_id = ${accountId}::uuid AND ${isErased}
      UNION SELECT g.user_id FROM roles r, LATERAL holders_of(r.account_id, r.id) g
        WHERE r.account_id = ${accountId}::uuid AND r.key = 'admin'))
  ORDER BY u.id FOR NO KEY UPDATE OF u`;

/** Erases these grants for good, of people who are held, logs it with one event for each person, and has access looked up again. */
export function eraseStatement(authorship: Authorship): RawBuilder<unknown> {
  const { accountId } = authorship;
  const account = sql`${accountId}::uuid`;
  return sql`
    WITH erased AS (
      DELETE FROM role_grants g WHERE g.account_id = ${account} AND ${isErased} RETURNING g.*),
    lost AS MATERIALIZED (
      SELECT g.user_id, jsonb_agg(jsonb_build_object('id', r.id, 'name', r.name) || ${grantCause('g')} ORDER BY r.name, g.id) AS roles
      FROM erased g JOIN roles r ON r.account_id = g.account_id AND r.id = g.role_id GROUP BY g.user_id),
    stamped AS (
      UPDATE users u SET updated_at = u.updated_at FROM lost l WHERE u.account_id = ${account} AND u.id = l.user_id
      RETURNING u.id, coalesce(u.display_name, u.user_name) AS label, l.roles),
    told AS MATERIALIZED (
      SELECT pg_notify('rollcall_credentials', c.id::text) FROM (
        SELECT s.id FROM sessions s WHERE s.account_id = ${account} AND s.user_id IN (SELECT l.user_id FROM lost l)
        UNION ALL SELECT t.id FROM tokens t WHERE t.account_id = ${account} AND t.revoked_at IS NULL
          AND t.user_id IN (SELECT l.user_id FROM lost l)) AS c)
    ${recordEvents(
      authorship,
      sql`SELECT 'USER_ROLES_ERASED', 'USER', s.id, s.label, 'ACCOUNT', a.id, a.name, jsonb_build_array(
          jsonb_build_object('field', 'roles', 'before', s.roles, 'after', NULL),
          jsonb_build_object('field', 'roleSource', 'before', a.role_source, 'after', 'SCIM'))
        FROM stamped s JOIN accounts a ON a.id = ${account} WHERE (SELECT count(*) FROM told) >= 0 ORDER BY s.id`,
    )}`;
}

import { type RawBuilder, sql } from 'kysely';
import { CREDENTIALS_CHANNEL } from '../authorization/end-access.ts';
import { personOf, type SignedInViewer } from '../authorization/viewer.ts';
import type { Sql } from '../database/database.ts';
import { recordEvents, unrelated } from '../events/record-events.ts';
import type { Connection } from '../model/connection.entity.ts';
import type { Authorship } from '../model/event.ts';

/** Which connection. */
export type Which = Pick<Connection, 'accountId' | 'id'>;

/** Within the row `row`: what belongs to the connection. */
const of = (row: string, { accountId, id }: Which, column = 'connection_id'): RawBuilder<unknown> =>
  sql`${sql.ref(`${row}.account_id`)} = ${accountId}::uuid AND ${sql.ref(`${row}.${column}`)} = ${id}::uuid`;

/**
 * Holds everybody who may lose a role: who is in a mapped group of the connection, of whom it says roles, all active admins, and
 * whoever asks; in the order of their ids.
 */
export const holdConcerned = (which: Which, viewer: SignedInViewer): RawBuilder<unknown> => {
  const account = sql`${which.accountId}::uuid`;
  return sql`SELECT FROM users u WHERE u.account_id = ${account} AND keeps_order(u.xmin) AND u.id = ANY (ARRAY(
      SELECT s.user_id FROM role_mappings m JOIN memberships s ON s.account_id = m.account_id AND s.team_id = m.team_id
      WHERE ${of('m', which)}
      UNION SELECT p.id FROM users p WHERE ${of('p', which, 'directory_roles_by')}
      UNION SELECT unnest(newest_active_admins(${account}, '{}', '{}'))
      UNION SELECT ${personOf(viewer)}::uuid))
    ORDER BY u.id FOR NO KEY UPDATE OF u`;
};

/** Holds the roles that groups of the connection have made. */
export const holdRolesMadeBy = (which: Which): RawBuilder<unknown> =>
  sql`SELECT FROM roles r WHERE ${of('r', which, 'group_connection_id')} ORDER BY r.id FOR UPDATE OF r`;

const idsIn = async (db: Sql, select: RawBuilder<unknown>): Promise<string[]> => {
  const statement: RawBuilder<{ id: string }> = sql`${select}`;
  return (await statement.execute(db)).rows.map(({ id }) => id);
};

/** The tokens of the connection, before they are held with it. */
export const glanceAtTokens = (db: Sql, which: Which): Promise<string[]> =>
  idsIn(db, sql`SELECT t.id FROM tokens t WHERE ${of('t', which)}`);

/** The mappings of its groups, also those that wait for one. */
export const mappingsOf = (db: Sql, which: Which): Promise<string[]> =>
  idsIn(db, sql`SELECT m.id FROM role_mappings m WHERE ${of('m', which)}`);

/** Of whom it says roles. */
export const saidBy = (db: Sql, which: Which): Promise<string[]> =>
  idsIn(db, sql`SELECT u.id FROM users u WHERE ${of('u', which, 'directory_roles_by')}`);

/** The groups that it has pushed. */
export const idsOfGroups = (db: Sql, which: Which): Promise<string[]> =>
  idsIn(db, sql`SELECT t.id FROM teams t WHERE ${of('t', which)} ORDER BY t.id`);

/** The name of a sign-in connection that goes by its external ids, if there is one. */
export async function signInLinkedBy(db: Sql, which: Which): Promise<string | undefined> {
  const statement: RawBuilder<{ name: string }> = sql`
    SELECT s.name FROM sign_in_connections s WHERE ${of('s', which)} ORDER BY s.name LIMIT 1`;
  return (await statement.execute(db)).rows[0]?.name;
}

/** Ends what brings members of its groups in line: it is done at once. */
export const endJobsOf = (which: Which): RawBuilder<unknown> =>
  sql`UPDATE group_roles_jobs j SET state = 'REPLACED', finished_at = now() FROM teams t
    WHERE ${of('t', which)} AND j.account_id = t.account_id AND j.team_id = t.id AND j.state = 'RUNNING'`;

/** Its identity provider assigns no role any more, and what it said of people is nobody's word. */
export const takeAssignable = (which: Which): RawBuilder<unknown> =>
  sql`WITH unassignable AS (DELETE FROM assignable_roles a WHERE ${of('a', which)})
    UPDATE users u SET directory_roles_by = NULL WHERE ${of('u', which, 'directory_roles_by')}`;

/** Roles that its groups have made go as with the groups, where they allow nothing and nobody has them otherwise; SELECT of the events. */
export const dropEmptyRoles = (accountId: string): RawBuilder<unknown> =>
  sql`SELECT d.* FROM drop_group_roles(${accountId}::uuid) d`;

/** Those that stay are roles like others. */
export const letGoOfRoles = (which: Which): RawBuilder<unknown> =>
  sql`UPDATE roles r SET group_connection_id = NULL WHERE ${of('r', which, 'group_connection_id')}`;

/**
 * Makes its groups hand-made teams, and logs it. Where a team has the name of one already, the group gets that of the connection
 * besides, as people would tell the two apart.
 */
export function makeGroupsManual(authorship: Authorship, connection: Connection): RawBuilder<unknown> {
  const { accountId, name } = connection;
  return sql`
    WITH before AS MATERIALIZED (
      SELECT t.id, t.display_name, t.external_id, EXISTS (SELECT FROM teams o WHERE o.account_id = t.account_id
        AND o.connection_id IS NULL AND lower(o.display_name) = lower(t.display_name)) AS is_taken
      FROM teams t WHERE ${of('t', connection)} ORDER BY t.id FOR UPDATE OF t),
    kept AS (
      UPDATE teams t SET origin = 'MANUAL', connection_id = NULL, external_id = NULL, version = t.version + 1, updated_at = now(),
        display_name = CASE WHEN b.is_taken THEN b.display_name || ' (' || ${name}::text || ')' ELSE b.display_name END
      FROM before b WHERE t.account_id = ${accountId}::uuid AND t.id = b.id RETURNING t.id, t.display_name)
    ${recordEvents(
      authorship,
      sql`SELECT 'TEAM_UPDATED', 'TEAM', k.id, k.display_name, ${unrelated},
        (SELECT jsonb_agg(jsonb_build_object('field', c.field, 'before', c.before, 'after', c.after)) FROM (VALUES
          ('origin', to_jsonb('DIRECTORY'::text), to_jsonb('MANUAL'::text)),
          ('displayName', to_jsonb(b.display_name), to_jsonb(k.display_name)),
          ('externalId', to_jsonb(b.external_id), NULL)) AS c (field, before, after) WHERE c.before IS DISTINCT FROM c.after)
        FROM kept k JOIN before b ON b.id = k.id ORDER BY k.id`,
    )}`;
}

/** Forgets by which external ids it knows people, and answers how many. */
export async function leavePeople(db: Sql, which: Which): Promise<number> {
  const statement: RawBuilder<{ count: number }> = sql`
    WITH gone AS (DELETE FROM user_external_ids x WHERE ${of('x', which)} RETURNING x.user_id)
    SELECT count(*)::int AS count FROM gone`;
  return (await statement.execute(db)).rows[0]?.count ?? 0;
}

/** Ends its tokens and OAuth clients, logs it, and tells every process. */
export const endCredentialsOf = (authorship: Authorship, which: Which): RawBuilder<unknown> => sql`
  WITH ended AS (DELETE FROM tokens t WHERE ${of('t', which)} RETURNING t.id, t.name, t.revoked_at, t.client_id),
    clients AS (DELETE FROM oauth_clients o WHERE ${of('o', which)} RETURNING o.id, o.name),
    told AS MATERIALIZED (
      SELECT pg_notify(${sql.lit(CREDENTIALS_CHANNEL)}, e.id::text) FROM ended e WHERE e.revoked_at IS NULL)
  ${recordEvents(
    authorship,
    sql`SELECT 'TOKEN_REVOKED', 'TOKEN', e.id, e.name, ${unrelated}, '[]'::jsonb FROM ended e
        WHERE e.revoked_at IS NULL AND e.client_id IS NULL AND (SELECT count(*) FROM told) >= 0
      UNION ALL SELECT 'OAUTH_CLIENT_DELETED', 'OAUTH_CLIENT', c.id, c.name, ${unrelated}, '[]'::jsonb FROM clients c`,
  )}`;

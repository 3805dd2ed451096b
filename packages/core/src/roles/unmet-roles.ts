import { type RawBuilder, sql } from 'kysely';
import { groupedBy } from '../database/columns.ts';
import type { Sql } from '../database/database.ts';
import type { AttributeValue } from '../model/user.ts';

/** What an identity provider says of people in `roles` that gives them nothing. */
export interface UnmetRole {
  readonly connection_id: string;
  /** As it is said of one of them. */
  readonly said: AttributeValue;
  readonly user_count: number;
  /** The role that is called so, which the identity provider may not assign; null where there is none. */
  readonly role_id: string | null;
}

/** How many of a connection are shown, those said of most people. */
const SHOWN = 100;

/** What each of these identity providers says in vain, most frequent first; one statement. */
export async function unmetByConnection(
  db: Sql,
  accountId: string,
  connectionIds: readonly string[],
): Promise<UnmetRole[][]> {
  const account = sql`${accountId}::uuid`;
  const statement: RawBuilder<UnmetRole> = sql`
    WITH said AS (
      SELECT u.directory_roles_by AS connection_id, u.id AS user_id, e.said, role_names_in(e.said) AS names
      FROM users u, jsonb_array_elements(u.directory_roles) AS e (said)
      WHERE u.account_id = ${account} AND u.directory_roles_by = ANY(${[...connectionIds]}::uuid[]) AND u.status <> 'DEPROVISIONED'),
    counted AS (
      SELECT s.connection_id, s.names, min(s.said::text)::jsonb AS said, count(DISTINCT s.user_id)::int AS user_count
      FROM said s WHERE s.names <> '{}' GROUP BY s.connection_id, s.names),
    matched AS (
      SELECT c.*, (SELECT r.id FROM unnest(c.names) WITH ORDINALITY AS n (name, rank)
          JOIN roles r ON r.account_id = ${account} AND (fold(r.name) = fold(n.name) OR r.id::text = lower(n.name))
          ORDER BY n.rank LIMIT 1) AS role_id
      FROM counted c WHERE NOT EXISTS (
        SELECT FROM unnest(c.names) AS n
        JOIN roles r ON r.account_id = ${account} AND (fold(r.name) = fold(n) OR r.id::text = lower(n))
        JOIN assignable_roles a ON a.account_id = r.account_id AND a.connection_id = c.connection_id AND a.role_id = r.id)),
    placed AS (
      SELECT m.*, row_number() OVER (PARTITION BY m.connection_id ORDER BY m.user_count DESC, m.names) AS place FROM matched m)
    SELECT p.connection_id, p.said, p.user_count, p.role_id FROM placed p WHERE p.place <= ${SHOWN}
    ORDER BY p.connection_id, p.place`;
  return groupedBy(connectionIds, (await statement.execute(db)).rows, ({ connection_id }) => connection_id);
}

import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import { groupKey, groupKeyOf } from './group-value.ts';

/** What becomes of a mapping that matches a group of the sign-in. */
export const ssoOutcomes = ['ADDED', 'HAS_IT_ALREADY', 'NEVER_TO_VIEW_ONLY', 'ROLES_COME_FROM_SCIM'] as const;
export type SsoOutcome = (typeof ssoOutcomes)[number];

/** A sign-in, as far as roles follow from it. */
export interface SsoSignIn {
  readonly accountId: string;
  readonly signInConnectionId: string;
  /** Null for somebody who is created by it. */
  readonly userId: string | null;
  readonly groups: readonly string[];
}

/**
 * The parts `present` and `due` of a WITH: the mappings that match, each with its outcome. An exclusive role is added to those
 * alone who have none that counts beside it: nobody who was granted another, nor with another in the same
 * sign-in; of those who have the default roles, which may be others, whoever signs in for the first time. Before a departure
 * somebody was another.
 */
export const ssoRolesDue = ({
  accountId,
  signInConnectionId,
  userId,
  groups,
}: SsoSignIn): RawBuilder<unknown> => {
  const account = sql`${accountId}::uuid`;
  const person = sql`${userId}::uuid`;
  return sql`
    present AS MATERIALIZED (
      SELECT g.role_id, g.sign_in_connection_id, ${groupKeyOf('g.group_value')} AS group_key, r.exclusive
      FROM role_grants g JOIN roles r ON r.account_id = g.account_id AND r.id = g.role_id
      WHERE g.account_id = ${account} AND g.user_id = ${person}
      UNION ALL SELECT h.role_id, NULL, NULL, r.exclusive
      FROM roles_of(${account}, ${person}) h JOIN roles r ON r.account_id = ${account} AND r.id = h.role_id
      WHERE h.mapping_id IS NOT NULL),
    matching AS MATERIALIZED (
      SELECT m.id, m.group_value, r.id AS role_id, r.name, r.exclusive, c.id AS sign_in_connection_id, c.name AS sign_in_connection_name
      FROM sso_role_mappings m JOIN roles r ON r.account_id = m.account_id AND r.id = m.role_id
      JOIN sign_in_connections c ON c.account_id = m.account_id AND c.id = m.sign_in_connection_id
      WHERE m.account_id = ${account} AND m.sign_in_connection_id = ${signInConnectionId}::uuid
        AND ${groupKeyOf('m.group_value')} = ANY (${[...new Set(groups.map(groupKey))]}::text[])),
    kept AS MATERIALIZED (
      SELECT EXISTS (SELECT FROM present p WHERE NOT p.exclusive) OR EXISTS (SELECT FROM matching m WHERE NOT m.exclusive)
        OR (NOT EXISTS (SELECT FROM present)
          AND EXISTS (SELECT FROM roles r WHERE r.account_id = ${account} AND r.is_default AND NOT r.exclusive)
          AND ${hasSignedIn(account, person)}) AS from_exclusive),
    due AS MATERIALIZED (
      SELECT m.*, CASE
        WHEN (SELECT a.role_source FROM accounts a WHERE a.id = ${account}) = 'SCIM' THEN 'ROLES_COME_FROM_SCIM'
        WHEN EXISTS (SELECT FROM present p WHERE p.role_id = m.role_id AND p.sign_in_connection_id = m.sign_in_connection_id
          AND p.group_key = ${groupKeyOf('m.group_value')}) THEN 'HAS_IT_ALREADY'
        WHEN m.exclusive AND k.from_exclusive THEN 'NEVER_TO_VIEW_ONLY'
        ELSE 'ADDED' END AS outcome
      FROM matching m, kept k)`;
};

/** Since they came, or came back: whoever has left is another person by then, as with their roles. */
const hasSignedIn = (account: RawBuilder<unknown>, person: RawBuilder<unknown>) => sql`EXISTS (
  SELECT FROM events e WHERE e.account_id = ${account} AND e.subject_id = ${person} AND e.type = 'USER_SIGNED_IN'
    AND NOT EXISTS (SELECT FROM events v WHERE v.account_id = ${account} AND v.subject_id = ${person}
      AND v.type = 'USER_REVIVED' AND (v.epoch, v.xid, v.seq) > (e.epoch, e.xid, e.seq)))`;

/** What would become of a mapping at a sign-in. */
export interface SsoRoleDue {
  readonly mapping_id: string;
  readonly group_value: string;
  readonly role_id: string;
  readonly outcome: SsoOutcome;
}

/** What a sign-in with these groups would add, and what it would not and why; nothing is added. One statement. */
export async function previewSsoRoles(db: Sql, signIn: SsoSignIn): Promise<SsoRoleDue[]> {
  const statement: RawBuilder<SsoRoleDue> = sql`WITH ${ssoRolesDue(signIn)}
    SELECT d.id AS mapping_id, d.group_value, d.role_id, d.outcome FROM due d ORDER BY d.group_value, d.name`;
  return (await statement.execute(db)).rows;
}

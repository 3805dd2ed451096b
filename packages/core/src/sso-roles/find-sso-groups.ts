import { type RawBuilder, sql } from 'kysely';
import type { Instant } from '../database/columns.ts';
import type { Sql } from '../database/database.ts';
import { checkPageSize, DEFAULT_PAGE_SIZE } from '../pages/page.ts';
import type { SsoRoleMappingRecord } from '../roles/role-record.ts';
import { checkCharacters } from '../text/text-rules.ts';
import { isUuid } from '../text/uuid.ts';
import { groupKey, groupKeyOf } from './group-value.ts';

/** A group of a sign-in connection: one that has arrived in sign-ins, or is mapped and has not yet. */
export interface SsoGroupRecord {
  readonly value: string;
  /** How many people the provider sent it for, each as of their last sign-in. */
  readonly people: number;
  readonly last_seen_at: Instant | null;
  readonly mappings: readonly SsoRoleMappingRecord[];
}

export interface SsoGroupsRequest {
  readonly signInConnectionId: string;
  /** Part of the group, whatever the case of ASCII letters. */
  readonly contains?: string | null;
  readonly first?: number | null;
}

export interface SsoGroups {
  readonly groups: readonly SsoGroupRecord[];
  readonly total: number;
}

/** The first groups of a sign-in connection: those that are mapped, then those that most people came with; one statement. */
export async function findSsoGroups(
  db: Sql,
  accountId: string,
  { signInConnectionId, contains, first }: SsoGroupsRequest,
): Promise<SsoGroups> {
  const limit = first ?? DEFAULT_PAGE_SIZE;
  checkPageSize(limit, 'first');
  checkCharacters(contains ?? '', 'contains');
  if (!isUuid(signInConnectionId)) return { groups: [], total: 0 };
  const ofConnection = (alias: string) =>
    sql`${sql.ref(`${alias}.account_id`)} = ${accountId}::uuid
      AND ${sql.ref(`${alias}.sign_in_connection_id`)} = ${signInConnectionId}::uuid`;
  const matches = contains ? sql`strpos(key, ${groupKey(contains)}) > 0` : sql`true`;
  const statement: RawBuilder<SsoGroupRecord & { total: number }> = sql`
    WITH arrived AS (
      SELECT lower(u.value COLLATE "C") AS key, min(u.value) AS value, count(DISTINCT l.user_id)::int AS people,
        max(l.groups_at) AS last_seen_at
      FROM identity_links l CROSS JOIN LATERAL unnest(l.groups) AS u (value) WHERE ${ofConnection('l')} GROUP BY 1),
    mapped AS (
      SELECT ${groupKeyOf('m.group_value')} AS key, min(m.group_value) AS value, json_agg(m ORDER BY m.id) AS mappings
      FROM sso_role_mappings m WHERE ${ofConnection('m')} GROUP BY 1)
    SELECT coalesce(m.value, a.value) AS value, coalesce(a.people, 0) AS people, a.last_seen_at, count(*) OVER ()::int AS total,
      coalesce(m.mappings, '[]') AS mappings
    FROM arrived a FULL JOIN mapped m USING (key) WHERE ${matches}
    ORDER BY m.key IS NULL, people DESC, key LIMIT ${limit}`;
  const { rows } = await statement.execute(db);
  return { groups: rows, total: rows[0]?.total ?? 0 };
}

/** How many people's groups the provider held back at their last sign-in. */
export async function countWithheld(db: Sql, accountId: string, signInConnectionId: string): Promise<number> {
  const statement: RawBuilder<{ count: number }> = sql`
    SELECT count(DISTINCT l.user_id)::int AS count FROM identity_links l WHERE l.account_id = ${accountId}::uuid
      AND l.sign_in_connection_id = ${signInConnectionId}::uuid AND l.groups_withheld`;
  return (await statement.execute(db)).rows[0]?.count ?? 0;
}

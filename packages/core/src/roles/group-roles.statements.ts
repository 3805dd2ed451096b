import { type RawBuilder, sql } from 'kysely';
import { personOf, type SignedInViewer } from '../authorization/viewer.ts';
import type { Sql } from '../database/database.ts';
import { recordEvents } from '../events/record-events.ts';
import type { Authorship } from '../model/event.ts';
import type { BuiltInRoleKey } from '../model/role.entity.ts';
import type { TeamOriginName } from '../model/team.entity.ts';
import { lockAllTeams } from '../teams/team-locks.ts';

/** A group of a connection: as it was pushed, or a name that is waited for. */
export interface MappedGroup {
  readonly connectionId: string;
  readonly name: string;
  readonly teamId: string | null;
}

/** Waits until nobody gives a group its name, and keeps them waiting until the transaction ends. */
export const lockGroupNames = (accountId: string): RawBuilder<unknown> =>
  sql`SELECT pg_advisory_xact_lock(group_names_lock(${accountId}::uuid)) FROM stays_within(${accountId}::uuid)`;

interface PushedTeam {
  readonly id: string;
  readonly display_name: string;
  readonly connection_id: string | null;
  readonly origin: TeamOriginName;
}

/** A team whose lock the transaction has. */
export const lockedTeam = (accountId: string, id: string): RawBuilder<PushedTeam> =>
  sql`SELECT t.id, t.display_name, t.connection_id, t.origin FROM teams t
    WHERE t.account_id = ${accountId}::uuid AND t.id = ${id}::uuid`;

/** The team that the connection has pushed under this name. */
export const teamPushedAs = (
  accountId: string,
  { connectionId, name }: Pick<MappedGroup, 'connectionId' | 'name'>,
): RawBuilder<Pick<PushedTeam, 'id' | 'display_name'>> =>
  sql`SELECT t.id, t.display_name FROM teams t WHERE t.account_id = ${accountId}::uuid
    AND t.connection_id = ${connectionId}::uuid AND fold(t.display_name) = fold(${name}::text)`;

/** A mapping of a group, and whether its role is built in. */
export interface PresentMapping {
  readonly id: string;
  readonly role_id: string;
  readonly key: BuiltInRoleKey | null;
  readonly ends: boolean;
}

/** Within `role_mappings m`: those of a group. */
export const ofGroup = (
  accountId: string,
  { connectionId, name, teamId }: MappedGroup,
): RawBuilder<unknown> =>
  teamId === null
    ? sql`m.account_id = ${accountId}::uuid AND m.connection_id = ${connectionId}::uuid
        AND fold(m.group_name) = fold(${name}::text)`
    : sql`m.account_id = ${accountId}::uuid AND m.team_id = ${teamId}::uuid`;

/** The mappings of a group whose lock the transaction has. */
export const presentMappings = (accountId: string, group: MappedGroup): RawBuilder<PresentMapping> =>
  sql`SELECT m.id, m.role_id, r.key, m.ends FROM role_mappings m
    JOIN roles r ON r.account_id = m.account_id AND r.id = m.role_id WHERE ${ofGroup(accountId, group)}`;

/** Maps a group to roles, also to those whose mapping was about to end, and logs it. */
export function mapStatement(
  authorship: Authorship,
  { connectionId, name, teamId }: MappedGroup,
  mappings: readonly { readonly id: string; readonly roleId: string }[],
): RawBuilder<unknown> {
  const { accountId, actor, requestId } = authorship;
  const account = sql`${accountId}::uuid`;
  return sql`
    WITH mapped AS (
      INSERT INTO role_mappings AS m (account_id, id, connection_id, group_name, team_id, role_id,
        actor_kind, actor_id, actor_name, request_id)
      SELECT ${account}, w.id, ${connectionId}::uuid, ${name}::text, ${teamId}::uuid, w.role_id,
        ${actor.kind}, ${actor.id}::uuid, ${actor.name}, ${requestId}
      FROM unnest(${mappings.map(({ id }) => id)}::uuid[], ${mappings.map(({ roleId }) => roleId)}::uuid[]) AS w (id, role_id)
      ON CONFLICT (account_id, connection_id, fold(group_name), role_id) DO UPDATE SET ends = false, created_at = now(),
        actor_kind = excluded.actor_kind, actor_id = excluded.actor_id, actor_name = excluded.actor_name, request_id = excluded.request_id
      RETURNING m.id, m.group_name, m.role_id)
    ${recordEvents(authorship, mappingEvents('ROLE_MAPPING_CREATED', accountId, sql`mapped`))}`;
}

/** Holds people whom nobody holds yet, in the order of their ids. */
export const holdPeople = (accountId: string, ids: readonly string[]): RawBuilder<unknown> =>
  sql`SELECT FROM users u WHERE u.account_id = ${accountId}::uuid AND u.id = ANY(${[...ids]}::uuid[])
    AND keeps_order(u.xmin) ORDER BY u.id FOR NO KEY UPDATE OF u`;

/**
 * Brings those who are in the group in line with its mappings, everybody or of these, and logs what they were given and
 * lost. They are held.
 */
export function keepStatement(
  authorship: Authorship,
  teamId: string,
  ids?: readonly string[],
): RawBuilder<unknown> {
  const account = sql`${authorship.accountId}::uuid`;
  return sql`
    WITH members AS MATERIALIZED (
      SELECT array_agg(s.team_id) AS groups, array_agg(s.user_id) AS people FROM memberships s
      WHERE s.account_id = ${account} AND s.team_id = ${teamId}::uuid
        ${ids === undefined ? sql`` : sql`AND s.user_id = ANY(${[...ids]}::uuid[])`})
    ${recordEvents(authorship, sql`SELECT k.* FROM members m, keep_group_roles(${account}, m.groups, m.people) k`)}`;
}

/**
 * Gives each group of a connection that has them as roles its role, with everybody who is in them, who is held; logs it. As many
 * statements whatever the number of groups and people.
 */
export async function makeGroupRoles(db: Sql, authorship: Authorship, connectionId: string): Promise<void> {
  const { accountId, actor, requestId } = authorship;
  const account = sql`${accountId}::uuid`;
  const by = sql`${actor.kind}::text, ${actor.id}::uuid, ${actor.name}::text, ${requestId}::text`;
  const groups = sql`ARRAY(SELECT t.id FROM teams t WHERE t.account_id = ${account} AND t.connection_id = ${connectionId}::uuid)`;
  await recordEvents(
    authorship,
    sql`SELECT r.* FROM make_group_roles(${account}, ${groups}, ${by}) r`,
  ).execute(db);
  await keepGroupsOf(authorship, connectionId).execute(db);
}

/** Brings those who are in groups of a connection in line with the mappings, and logs what they were given and lost. They are held. */
export function keepGroupsOf(authorship: Authorship, connectionId: string): RawBuilder<unknown> {
  const account = sql`${authorship.accountId}::uuid`;
  return sql`
    WITH members AS MATERIALIZED (
      SELECT array_agg(s.team_id) AS groups, array_agg(s.user_id) AS people
      FROM memberships s JOIN teams t ON t.account_id = s.account_id AND t.id = s.team_id
      WHERE t.account_id = ${account} AND t.connection_id = ${connectionId}::uuid)
    ${recordEvents(authorship, sql`SELECT k.* FROM members m, keep_group_roles(${account}, m.groups, m.people) k`)}`;
}

/**
 * Waits until nobody changes a team or gives one its name, and holds everybody who is in a group of the connection, with whoever
 * asks, in the order of their ids.
 */
export async function holdAllGroups(
  db: Sql,
  accountId: string,
  viewer: SignedInViewer,
  connectionId: string,
): Promise<void> {
  await lockAllTeams(accountId).execute(db);
  await lockGroupNames(accountId).execute(db);
  const person = personOf(viewer);
  await sql`SELECT FROM users u WHERE u.account_id = ${accountId}::uuid AND keeps_order(u.xmin) AND u.id = ANY (ARRAY(
      SELECT s.user_id FROM memberships s JOIN teams t ON t.account_id = s.account_id AND t.id = s.team_id
      WHERE t.account_id = ${accountId}::uuid AND t.connection_id = ${connectionId}::uuid
      UNION SELECT ${person}::uuid))
    ORDER BY u.id FOR NO KEY UPDATE OF u`.execute(db);
}

/** From now on nobody has a role by these mappings who joins; logs that they count no more. */
export const endStatement = (authorship: Authorship, ids: readonly string[]): RawBuilder<unknown> =>
  sql`WITH ended AS (
      UPDATE role_mappings m SET ends = true
      WHERE m.account_id = ${authorship.accountId}::uuid AND m.id = ANY(${[...ids]}::uuid[]) AND NOT m.ends
      RETURNING m.id, m.group_name, m.role_id)
    ${recordEvents(authorship, mappingEvents('ROLE_MAPPING_DELETED', authorship.accountId, sql`ended`))}`;

/** Deletes mappings by which nobody has a role any more. */
export const unmapStatement = (accountId: string, ids: readonly string[]): RawBuilder<unknown> =>
  sql`DELETE FROM role_mappings m WHERE m.account_id = ${accountId}::uuid AND m.id = ANY(${[...ids]}::uuid[])`;

/** How many people are in the group, of so many at most. */
export const countUpTo = (accountId: string, teamId: string, most: number): RawBuilder<{ count: number }> =>
  sql`SELECT count(*)::int AS count FROM (SELECT FROM memberships m
    WHERE m.account_id = ${accountId}::uuid AND m.team_id = ${teamId}::uuid LIMIT ${most}) AS members`;

/** The events of these mappings: a table of id, group_name and role_id. */
export const mappingEvents = (
  type: 'ROLE_MAPPING_CREATED' | 'ROLE_MAPPING_DELETED',
  accountId: string,
  mappings: RawBuilder<unknown>,
): RawBuilder<unknown> =>
  sql`SELECT ${sql.lit(type)}, 'ROLE_MAPPING', m.id, m.group_name, 'ROLE', r.id, r.name, '[]'::jsonb
    FROM ${mappings} m JOIN roles r ON r.account_id = ${accountId}::uuid AND r.id = m.role_id`;

import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import { type MemberReferenceRecord, type TeamRecord, teamColumns, visibleTeams } from './team-record.ts';

/** A team by id, as the viewer's connection sees it; one statement. */
export async function findTeam(
  db: Sql,
  accountId: string,
  id: string,
  connectionId: string | null,
): Promise<TeamRecord | undefined> {
  const statement: RawBuilder<TeamRecord> = sql`SELECT ${teamColumns('t')} FROM teams t
    WHERE ${visibleTeams(accountId, connectionId)} AND t.id = ${id}::uuid`;
  return (await statement.execute(db)).rows[0];
}

/** Teams by id, in the order of `ids`; one statement. */
export async function findTeamsById(
  db: Sql,
  accountId: string,
  ids: readonly string[],
): Promise<(TeamRecord | undefined)[]> {
  const statement: RawBuilder<TeamRecord> = sql`SELECT ${teamColumns('t')} FROM teams t
    WHERE ${visibleTeams(accountId, null)} AND t.id = ANY(${[...ids]}::uuid[])`;
  const { rows } = await statement.execute(db);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id));
}

/** The teams each of these users is in, as the viewer's connection sees them; one statement. */
export async function findTeamsOfUsers(
  db: Sql,
  accountId: string,
  userIds: readonly string[],
  connectionId: string | null,
): Promise<TeamRecord[][]> {
  const statement: RawBuilder<TeamRecord & { user_id: string }> = sql`SELECT m.user_id, ${teamColumns('t')}
    FROM memberships m JOIN teams t ON t.account_id = m.account_id AND t.id = m.team_id
    WHERE ${visibleTeams(accountId, connectionId)} AND m.account_id = ${accountId}::uuid
      AND m.user_id = ANY(${[...userIds]}::uuid[]) ORDER BY t.id`;
  const { rows } = await statement.execute(db);
  const byUser = Map.groupBy(rows, (row) => row.user_id);
  return userIds.map((id) => byUser.get(id) ?? []);
}

/** How many members each of these teams has; one statement. */
export async function countMembers(
  db: Sql,
  accountId: string,
  teamIds: readonly string[],
): Promise<number[]> {
  const statement: RawBuilder<{ team_id: string; count: number }> = sql`SELECT team_id, count(*)::int AS count
    FROM memberships WHERE account_id = ${accountId}::uuid AND team_id = ANY(${[...teamIds]}::uuid[]) GROUP BY team_id`;
  const { rows } = await statement.execute(db);
  const byTeam = new Map(rows.map((row) => [row.team_id, row.count]));
  return teamIds.map((id) => byTeam.get(id) ?? 0);
}

/** All members of each of these teams, by id; one statement. PostgreSQL builds the lists: they can be long. */
export async function memberReferences(
  db: Sql,
  accountId: string,
  teamIds: readonly string[],
): Promise<MemberReferenceRecord[][]> {
  const statement: RawBuilder<{ team_id: string; members: MemberReferenceRecord[] }> = sql`SELECT m.team_id,
      json_agg(json_build_object('id', m.user_id, 'displayName', coalesce(u.display_name, u.user_name)) ORDER BY m.user_id) AS members
    FROM memberships m JOIN users u ON u.account_id = m.account_id AND u.id = m.user_id
    WHERE m.account_id = ${accountId}::uuid AND m.team_id = ANY(${[...teamIds]}::uuid[]) GROUP BY m.team_id`;
  const { rows } = await statement.execute(db);
  const byTeam = new Map(rows.map((row) => [row.team_id, row.members]));
  return teamIds.map((id) => byTeam.get(id) ?? []);
}

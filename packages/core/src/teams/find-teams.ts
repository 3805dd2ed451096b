import { type RawBuilder, sql } from 'kysely';
import { anyOfIds, countOf, groupedBy, inOrderOf } from '../database/columns.ts';
import type { Sql } from '../database/database.ts';
import {
  type MemberReferenceRecord,
  type MemberTypeName,
  type TeamRecord,
  teamColumns,
  visibleTeams,
} from './team-record.ts';

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
  return inOrderOf(ids, rows, ({ id }) => id);
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
  return groupedBy(userIds, rows, (row) => row.user_id);
}

/** How many members each of these teams has; one statement. */
export async function countMembers(
  db: Sql,
  accountId: string,
  teamIds: readonly string[],
): Promise<number[]> {
  const rows = await db
    .selectFrom('memberships')
    .select(['team_id', countOf])
    .where('account_id', '=', accountId)
    .where('team_id', '=', anyOfIds(teamIds))
    .groupBy('team_id')
    .execute();
  return inOrderOf(teamIds, rows, (row) => row.team_id).map((row) => row?.count ?? 0);
}

/**
 * All members of each of these teams, or those of one type; people and then teams, by id; one statement. PostgreSQL builds
 * the lists: they can be long.
 */
export async function findMemberReferences(
  db: Sql,
  accountId: string,
  teamIds: readonly string[],
  type?: MemberTypeName,
): Promise<MemberReferenceRecord[][]> {
  const people = personReferences(accountId, teamIds);
  const nested = nestedReferences(accountId, teamIds);
  const statement: RawBuilder<ListedReferences> =
    type === undefined ? sql`${people} UNION ALL ${nested}` : type === 'USER' ? people : nested;
  const { rows } = await statement.execute(db);
  const byTeam = new Map<string, MemberReferenceRecord[]>();
  for (const row of rows) {
    const members = referencesOf(row);
    const known = byTeam.get(row.team_id);
    byTeam.set(row.team_id, known === undefined ? members : merged(known, members));
  }
  return teamIds.map((id) => byTeam.get(id) ?? []);
}

/** PostgreSQL promises no order among the rows of a team. */
const merged = (one: MemberReferenceRecord[], other: MemberReferenceRecord[]): MemberReferenceRecord[] =>
  one[0]?.type === 'USER' ? one.concat(other) : other.concat(one);

/** The members of a team, of one type: an object each would cost PostgreSQL twice as much to write. */
interface ListedReferences {
  readonly team_id: string;
  readonly type: MemberTypeName;
  readonly ids: readonly string[];
  readonly names: readonly (string | null)[];
}

const referencesOf = ({ type, ids, names }: ListedReferences): MemberReferenceRecord[] =>
  ids.map((id, place) => ({ id, displayName: names[place] ?? null, type }));

const personReferences = (accountId: string, teamIds: readonly string[]): RawBuilder<ListedReferences> =>
  sql`SELECT m.team_id, 'USER' AS type, json_agg(m.user_id ORDER BY m.user_id) AS ids,
      json_agg(coalesce(u.display_name, u.user_name) ORDER BY m.user_id) AS names
    FROM memberships m JOIN users u ON u.account_id = m.account_id AND u.id = m.user_id
    WHERE m.account_id = ${accountId}::uuid AND m.team_id = ANY(${[...teamIds]}::uuid[]) GROUP BY m.team_id`;

// What a connection nests is its own, so whoever sees the one team sees the other.
const nestedReferences = (accountId: string, teamIds: readonly string[]): RawBuilder<ListedReferences> =>
  sql`SELECT n.team_id, 'TEAM' AS type, json_agg(n.nested_id ORDER BY n.nested_id) AS ids,
      json_agg(t.display_name ORDER BY n.nested_id) AS names
    FROM nested_teams n JOIN teams t ON t.account_id = n.account_id AND t.id = n.nested_id
    WHERE n.account_id = ${accountId}::uuid AND n.team_id = ANY(${[...teamIds]}::uuid[]) GROUP BY n.team_id`;

/** At most how many neighbours of a team are read along with it. */
const MAX_NEIGHBOURS = 500;

/** The teams that are members of each of these, by id; one statement. */
export const findNestedTeams = (
  db: Sql,
  accountId: string,
  ids: readonly string[],
): Promise<TeamRecord[][]> =>
  neighbours(db, ids, {
    condition: sql`n.account_id = ${accountId}::uuid AND n.team_id = asked.id`,
    neighbour: sql`n.nested_id`,
    visible: visibleTeams(accountId, null),
  });

/** The teams that each of these is a member of, as the viewer's connection sees them, by id; one statement. */
export const findOuterTeams = (
  db: Sql,
  accountId: string,
  ids: readonly string[],
  connectionId: string | null,
): Promise<TeamRecord[][]> =>
  neighbours(db, ids, {
    condition: sql`n.account_id = ${accountId}::uuid AND n.nested_id = asked.id`,
    neighbour: sql`n.team_id`,
    visible: visibleTeams(accountId, connectionId),
  });

interface Neighbourhood {
  /** Which `nested_teams n` belong to `asked`. */
  readonly condition: RawBuilder<unknown>;
  readonly neighbour: RawBuilder<unknown>;
  readonly visible: RawBuilder<unknown>;
}

async function neighbours(
  db: Sql,
  ids: readonly string[],
  { condition, neighbour, visible }: Neighbourhood,
): Promise<TeamRecord[][]> {
  const statement: RawBuilder<TeamRecord & { asked_id: string }> = sql`SELECT asked.id AS asked_id, near.*
    FROM unnest(${[...ids]}::uuid[]) AS asked (id), LATERAL (
      SELECT ${teamColumns('t')} FROM nested_teams n JOIN teams t ON t.account_id = n.account_id AND t.id = ${neighbour}
      WHERE ${condition} AND ${visible} ORDER BY ${neighbour} LIMIT ${MAX_NEIGHBOURS}) near`;
  const { rows } = await statement.execute(db);
  return groupedBy(ids, rows, ({ asked_id }) => asked_id);
}

import { type RawBuilder, sql } from 'kysely';
import { recordEvents } from '../events/record-events.ts';
import type { Authorship } from '../model/event.ts';
import { type TeamRecord, teamColumns, visibleTeams } from './team-record.ts';

/** What a change of members touches, held until the transaction ends. */
export interface HeldDirectory {
  readonly teams: readonly TeamRecord[];
  /** The ids of those of the wanted who are people. */
  readonly people: readonly string[];
  /** Those of the wanted that are teams which the viewer sees. */
  readonly nestable: readonly { readonly id: string; readonly connection_id: string | null }[];
}

/** Somebody who joins or leaves. */
export interface MemberMove {
  readonly teamId: string;
  readonly memberId: string;
  readonly joins: boolean;
}

/**
 * The ids come as `plainArray` has them. People are held before teams, as by whoever deprovisions them, and both in the
 * order of their ids.
 */
export function holdStatement(
  { accountId, connectionId }: Authorship,
  teamIds: string,
  memberIds: string,
): RawBuilder<HeldDirectory> {
  const visible = visibleTeams(accountId, connectionId);
  return sql`
    WITH people AS MATERIALIZED (
      SELECT u.id FROM users u WHERE u.account_id = ${accountId}::uuid AND u.id = ANY(${memberIds}::uuid[])
        AND u.status <> 'DEPROVISIONED' ORDER BY u.id FOR KEY SHARE OF u),
    changing AS MATERIALIZED (
      SELECT ${teamColumns('t')} FROM teams t WHERE ${visible} AND t.id = ANY(${teamIds}::uuid[])
        AND (SELECT count(*) FROM people) >= 0 AND keeps_order(t.xmin) ORDER BY t.id FOR NO KEY UPDATE OF t),
    nestable AS MATERIALIZED (
      SELECT t.id, t.connection_id FROM teams t WHERE ${visible} AND t.id = ANY(ARRAY(
          SELECT w FROM unnest(${memberIds}::uuid[]) AS w WHERE w NOT IN (SELECT p.id FROM people p)))
        ORDER BY t.id FOR KEY SHARE OF t)
    SELECT (SELECT coalesce(json_agg(row_to_json(c)), '[]') FROM changing c) AS teams,
      (SELECT coalesce(json_agg(p.id), '[]') FROM people p) AS people,
      (SELECT coalesce(json_agg(row_to_json(n)), '[]') FROM nestable n) AS nestable`;
}

/** Writes the moves that differ something, raises the versions of their teams, and answers those teams. */
export function applyStatement(authorship: Authorship, moves: readonly MemberMove[]): RawBuilder<TeamRecord> {
  const account = sql`${authorship.accountId}::uuid`;
  return sql`
    WITH wanted AS MATERIALIZED (
      SELECT w.*, u.id IS NOT NULL AS is_person, coalesce(u.display_name, u.user_name, n.display_name) AS label
      FROM unnest(${moves.map(({ teamId }) => teamId)}::uuid[], ${moves.map(({ memberId }) => memberId)}::uuid[],
        ${moves.map(({ joins }) => joins)}::boolean[]) AS w (team_id, id, joins)
      LEFT JOIN users u ON u.account_id = ${account} AND u.id = w.id
      LEFT JOIN teams n ON n.account_id = ${account} AND n.id = w.id),
    removed AS (
      DELETE FROM memberships m USING wanted w WHERE m.account_id = ${account} AND m.team_id = w.team_id AND m.user_id = w.id
        AND w.is_person AND NOT w.joins RETURNING m.team_id, m.user_id AS id),
    removed_teams AS (
      DELETE FROM nested_teams n USING wanted w WHERE n.account_id = ${account} AND n.team_id = w.team_id AND n.nested_id = w.id
        AND NOT w.is_person AND NOT w.joins RETURNING n.team_id, n.nested_id AS id),
    added AS (
      INSERT INTO memberships (account_id, team_id, user_id)
      SELECT ${account}, w.team_id, w.id FROM wanted w WHERE w.is_person AND w.joins
      ON CONFLICT DO NOTHING RETURNING team_id, user_id AS id),
    added_teams AS (
      INSERT INTO nested_teams (account_id, team_id, nested_id)
      SELECT ${account}, w.team_id, w.id FROM wanted w WHERE NOT w.is_person AND w.joins
      ON CONFLICT DO NOTHING RETURNING team_id, nested_id AS id),
    moved AS MATERIALIZED (
      SELECT * FROM removed UNION ALL SELECT * FROM removed_teams
      UNION ALL SELECT * FROM added UNION ALL SELECT * FROM added_teams),
    after AS (
      UPDATE teams t SET version = t.version + 1, updated_at = now()
      WHERE t.account_id = ${account} AND t.id IN (SELECT m.team_id FROM moved m) RETURNING t.*),
    logged AS (${recordEvents(
      authorship,
      sql`SELECT CASE WHEN w.joins THEN 'TEAM_MEMBER_ADDED' ELSE 'TEAM_MEMBER_REMOVED' END, 'TEAM', a.id, a.display_name,
          CASE WHEN w.is_person THEN 'USER' ELSE 'TEAM' END, w.id, w.label, '[]'::jsonb
        FROM moved m JOIN after a ON a.id = m.team_id JOIN wanted w ON w.team_id = m.team_id AND w.id = m.id`,
    )})
    SELECT ${teamColumns('a')} FROM after a`;
}

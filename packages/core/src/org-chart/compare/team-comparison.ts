import { sql } from 'kysely';
import { counted } from '../../text/counted-text.ts';
import { chartTeamColumns, shownIn, teamFields } from '../view/chart-records.ts';
import { type Comparison, changedBetween, differ, membershipsChanged } from './chart-comparison.ts';

/** How teams of two charts are compared: what a card shows, where it stands, and who is in them. */
export const teamComparison: Comparison = {
  different: (charts) => sql`
    moved AS MATERIALIZED (${membershipsChanged(charts)}),
    counted AS MATERIALIZED (
      SELECT m.team_id, count(*) FILTER (WHERE m.is)::int AS joined, count(*) FILTER (WHERE m.was)::int AS lost
      FROM moved m GROUP BY m.team_id),
    different AS MATERIALIZED (
      SELECT x.team_id AS id, ${counted(sql`coalesce(a.display_name, b.display_name)`, { exact: false })} AS label,
        coalesce(c.joined, 0) AS members_joined, coalesce(c.lost, 0) AS members_left,
        CASE WHEN b.team_id IS NULL THEN 'CREATED' WHEN a.team_id IS NULL THEN 'REMOVED'
          WHEN a.display_name <> b.display_name THEN 'RENAMED'
          WHEN a.parent_id IS DISTINCT FROM b.parent_id THEN 'MOVED' ELSE 'CHANGED' END AS kind
      FROM (SELECT team_id FROM (${changedBetween(charts, 'org_chart_teams', sql`s.team_id`)}) AS t
        UNION SELECT team_id FROM counted) AS x
      LEFT JOIN counted c ON c.team_id = x.team_id
      LEFT JOIN org_chart_teams b ON b.team_id = x.team_id AND ${shownIn(charts.from, 'b')}
      LEFT JOIN org_chart_teams a ON a.team_id = x.team_id AND ${shownIn(charts.to, 'a')}
      WHERE coalesce(a.team_id, b.team_id) IS NOT NULL AND (c.team_id IS NOT NULL OR ${differ(['team_id', ...teamFields])}))`,
  extra: sql`d.members_joined, d.members_left,`,
  before: ({ from }) =>
    sql`SELECT ${chartTeamColumns} FROM org_chart_teams t WHERE ${shownIn(from, 't')} AND t.team_id = d.id`,
  after: ({ to }) =>
    sql`SELECT ${chartTeamColumns} FROM org_chart_teams t WHERE ${shownIn(to, 't')} AND t.team_id = d.id`,
};

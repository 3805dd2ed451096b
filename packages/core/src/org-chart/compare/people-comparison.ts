import { sql } from 'kysely';
import { counted } from '../../text/counted-text.ts';
import { chartPersonColumns, personFields, shownIn } from '../view/chart-records.ts';
import { type Comparison, changedBetween, differ, membershipsChanged } from './chart-comparison.ts';

/** How people of two charts are compared: what a card shows, where it stands, and the teams. */
export const peopleComparison: Comparison = {
  different: (charts) => sql`
    moved AS MATERIALIZED (${membershipsChanged(charts)}),
    different AS MATERIALIZED (
      SELECT x.user_id AS id, ${counted(sql`coalesce(a.display_name, a.user_name, b.display_name, b.user_name)`, { exact: false })} AS label,
        CASE WHEN b.user_id IS NULL THEN 'JOINED' WHEN a.user_id IS NULL THEN 'LEFT'
          WHEN ${differ(['manager_id', 'on_cycle'])} OR m.user_id IS NOT NULL THEN 'MOVED' ELSE 'CHANGED' END AS kind
      FROM (SELECT user_id FROM (${changedBetween(charts, 'org_chart_people', sql`s.user_id`)}) AS p
        UNION SELECT user_id FROM moved) AS x
      LEFT JOIN (SELECT DISTINCT user_id FROM moved) AS m ON m.user_id = x.user_id
      LEFT JOIN org_chart_people b ON b.user_id = x.user_id AND ${shownIn(charts.from, 'b')}
      LEFT JOIN org_chart_people a ON a.user_id = x.user_id AND ${shownIn(charts.to, 'a')}
      WHERE coalesce(a.user_id, b.user_id) IS NOT NULL AND (m.user_id IS NOT NULL OR ${differ(['user_id', ...personFields])}))`,
  extra: sql``,
  before: ({ from }) =>
    sql`SELECT ${chartPersonColumns} FROM org_chart_people p WHERE ${shownIn(from, 'p')} AND p.user_id = d.id`,
  after: ({ to }) =>
    sql`SELECT ${chartPersonColumns} FROM org_chart_people p WHERE ${shownIn(to, 'p')} AND p.user_id = d.id`,
};

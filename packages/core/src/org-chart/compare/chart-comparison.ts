import { type RawBuilder, sql } from 'kysely';
import type { Condition } from '../../filters/scalar-filters.ts';
import type { ChartMoment } from '../view/chart-records.ts';

/** Two charts of one account, the earlier one first. */
export interface TwoCharts {
  readonly from: ChartMoment & { readonly at: Date; readonly showsTeams: boolean };
  readonly to: ChartMoment;
}

type SpanTable = 'org_chart_people' | 'org_chart_teams' | 'org_chart_memberships';

/** Spans that began or ended between the two: only these are read, so the cost is that of the changes. */
export function changedBetween(
  { from, to }: TwoCharts,
  table: SpanTable,
  columns: RawBuilder<unknown>,
): Condition {
  const isHidden = table !== 'org_chart_people' && !from.showsTeams;
  const within = (column: 'began' | 'ended') => {
    const moment = sql.raw(`s.${column}`);
    const until = to.at === null ? sql`${moment} < 'infinity'` : sql`${moment} <= ${to.at}::timestamptz`;
    return sql`s.account_id = ${from.accountId}::uuid AND ${moment} > ${from.at}::timestamptz AND ${until}
      ${isHidden ? sql`AND false` : sql``}`;
  };
  return sql`SELECT ${columns} FROM ${sql.table(table)} s WHERE ${within('began')}
    UNION SELECT ${columns} FROM ${sql.table(table)} s WHERE ${within('ended')}`;
}

/** Who joined or left which team: a span that covers both moments has no other beside it. */
export function membershipsChanged(charts: TwoCharts): RawBuilder<unknown> {
  const { from, to } = charts;
  const isThere = to.at === null ? sql`c.ended = 'infinity'` : sql`c.ended > ${to.at}::timestamptz`;
  return sql`SELECT * FROM (SELECT c.team_id, c.user_id, bool_or(c.began <= ${from.at}::timestamptz) AS was, bool_or(${isThere}) AS is
      FROM (${changedBetween(charts, 'org_chart_memberships', sql`s.team_id, s.user_id, s.began, s.ended`)}) AS c
      GROUP BY c.team_id, c.user_id) AS pair WHERE pair.was <> pair.is`;
}

/** Do the rows `b`, before, and `a`, after, differ in one of these columns? */
export const differ = (columns: readonly string[]): Condition =>
  sql`(${sql.join(columns.map((column) => sql.raw(`b.${column}`)))}) IS DISTINCT FROM (${sql.join(columns.map((column) => sql.raw(`a.${column}`)))})`;

/** A part of WITH named `different`: id, label, kind, and for teams who joined and left. */
export interface Comparison {
  readonly different: (charts: TwoCharts) => RawBuilder<unknown>;
  readonly extra: RawBuilder<unknown>;
  readonly before: (charts: TwoCharts) => RawBuilder<unknown>;
  readonly after: (charts: TwoCharts) => RawBuilder<unknown>;
}

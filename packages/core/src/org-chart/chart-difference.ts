import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import type { Condition } from '../filters/scalar-filters.ts';
import { comesAfter, type ListOrder, orderBy, type Position } from '../pages/list-order.ts';
import { checkPageSize, type Page } from '../pages/page.ts';
import { readCursor, writeCursor } from '../pages/page-cursor.ts';
import type { LevelRequest } from './chart-levels.ts';
import {
  type ChartMoment,
  type PersonRecord,
  personColumns,
  shownIn,
  type TeamRecord,
  teamColumns,
} from './chart-records.ts';

/** Two charts of one account, the earlier one first. */
export interface TwoCharts {
  readonly from: ChartMoment & { readonly at: Date; readonly showsTeams: boolean };
  readonly to: ChartMoment;
}

export const personChangeKinds = ['JOINED', 'LEFT', 'MOVED', 'CHANGED'] as const;
export type PersonChangeKind = (typeof personChangeKinds)[number];

export const teamChangeKinds = ['CREATED', 'REMOVED', 'RENAMED', 'MOVED', 'CHANGED'] as const;
export type TeamChangeKind = (typeof teamChangeKinds)[number];

/** Somebody or something that the two charts show differently; null where one does not show them. */
interface Difference<Kind, Row> {
  readonly id: string;
  readonly kind: Kind;
  readonly before: Row | null;
  readonly after: Row | null;
}

export type PersonDifference = Difference<PersonChangeKind, PersonRecord>;

export interface TeamDifference extends Difference<TeamChangeKind, TeamRecord> {
  readonly members_joined: number;
  readonly members_left: number;
}

type SpanTable = 'org_chart_people' | 'org_chart_teams' | 'org_chart_memberships';

/** Spans that began or ended between the two: only these are read, so the cost is that of the changes. */
function changedBetween({ from, to }: TwoCharts, table: SpanTable, columns: RawBuilder<unknown>): Condition {
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
function membershipsChanged(charts: TwoCharts): RawBuilder<unknown> {
  const { from, to } = charts;
  const isThere = to.at === null ? sql`c.ended = 'infinity'` : sql`c.ended > ${to.at}::timestamptz`;
  return sql`SELECT * FROM (SELECT c.team_id, c.user_id, bool_or(c.began <= ${from.at}::timestamptz) AS was, bool_or(${isThere}) AS is
      FROM (${changedBetween(charts, 'org_chart_memberships', sql`s.team_id, s.user_id, s.began, s.ended`)}) AS c
      GROUP BY c.team_id, c.user_id) AS pair WHERE pair.was <> pair.is`;
}

const differ = (columns: readonly string[]): Condition =>
  sql`(${sql.join(columns.map((column) => sql.raw(`b.${column}`)))}) IS DISTINCT FROM (${sql.join(columns.map((column) => sql.raw(`a.${column}`)))})`;

/** A part of WITH named `different`: id, label, kind, and for teams who joined and left. */
interface Comparison {
  readonly different: (charts: TwoCharts) => RawBuilder<unknown>;
  readonly extra: RawBuilder<unknown>;
  readonly before: (charts: TwoCharts) => RawBuilder<unknown>;
  readonly after: (charts: TwoCharts) => RawBuilder<unknown>;
}

const people: Comparison = {
  different: (charts) => sql`
    moved AS MATERIALIZED (${membershipsChanged(charts)}),
    different AS MATERIALIZED (
      SELECT x.user_id AS id, left(lower(coalesce(a.display_name, a.user_name, b.display_name, b.user_name)), 256) AS label,
        CASE WHEN b.user_id IS NULL THEN 'JOINED' WHEN a.user_id IS NULL THEN 'LEFT'
          WHEN ${differ(['manager_id', 'on_cycle'])} OR m.user_id IS NOT NULL THEN 'MOVED' ELSE 'CHANGED' END AS kind
      FROM (SELECT user_id FROM (${changedBetween(charts, 'org_chart_people', sql`s.user_id`)}) AS p
        UNION SELECT user_id FROM moved) AS x
      LEFT JOIN (SELECT DISTINCT user_id FROM moved) AS m ON m.user_id = x.user_id
      LEFT JOIN org_chart_people b ON b.user_id = x.user_id AND ${shownIn(charts.from, 'b')}
      LEFT JOIN org_chart_people a ON a.user_id = x.user_id AND ${shownIn(charts.to, 'a')}
      WHERE coalesce(a.user_id, b.user_id) IS NOT NULL AND (m.user_id IS NOT NULL OR ${differ([
        'user_id',
        'user_name',
        'display_name',
        'title',
        'department',
        'photo',
        'status',
        'manager_id',
        'on_cycle',
      ])}))`,
  extra: sql``,
  before: ({ from }) =>
    sql`SELECT ${personColumns} FROM org_chart_people p WHERE ${shownIn(from, 'p')} AND p.user_id = d.id`,
  after: ({ to }) =>
    sql`SELECT ${personColumns} FROM org_chart_people p WHERE ${shownIn(to, 'p')} AND p.user_id = d.id`,
};

const teams: Comparison = {
  different: (charts) => sql`
    moved AS MATERIALIZED (${membershipsChanged(charts)}),
    counted AS MATERIALIZED (
      SELECT m.team_id, count(*) FILTER (WHERE m.is)::int AS joined, count(*) FILTER (WHERE m.was)::int AS lost
      FROM moved m GROUP BY m.team_id),
    different AS MATERIALIZED (
      SELECT x.team_id AS id, left(lower(coalesce(a.display_name, b.display_name)), 256) AS label,
        coalesce(c.joined, 0) AS members_joined, coalesce(c.lost, 0) AS members_left,
        CASE WHEN b.team_id IS NULL THEN 'CREATED' WHEN a.team_id IS NULL THEN 'REMOVED'
          WHEN a.display_name <> b.display_name THEN 'RENAMED'
          WHEN a.parent_id IS DISTINCT FROM b.parent_id THEN 'MOVED' ELSE 'CHANGED' END AS kind
      FROM (SELECT team_id FROM (${changedBetween(charts, 'org_chart_teams', sql`s.team_id`)}) AS t
        UNION SELECT team_id FROM counted) AS x
      LEFT JOIN counted c ON c.team_id = x.team_id
      LEFT JOIN org_chart_teams b ON b.team_id = x.team_id AND ${shownIn(charts.from, 'b')}
      LEFT JOIN org_chart_teams a ON a.team_id = x.team_id AND ${shownIn(charts.to, 'a')}
      WHERE coalesce(a.team_id, b.team_id) IS NOT NULL AND (c.team_id IS NOT NULL OR ${differ([
        'team_id',
        'display_name',
        'origin',
        'parent_id',
        'lead_id',
      ])}))`,
  extra: sql`d.members_joined, d.members_left,`,
  before: ({ from }) =>
    sql`SELECT ${teamColumns} FROM org_chart_teams t WHERE ${shownIn(from, 't')} AND t.team_id = d.id`,
  after: ({ to }) =>
    sql`SELECT ${teamColumns} FROM org_chart_teams t WHERE ${shownIn(to, 't')} AND t.team_id = d.id`,
};

const byLabel: ListOrder = { name: 'LABEL', expression: sql`d.label`, type: 'text', descending: false };

async function readDifferences<Row extends { readonly id: string }>(
  db: Sql,
  charts: TwoCharts,
  { different, extra, before, after }: Comparison,
  request: LevelRequest,
): Promise<Omit<Page<Row>, 'total'>> {
  checkPageSize(request.first, 'first');
  const from = request.after == null ? undefined : readCursor(byLabel, request.after, 'after');
  const beyond = from === undefined ? sql`` : sql`WHERE ${comesAfter(byLabel, sql`d.id`, from, false)}`;
  const statement: RawBuilder<Row & Position> = sql`WITH ${different(charts)}
    SELECT d.id, d.label AS key, d.kind, ${extra} (SELECT row_to_json(r) FROM (${before(charts)}) AS r) AS before,
      (SELECT row_to_json(r) FROM (${after(charts)}) AS r) AS after
    FROM (SELECT * FROM different d ${beyond} ORDER BY ${orderBy(byLabel, sql`d.id`, false)} LIMIT ${request.first + 1}) AS d
    ORDER BY ${orderBy(byLabel, sql`d.id`, false)}`;
  const { rows } = await statement.execute(db);
  const shown = rows.slice(0, request.first);
  return {
    rows: shown,
    cursors: shown.map((position) => writeCursor(byLabel, position)),
    hasNextPage: rows.length > request.first,
    hasPreviousPage: request.after != null,
  };
}

async function countDifferences<Kind extends string>(
  db: Sql,
  charts: TwoCharts,
  { different }: Comparison,
  kinds: readonly Kind[],
): Promise<Record<Kind, number>> {
  const statement: RawBuilder<{ kind: string; count: number }> = sql`WITH ${different(charts)}
    SELECT d.kind, count(*)::int AS count FROM different d GROUP BY d.kind`;
  const found = new Map((await statement.execute(db)).rows.map(({ kind, count }) => [kind, count]));
  return Object.fromEntries(kinds.map((kind) => [kind, found.get(kind) ?? 0])) as Record<Kind, number>;
}

/** A page of the people whom the two charts show differently, by label and id; one statement. */
export const differentPeople = (db: Sql, charts: TwoCharts, request: LevelRequest) =>
  readDifferences<PersonDifference>(db, charts, people, request);

/** A page of the teams that the two charts show differently, by name and id; one statement. */
export const differentTeams = (db: Sql, charts: TwoCharts, request: LevelRequest) =>
  readDifferences<TeamDifference>(db, charts, teams, request);

/** How many people the two charts show differently, by kind; one statement. */
export const countDifferentPeople = (db: Sql, charts: TwoCharts) =>
  countDifferences(db, charts, people, personChangeKinds);

/** How many teams the two charts show differently, by kind; one statement. */
export const countDifferentTeams = (db: Sql, charts: TwoCharts) =>
  countDifferences(db, charts, teams, teamChangeKinds);

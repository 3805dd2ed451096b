import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../../database/database.ts';
import { asRecord, type Recorded } from '../../database/record.ts';
import type { Condition } from '../../filters/scalar-filters.ts';
import { afterPosition, type ListOrder, type ListPosition, orderBy } from '../../pages/list-order.ts';
import { checkPageSize, type Page } from '../../pages/page.ts';
import { readPageCursor, writePageCursor } from '../../pages/page-cursor.ts';
import {
  type ChartMoment,
  chartPersonColumns,
  chartTeamColumns,
  personLabel,
  personLevel,
  shownIn,
  teamLabel,
  teamLevel,
} from './chart-records.ts';

/** Which part of a level; forwards only. */
export interface LevelRequest {
  readonly first: number;
  readonly after?: string | null | undefined;
}

/** What is listed below something: reports of people, members of teams, teams in teams. */
export type LevelKind = 'reports' | 'members' | 'children';

interface Level {
  readonly from: RawBuilder<unknown>;
  /** What belongs to `above`, in this chart. */
  readonly where: (chart: ChartMoment) => Condition;
  readonly label: RawBuilder<unknown>;
  readonly id: RawBuilder<unknown>;
  readonly selection: RawBuilder<unknown>;
}

const person = { label: personLabel, id: sql`p.user_id`, selection: chartPersonColumns };

const levels: Readonly<Record<LevelKind, Level>> = {
  reports: {
    ...person,
    from: sql`org_chart_people p`,
    where: (chart) => sql`${shownIn(chart, 'p')} AND ${personLevel} = above.id`,
  },
  members: {
    ...person,
    from: sql`org_chart_memberships m JOIN org_chart_people p ON p.account_id = m.account_id AND p.user_id = m.user_id`,
    where: (chart) => sql`${shownIn(chart, 'm')} AND ${shownIn(chart, 'p')} AND m.team_id = above.id`,
  },
  children: {
    from: sql`org_chart_teams t`,
    where: (chart) => sql`${shownIn(chart, 't')} AND ${teamLevel} = above.id`,
    label: teamLabel,
    id: sql`t.team_id`,
    selection: chartTeamColumns,
  },
};

const byLabel: ListOrder = { name: 'LABEL', expression: sql`label`, type: 'text', descending: false };

/** A page of the level below each of `ids`, by label and id; one statement. The caller counts. */
export async function readLevels<Row>(
  db: Sql,
  chart: ChartMoment,
  kind: LevelKind,
  ids: readonly string[],
  request: LevelRequest,
): Promise<Omit<Page<Row>, 'total'>[]> {
  const { first, after } = request;
  checkPageSize(first, 'first');
  const from = after == null ? undefined : readPageCursor(byLabel, after, 'after');
  const rows = await levelStatement<Row>(chart, kind, ids, { from, limit: first + 1 }).execute(db);
  const byId = Map.groupBy(rows.rows, ({ above }) => above);
  return ids.map((id) => {
    const found = byId.get(id) ?? [];
    const shown = found.slice(0, first);
    return {
      rows: shown.map(({ record }) => record),
      cursors: shown.map((position) => writePageCursor(byLabel, position)),
      hasNextPage: found.length > first,
      hasPreviousPage: after != null,
    };
  });
}

interface LevelRow<Row> extends ListPosition, Recorded<Row> {
  readonly above: string;
}

/** The statement of `readLevels`, for those who want to see its plan. */
export function levelStatement<Row>(
  chart: ChartMoment,
  kind: LevelKind,
  ids: readonly string[],
  page: { readonly from: ListPosition | undefined; readonly limit: number },
): RawBuilder<LevelRow<Row>> {
  const { from, where, label, id, selection } = levels[kind];
  const order = { ...byLabel, expression: label };
  const beyond = page.from === undefined ? sql`` : sql`AND ${afterPosition(order, id, page.from, false)}`;
  return sql`SELECT above.id AS above, level.id, level.key, level.record
    FROM unnest(${[...ids]}::uuid[]) AS above (id), LATERAL (
      SELECT ${id} AS id, ${label} AS key, ${asRecord(selection)} FROM ${from}
      WHERE ${where(chart)} ${beyond} ORDER BY ${orderBy(order, id, false)} LIMIT ${page.limit}) AS level
    ORDER BY above.id, level.key, level.id`;
}

/** How many are on the level below each of `ids`; one statement. */
export async function countLevels(
  db: Sql,
  chart: ChartMoment,
  kind: LevelKind,
  ids: readonly string[],
): Promise<number[]> {
  const counted = kind === 'members' ? countedMembers : levels[kind];
  const statement: RawBuilder<{ above: string; count: number }> = sql`SELECT above.id AS above, level.count
    FROM unnest(${[...ids]}::uuid[]) AS above (id), LATERAL (
      SELECT count(*)::int AS count FROM ${counted.from} WHERE ${counted.where(chart)}) AS level`;
  const byId = new Map((await statement.execute(db)).rows.map(({ above, count }) => [above, count]));
  return ids.map((id) => byId.get(id) ?? 0);
}

/** Whoever is in a team is on the chart: the person need not be looked at to be counted. */
const countedMembers: Pick<Level, 'from' | 'where'> = {
  from: sql`org_chart_memberships m`,
  where: (chart) => sql`${shownIn(chart, 'm')} AND m.team_id = above.id`,
};

import { type RawBuilder, sql } from 'kysely';
import { groupedBy, inOrderOf } from '../../database/columns.ts';
import type { Sql } from '../../database/database.ts';
import { asRecord, type Recorded } from '../../database/record.ts';
import { anyOf, type Condition, textCondition } from '../../filters/scalar-filters.ts';
import {
  type ChartMoment,
  type ChartPersonRecord,
  type ChartTeamRecord,
  chartPersonColumns,
  chartTeamColumns,
  personLabel,
  shownIn,
  teamLabel,
} from './chart-records.ts';

/** People of the chart by id, in the order of `ids`, undefined where there is none; one statement. */
export async function findPeople(
  db: Sql,
  chart: ChartMoment,
  ids: readonly string[],
): Promise<(ChartPersonRecord | undefined)[]> {
  const statement: RawBuilder<Recorded<ChartPersonRecord>> = sql`SELECT ${asRecord(chartPersonColumns)}
    FROM org_chart_people p WHERE ${shownIn(chart, 'p')} AND p.user_id = ANY(${[...ids]}::uuid[])`;
  return inOrder(ids, (await statement.execute(db)).rows);
}

/** Teams of the chart by id, in the order of `ids`, undefined where there is none; one statement. */
export async function findTeams(
  db: Sql,
  chart: ChartMoment,
  ids: readonly string[],
): Promise<(ChartTeamRecord | undefined)[]> {
  const statement: RawBuilder<Recorded<ChartTeamRecord>> = sql`SELECT ${asRecord(chartTeamColumns)}
    FROM org_chart_teams t WHERE ${shownIn(chart, 't')} AND t.team_id = ANY(${[...ids]}::uuid[])`;
  return inOrder(ids, (await statement.execute(db)).rows);
}

function inOrder<Row extends { readonly id: string }>(
  ids: readonly string[],
  rows: readonly Recorded<Row>[],
): (Row | undefined)[] {
  return inOrderOf(ids, rows, ({ record }) => record.id).map((row) => row?.record);
}

/** The managers above each of these people, nearest first; one statement. */
export async function findManagers(
  db: Sql,
  chart: ChartMoment,
  ids: readonly string[],
): Promise<ChartPersonRecord[][]> {
  const statement: RawBuilder<Recorded<ChartPersonRecord>> = sql`
    WITH RECURSIVE line AS (
      SELECT p.* FROM org_chart_people p WHERE ${shownIn(chart, 'p')} AND p.user_id = ANY(${[...ids]}::uuid[])
      UNION SELECT p.* FROM line l JOIN org_chart_people p ON p.user_id = l.manager_id AND ${shownIn(chart, 'p')})
    SELECT ${asRecord(chartPersonColumns)} FROM line p`;
  return lines(ids, (await statement.execute(db)).rows, ({ manager_id }) => manager_id);
}

/** The teams above each of these, nearest first; one statement. */
export async function findAncestors(
  db: Sql,
  chart: ChartMoment,
  ids: readonly string[],
): Promise<ChartTeamRecord[][]> {
  const statement: RawBuilder<Recorded<ChartTeamRecord>> = sql`
    WITH RECURSIVE line AS (
      SELECT t.* FROM org_chart_teams t WHERE ${shownIn(chart, 't')} AND t.team_id = ANY(${[...ids]}::uuid[])
      UNION SELECT t.* FROM line l JOIN org_chart_teams t ON t.team_id = l.parent_id AND ${shownIn(chart, 't')})
    SELECT ${asRecord(chartTeamColumns)} FROM line t`;
  return lines(ids, (await statement.execute(db)).rows, ({ parent_id }) => parent_id);
}

/** The line above each id, which ends where it would come round. */
function lines<Row extends { readonly id: string }>(
  ids: readonly string[],
  rows: readonly Recorded<Row>[],
  above: (row: Row) => string | null,
): Row[][] {
  const byId = new Map(rows.map(({ record }) => [record.id, record]));
  const next = (row: Row | undefined): Row | undefined =>
    row === undefined ? undefined : byId.get(above(row) ?? '');
  return ids.map((id) => {
    const line = new Set<Row>();
    for (let row = next(byId.get(id)); row !== undefined && !line.has(row); row = next(row)) line.add(row);
    return [...line];
  });
}

/** The teams of the chart that each of these people is in, by name; one statement. */
export async function findTeamsOfPeople(
  db: Sql,
  chart: ChartMoment,
  ids: readonly string[],
): Promise<ChartTeamRecord[][]> {
  const statement: RawBuilder<Recorded<ChartTeamRecord> & { user_id: string }> = sql`
    SELECT m.user_id, ${asRecord(chartTeamColumns)} FROM org_chart_memberships m
    JOIN org_chart_teams t ON t.team_id = m.team_id AND ${shownIn(chart, 't')}
    WHERE ${shownIn(chart, 'm')} AND m.user_id = ANY(${[...ids]}::uuid[]) ORDER BY ${teamLabel}, t.team_id`;
  const { rows } = await statement.execute(db);
  return groupedBy(ids, rows, ({ user_id }) => user_id).map((those) => those.map(({ record }) => record));
}

/** Texts shorter than this are looked for where words begin: an index of trigrams knows no other place for them. */
const TRIGRAM = 3;

const hasText = (column: RawBuilder<unknown>, text: string): Condition => {
  if (text.length >= TRIGRAM) return textCondition(column, { contains: text }, { exact: false });
  return anyOf([
    textCondition(column, { startsWith: text }, { exact: false }),
    textCondition(column, { contains: ` ${text}` }, { exact: false }),
  ]);
};

/** People whose name or userName has the text, by label; one statement. */
export async function searchPeople(
  db: Sql,
  chart: ChartMoment,
  text: string,
  limit: number,
): Promise<ChartPersonRecord[]> {
  const statement: RawBuilder<Recorded<ChartPersonRecord>> = sql`SELECT ${asRecord(chartPersonColumns)}
    FROM org_chart_people p WHERE ${shownIn(chart, 'p')}
      AND ${anyOf([hasText(sql`p.user_name`, text), hasText(sql`p.display_name`, text)])}
    ORDER BY ${personLabel}, p.user_id LIMIT ${limit}`;
  return (await statement.execute(db)).rows.map(({ record }) => record);
}

/** Teams whose name has the text, by name; one statement. */
export async function searchTeams(
  db: Sql,
  chart: ChartMoment,
  text: string,
  limit: number,
): Promise<ChartTeamRecord[]> {
  const statement: RawBuilder<Recorded<ChartTeamRecord>> = sql`SELECT ${asRecord(chartTeamColumns)}
    FROM org_chart_teams t WHERE ${shownIn(chart, 't')} AND ${hasText(sql`t.display_name`, text)}
    ORDER BY ${teamLabel}, t.team_id LIMIT ${limit}`;
  return (await statement.execute(db)).rows.map(({ record }) => record);
}

/** How many people, or teams, the chart has; one statement. */
export async function countAll(db: Sql, chart: ChartMoment, what: 'people' | 'teams'): Promise<number> {
  const from = what === 'people' ? sql`org_chart_people t` : sql`org_chart_teams t`;
  const statement: RawBuilder<{ count: number }> = sql`SELECT count(*)::int AS count FROM ${from}
    WHERE ${shownIn(chart, 't')}`;
  return (await statement.execute(db)).rows[0]?.count ?? 0;
}

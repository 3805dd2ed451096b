import { sql } from 'kysely';
import type { Sql } from '../../database/database.ts';
import type { ListOrder } from '../../pages/list-order.ts';
import { type ListSource, type Page, readPage } from '../../pages/page.ts';
import type { LevelRequest } from './chart-levels.ts';
import {
  type ChartMoment,
  type ChartPersonRecord,
  type ChartTeamRecord,
  chartPersonColumns,
  chartTeamColumns,
  shownIn,
} from './chart-records.ts';

/** By id: names change while somebody pages, and one index has both the newest chart and the past in this order. */
export const byId: ListOrder = { name: 'ID', type: 'text', descending: false };

/** A page of everybody on the chart, whatever their level, by id; one statement. */
export const listChartPeople = (
  db: Sql,
  chart: ChartMoment,
  request: LevelRequest,
): Promise<Page<ChartPersonRecord>> => readPage<ChartPersonRecord>(db, everybodyOn(chart), byId, request);

/** A page of every team of the chart, whatever its level, by id; one statement. */
export const listChartTeams = (
  db: Sql,
  chart: ChartMoment,
  request: LevelRequest,
): Promise<Page<ChartTeamRecord>> => readPage<ChartTeamRecord>(db, everyTeamOf(chart), byId, request);

const everybodyOn = (chart: ChartMoment): ListSource => ({
  from: sql`org_chart_people p`,
  scope: shownIn(chart, 'p'),
  where: sql`true`,
  id: sql`p.user_id`,
  selection: chartPersonColumns,
});

const everyTeamOf = (chart: ChartMoment): ListSource => ({
  from: sql`org_chart_teams t`,
  scope: shownIn(chart, 't'),
  where: sql`true`,
  id: sql`t.team_id`,
  selection: chartTeamColumns,
});

import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { writePageCursor } from '../pages/page-cursor.ts';
import { plansOf } from '../testing/explaining.ts';
import { useSharedAccount, useWorld } from '../testing/world.ts';
import { fillLargeChart, nthId } from './testing/large-chart.ts';
import { levelStatement } from './view/chart-levels.ts';
import { TOP } from './view/chart-records.ts';
import { byId, listChartPeople, listChartTeams } from './view/list-chart.ts';

const world = useWorld();
const account = useSharedAccount(world);
beforeAll(() => fillLargeChart(world.databaseUrl, account.id, 20_000));

const past = new Date(Date.now() - 15 * 24 * 3600 * 1000);

test.each([
  ['of the newest chart', null, 'org_chart_people__level_now', TOP],
  ['of the newest chart', null, 'org_chart_people__level_now', nthId('person', 77)],
  ['of a past one', past, 'org_chart_people__level', nthId('person', 77)],
])('a page of a level %s begins at its place in an index', async (_chart, at, index, above) => {
  const from = { key: 'person 7', id: crypto.randomUUID() };
  const statement = levelStatement({ accountId: account.id, at }, 'reports', [above], { from, limit: 50 });
  const { rows } = await sql<{ 'QUERY PLAN': string }>`EXPLAIN ${statement}`.execute(world.core.database.sql);
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(plan).toContain(`using ${index} `);
  expect(plan).toMatch(/Index Cond: .*ROW\(/);
  expect(plan).not.toContain('Seq Scan');
});

test.each([
  ['everybody, now', listChartPeople, null, 'org_chart_people__now'],
  ['everybody, then', listChartPeople, past, 'org_chart_people__span'],
  ['every team, now', listChartTeams, null, 'org_chart_teams__now'],
  ['every team, then', listChartTeams, past, 'org_chart_teams__span'],
] as const)(
  'a page of %s walks an index from its place, and reads the records of the page alone',
  async (_list, list, at, index) => {
    for (const after of [null, writePageCursor(byId, { key: null, id: nthId('person', 0x77) })]) {
      const request = { first: 50, after };
      const [plan = '', ...others] = await plansOf(world.core.database.sql, (db) =>
        list(db, { accountId: account.id, at }, request),
      );
      expect(others).toEqual([]);
      expect(plan.match(new RegExp(`using ${index} `, 'g'))).toHaveLength(2);
      expect(plan).toContain('SubPlan');
      expect(plan).not.toMatch(/Seq Scan|Bitmap/);
      expect(plan.split('Limit')[1]).not.toContain('Sort');
      if (after !== null) expect(plan).toMatch(/Index Cond: .*_id > /);
    }
  },
);

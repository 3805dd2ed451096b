import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../../database/database.ts';
import { afterPosition, type ListOrder, type ListPosition, orderBy } from '../../pages/list-order.ts';
import { checkPageSize, type Page } from '../../pages/page.ts';
import { readPageCursor, writePageCursor } from '../../pages/page-cursor.ts';
import type { LevelRequest } from '../view/chart-levels.ts';
import type { ChartPersonRecord, ChartTeamRecord } from '../view/chart-records.ts';
import type { Comparison, TwoCharts } from './chart-comparison.ts';
import { peopleComparison } from './people-comparison.ts';
import { teamComparison } from './team-comparison.ts';

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

export type PersonDifference = Difference<PersonChangeKind, ChartPersonRecord>;

export interface TeamDifference extends Difference<TeamChangeKind, ChartTeamRecord> {
  readonly members_joined: number;
  readonly members_left: number;
}

const byLabel: ListOrder = { name: 'LABEL', expression: sql`d.label`, type: 'text', descending: false };

async function readDifferences<Row extends { readonly id: string }>(
  db: Sql,
  charts: TwoCharts,
  { different, extra, before, after }: Comparison,
  request: LevelRequest,
): Promise<Omit<Page<Row>, 'total'>> {
  checkPageSize(request.first, 'first');
  const from = request.after == null ? undefined : readPageCursor(byLabel, request.after, 'after');
  const beyond = from === undefined ? sql`` : sql`WHERE ${afterPosition(byLabel, sql`d.id`, from, false)}`;
  const statement: RawBuilder<Row & ListPosition> = sql`WITH ${different(charts)}
    SELECT d.id, d.label AS key, d.kind, ${extra} (SELECT row_to_json(r) FROM (${before(charts)}) AS r) AS before,
      (SELECT row_to_json(r) FROM (${after(charts)}) AS r) AS after
    FROM (SELECT * FROM different d ${beyond} ORDER BY ${orderBy(byLabel, sql`d.id`, false)} LIMIT ${request.first + 1}) AS d
    ORDER BY ${orderBy(byLabel, sql`d.id`, false)}`;
  const { rows } = await statement.execute(db);
  const shown = rows.slice(0, request.first);
  return {
    rows: shown,
    cursors: shown.map((position) => writePageCursor(byLabel, position)),
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
  readDifferences<PersonDifference>(db, charts, peopleComparison, request);

/** A page of the teams that the two charts show differently, by name and id; one statement. */
export const differentTeams = (db: Sql, charts: TwoCharts, request: LevelRequest) =>
  readDifferences<TeamDifference>(db, charts, teamComparison, request);

/** How many people the two charts show differently, by kind; one statement. */
export const countDifferentPeople = (db: Sql, charts: TwoCharts) =>
  countDifferences(db, charts, peopleComparison, personChangeKinds);

/** How many teams the two charts show differently, by kind; one statement. */
export const countDifferentTeams = (db: Sql, charts: TwoCharts) =>
  countDifferences(db, charts, teamComparison, teamChangeKinds);

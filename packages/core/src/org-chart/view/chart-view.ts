import DataLoader from 'dataloader';
import { connectionOf, signedIn, type Viewer } from '../../authorization/viewer.ts';
import type { Sql } from '../../database/database.ts';
import type { Page } from '../../pages/page.ts';
import { countLevels, type LevelKind, type LevelRequest, readLevels } from './chart-levels.ts';
import type { ChartMoment, ChartPersonRecord, ChartTeamRecord } from './chart-records.ts';
import { findAncestors, findManagers, findPeople, findTeams, findTeamsOfPeople } from './find-on-chart.ts';
import { listChartPeople, listChartTeams } from './list-chart.ts';

/** One chart in one request: what is asked of many people or teams at once is one statement each. */
export interface ChartView extends ChartMoment {
  readonly db: Sql;
  readonly showsTeams: boolean;
  readonly personById: DataLoader<string, ChartPersonRecord | undefined>;
  readonly teamById: DataLoader<string, ChartTeamRecord | undefined>;
  readonly managers: DataLoader<string, ChartPersonRecord[]>;
  readonly ancestors: DataLoader<string, ChartTeamRecord[]>;
  readonly teamsOfPerson: DataLoader<string, ChartTeamRecord[]>;
  readonly counts: Readonly<Record<LevelKind, DataLoader<string, number>>>;
  people(kind: 'reports' | 'members', id: string, request: LevelRequest): Promise<Page<ChartPersonRecord>>;
  teams(id: string, request: LevelRequest): Promise<Page<ChartTeamRecord>>;
  allPeople(request: LevelRequest): Promise<Page<ChartPersonRecord>>;
  allTeams(request: LevelRequest): Promise<Page<ChartTeamRecord>>;
}

/** May the viewer see teams of the chart? An identity provider sees only what it pushed, and that is not on the chart. */
export const showsTeams = (viewer: Viewer): boolean =>
  connectionOf(viewer) === null && signedIn(viewer).permissions.has('teams:read');

/** A view of the chart at a moment, or now. */
export function viewOfChart(db: Sql, chart: ChartMoment, withTeams: boolean): ChartView {
  const loader = <Value>(
    load: (db: Sql, chart: ChartMoment, ids: readonly string[]) => Promise<readonly Value[]>,
  ) => new DataLoader<string, Value>((ids) => load(db, chart, ids));
  const ofTeams = <Value>(
    nothing: Value,
    load: (db: Sql, chart: ChartMoment, ids: readonly string[]) => Promise<readonly Value[]>,
  ) => loader<Value>(withTeams ? load : async (_db, _chart, ids) => ids.map(() => nothing));
  const counting = (kind: LevelKind) => (from: Sql, at: ChartMoment, ids: readonly string[]) =>
    countLevels(from, at, kind, ids);
  const counts = {
    reports: loader(counting('reports')),
    members: ofTeams(0, counting('members')),
    children: ofTeams(0, counting('children')),
  };
  const pages = pagesBatchedByRequest(db, chart, counts);
  return {
    db,
    ...chart,
    showsTeams: withTeams,
    personById: loader(findPeople),
    teamById: ofTeams<ChartTeamRecord | undefined>(undefined, findTeams),
    managers: loader(findManagers),
    ancestors: ofTeams<ChartTeamRecord[]>([], findAncestors),
    teamsOfPerson: ofTeams<ChartTeamRecord[]>([], findTeamsOfPeople),
    counts,
    people: (kind, id, request) =>
      kind === 'members' && !withTeams ? emptyPage() : pages<ChartPersonRecord>(kind, id, request),
    teams: (id, request) => (withTeams ? pages<ChartTeamRecord>('children', id, request) : emptyPage()),
    allPeople: (request) => listChartPeople(db, chart, request),
    allTeams: (request) => (withTeams ? listChartTeams(db, chart, request) : emptyPage()),
  };
}

const emptyPage = async <Row>(): Promise<Page<Row>> => ({
  rows: [],
  cursors: [],
  hasNextPage: false,
  hasPreviousPage: false,
  total: async () => 0,
});

/** Pages below many, asked for with the same arguments as one selection does, are read together. */
function pagesBatchedByRequest(db: Sql, chart: ChartMoment, counts: ChartView['counts']) {
  const loaders = new Map<string, DataLoader<string, Omit<Page<unknown>, 'total'>>>();
  return async <Row>(kind: LevelKind, id: string, request: LevelRequest): Promise<Page<Row>> => {
    const key = JSON.stringify([kind, request.first, request.after]);
    const known = loaders.get(key);
    const loader =
      known ?? new DataLoader((ids: readonly string[]) => readLevels<unknown>(db, chart, kind, ids, request));
    if (known === undefined) loaders.set(key, loader);
    const page = (await loader.load(id)) as Omit<Page<Row>, 'total'>;
    const whole = request.after == null && !page.hasNextPage;
    return {
      ...page,
      total: () => (whole ? Promise.resolve(page.rows.length) : counts[kind].load(id)),
    };
  };
}

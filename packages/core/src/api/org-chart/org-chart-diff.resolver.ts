import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { accountOf } from '../../authorization/viewer.ts';
import { invalidInput } from '../../errors/domain-error.ts';
import type { PropertyChange } from '../../model/event.ts';
import { changesOfPerson, changesOfTeam } from '../../org-chart/compare/chart-changes.ts';
import {
  countDifferentPeople,
  countDifferentTeams,
  differentPeople,
  differentTeams,
} from '../../org-chart/compare/chart-difference.ts';
import { catchUp } from '../../org-chart/project/catch-up.ts';
import { showsTeams, viewOfChart } from '../../org-chart/view/chart-view.ts';
import type { Page } from '../../pages/page.ts';
import { Change } from '../events/event.type.ts';
import type { RequestContext } from '../request/request-context.ts';
import { type PageObject, toPage } from '../schema/page-type.ts';
import { Requires } from '../schema/requires.ts';
import { CursorScalar, DateTimeScalar } from '../schema/scalars.ts';
import { afterArgument, firstArgument } from './chart-arguments.type.ts';
import {
  OrgChartDiff,
  OrgChartPersonChange,
  OrgChartPersonChangeCounts,
  OrgChartPersonChangePage,
  OrgChartTeamChange,
  OrgChartTeamChangeCounts,
  OrgChartTeamChangePage,
  toPersonChange,
  toTeamChange,
} from './org-chart-diff.type.ts';

const inLowerCase = (counts: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(counts).map(([kind, count]) => [kind.toLowerCase(), count]));

/** A page that knows how many there are without counting when it shows them all. */
function withTotal<Row>(
  page: Omit<Page<Row>, 'total'>,
  counts: () => Promise<Readonly<Record<string, number>>>,
): Page<Row> {
  const isWhole = !page.hasPreviousPage && !page.hasNextPage;
  const sum = async () => Object.values(await counts()).reduce((total, count) => total + count, 0);
  return { ...page, total: () => (isWhole ? Promise.resolve(page.rows.length) : sum()) };
}

/** Counts once, however many fields ask. */
function once<Result>(count: () => Promise<Result>): () => Promise<Result> {
  let counting: Promise<Result> | undefined;
  return () => {
    counting ??= count();
    return counting;
  };
}

@Resolver(() => OrgChartDiff)
export class OrgChartDiffResolver {
  @Query(() => OrgChartDiff, {
    description: 'What is different between the charts of two moments; read at the cost of what changed.',
  })
  @Requires('users:read')
  async orgChartDiff(
    @Arg('from', () => DateTimeScalar, { description: 'The earlier moment.' }) from: Date,
    @Arg('to', () => DateTimeScalar, {
      nullable: true,
      description: 'The later moment; now when left out. Not before `from`.',
    })
    to: Date | null | undefined,
    @Ctx() { db, viewer, platform: { database } }: RequestContext,
  ): Promise<OrgChartDiff> {
    if (to != null && from > to)
      throw invalidInput('from', 'is later than `to`. Send the earlier moment as `from`.');
    const accountId = accountOf(viewer);
    await catchUp(db, database, accountId);
    const withTeams = showsTeams(viewer);
    const earlier = { accountId, at: from };
    const views = {
      from: { ...viewOfChart(db, earlier, withTeams), at: from },
      to: viewOfChart(db, { accountId, at: to ?? null }, withTeams),
    };
    return {
      views,
      from,
      to: to ?? null,
      countPeople: once(() => countDifferentPeople(db, views)),
      countTeams: once(() => countDifferentTeams(db, views)),
    };
  }

  @FieldResolver(() => OrgChartPersonChangeCounts, { description: 'How many people differ, by kind.' })
  @Requires('users:read')
  async personCounts(@Root() { countPeople }: OrgChartDiff): Promise<OrgChartPersonChangeCounts> {
    return inLowerCase(await countPeople());
  }

  @FieldResolver(() => OrgChartPersonChangePage, { description: 'The people who differ, by name.' })
  @Requires('users:read')
  async people(
    @Root() { views, countPeople }: OrgChartDiff,
    @Arg('first', () => Int, firstArgument) first: number,
    @Arg('after', () => CursorScalar, afterArgument) after: string | null | undefined,
    @Ctx() { db }: RequestContext,
  ): Promise<PageObject<OrgChartPersonChange>> {
    const page = await differentPeople(db, views, { first, after });
    return toPage(withTotal(page, countPeople), toPersonChange(views));
  }

  @FieldResolver(() => OrgChartTeamChangeCounts, { description: 'How many teams differ, by kind.' })
  @Requires('teams:read')
  async teamCounts(@Root() { countTeams }: OrgChartDiff): Promise<OrgChartTeamChangeCounts> {
    return inLowerCase(await countTeams());
  }

  @FieldResolver(() => OrgChartTeamChangePage, { description: 'The teams that differ, by name.' })
  @Requires('teams:read')
  async teams(
    @Root() { views, countTeams }: OrgChartDiff,
    @Arg('first', () => Int, firstArgument) first: number,
    @Arg('after', () => CursorScalar, afterArgument) after: string | null | undefined,
    @Ctx() { db }: RequestContext,
  ): Promise<PageObject<OrgChartTeamChange>> {
    const page = await differentTeams(db, views, { first, after });
    return toPage(withTotal(page, countTeams), toTeamChange(views));
  }
}

@Resolver(() => OrgChartPersonChange)
export class OrgChartPersonChangeResolver {
  @FieldResolver(() => [Change], {
    description: 'What differs; `manager` and `teams` show the id and the name of each.',
  })
  @Requires('users:read')
  changes(@Root() { views, difference }: OrgChartPersonChange): Promise<PropertyChange[]> {
    return changesOfPerson(views, difference);
  }
}

@Resolver(() => OrgChartTeamChange)
export class OrgChartTeamChangeResolver {
  @FieldResolver(() => [Change], {
    description: 'What differs of the team itself; `parent` and `lead` show the id and the name.',
  })
  @Requires('teams:read')
  changes(@Root() { views, difference }: OrgChartTeamChange): Promise<PropertyChange[]> {
    return changesOfTeam(views, difference);
  }
}

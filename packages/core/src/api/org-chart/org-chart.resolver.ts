import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { accountOf } from '../../authorization/viewer.ts';
import { notFound } from '../../errors/domain-error.ts';
import { catchUp } from '../../org-chart/project/catch-up.ts';
import { TOP } from '../../org-chart/view/chart-records.ts';
import { showsTeams, viewOfChart } from '../../org-chart/view/chart-view.ts';
import { findByIds } from '../../org-chart/view/find-by-ids.ts';
import { countAll, searchPeople, searchTeams } from '../../org-chart/view/find-on-chart.ts';
import { checkPageSize } from '../../pages/page.ts';
import { checkCharacters } from '../../text/text-rules.ts';
import { isUuid } from '../../text/uuid.ts';
import type { RequestContext } from '../request/request-context.ts';
import { type PageObject, toPage } from '../schema/page-type.ts';
import { Requires } from '../schema/requires.ts';
import { CursorScalar, DateTimeScalar } from '../schema/scalars.ts';
import { afterArgument, firstArgument } from './chart-arguments.type.ts';
import {
  OrgChart,
  OrgChartPerson,
  OrgChartPersonPage,
  OrgChartTeam,
  OrgChartTeamPage,
  toChartPerson,
  toChartTeam,
} from './org-chart.type.ts';

const idsArgument = { description: 'The ids, at most `limits.maxIds`.' };
const searchFirst = { defaultValue: 10, description: 'How many at most, 1 to 500.' };

@Resolver(() => OrgChart)
export class OrgChartResolver {
  @Query(() => OrgChart, {
    description:
      'The org chart, as it is now or as it was at a moment, to be read level by level. It has everything that came before its `cursor`.',
  })
  @Requires('users:read')
  async orgChart(
    @Arg('asOf', () => DateTimeScalar, {
      nullable: true,
      description: 'The moment; now when left out. Before the first event the chart is empty.',
    })
    asOf: Date | null | undefined,
    @Ctx() { db, viewer, platform: { database, feed } }: RequestContext,
  ): Promise<OrgChart> {
    const accountId = accountOf(viewer);
    const position = await catchUp(db, database, accountId);
    const view = viewOfChart(db, { accountId, at: asOf ?? null }, showsTeams(viewer));
    return { view, asOf: asOf ?? null, began: position.began, cursor: feed.cursorOf(position) };
  }

  @FieldResolver(() => Int, { description: 'How many people the chart shows.' })
  @Requires('users:read')
  personCount(@Root() { view }: OrgChart): Promise<number> {
    return countAll(view.db, view, 'people');
  }

  @FieldResolver(() => Int, { description: 'How many teams the chart shows.' })
  @Requires('teams:read')
  async teamCount(@Root() { view }: OrgChart): Promise<number> {
    return view.showsTeams ? countAll(view.db, view, 'teams') : 0;
  }

  @FieldResolver(() => OrgChartPersonPage, { description: 'The people of one level, by name.' })
  @Requires('users:read')
  async people(
    @Root() { view }: OrgChart,
    @Arg('under', () => ID, {
      nullable: true,
      description: 'Those who report to this person; the top when left out.',
    })
    under: string | null | undefined,
    @Arg('first', () => Int, firstArgument) first: number,
    @Arg('after', () => CursorScalar, afterArgument) after: string | null | undefined,
  ): Promise<PageObject<OrgChartPerson>> {
    if (under != null && !(isUuid(under) && (await view.personById.load(under.toLowerCase()))))
      throw notFound('person on this chart', under, 'under');
    const page = await view.people('reports', under?.toLowerCase() ?? TOP, { first, after });
    return toPage(page, toChartPerson(view));
  }

  @FieldResolver(() => OrgChartPerson, {
    nullable: true,
    description: 'A person by id; null when they are not on the chart.',
  })
  @Requires('users:read')
  async person(
    @Root() { view }: OrgChart,
    @Arg('id', () => ID, { description: 'The id.' }) id: string,
  ): Promise<OrgChartPerson | null> {
    const found = isUuid(id) ? await view.personById.load(id.toLowerCase()) : undefined;
    return found === undefined ? null : toChartPerson(view)(found);
  }

  @FieldResolver(() => [OrgChartPerson], {
    description: 'People by their ids, in this order; who is not on the chart is left out.',
  })
  @Requires('users:read')
  async peopleById(
    @Root() { view }: OrgChart,
    @Arg('ids', () => [ID], idsArgument) ids: string[],
  ): Promise<OrgChartPerson[]> {
    return (await findByIds(view.personById, ids)).map(toChartPerson(view));
  }

  @FieldResolver(() => OrgChartPersonPage, {
    description:
      'Everybody on the chart, whatever their level, by id. Send `asOf` too: all pages then tell of one moment.',
  })
  @Requires('users:read')
  async allPeople(
    @Root() { view }: OrgChart,
    @Arg('first', () => Int, firstArgument) first: number,
    @Arg('after', () => CursorScalar, afterArgument) after: string | null | undefined,
  ): Promise<PageObject<OrgChartPerson>> {
    return toPage(await view.allPeople({ first, after }), toChartPerson(view));
  }

  @FieldResolver(() => [OrgChartPerson], {
    description:
      'People whose name or userName contains a text, by name; one or two letters are looked for where words begin.',
  })
  @Requires('users:read')
  async searchPeople(
    @Root() { view }: OrgChart,
    @Arg('text', () => String, { description: 'A part of the name, whatever its case.' }) text: string,
    @Arg('first', () => Int, searchFirst) first: number,
  ): Promise<OrgChartPerson[]> {
    checkPageSize(first, 'first');
    checkCharacters(text, 'text');
    return (await searchPeople(view.db, view, text.trim(), first)).map(toChartPerson(view));
  }

  @FieldResolver(() => OrgChartTeamPage, { description: 'The teams of one level, by name.' })
  @Requires('teams:read')
  async teams(
    @Root() { view }: OrgChart,
    @Arg('under', () => ID, {
      nullable: true,
      description: 'Those that are a part of this team; the top when left out.',
    })
    under: string | null | undefined,
    @Arg('first', () => Int, firstArgument) first: number,
    @Arg('after', () => CursorScalar, afterArgument) after: string | null | undefined,
  ): Promise<PageObject<OrgChartTeam>> {
    if (under != null && !(isUuid(under) && (await view.teamById.load(under.toLowerCase()))))
      throw notFound('team on this chart', under, 'under');
    return toPage(await view.teams(under?.toLowerCase() ?? TOP, { first, after }), toChartTeam(view));
  }

  @FieldResolver(() => OrgChartTeam, {
    nullable: true,
    description: 'A team by id; null when it is not on the chart.',
  })
  @Requires('teams:read')
  async team(
    @Root() { view }: OrgChart,
    @Arg('id', () => ID, { description: 'The id.' }) id: string,
  ): Promise<OrgChartTeam | null> {
    const found = isUuid(id) ? await view.teamById.load(id.toLowerCase()) : undefined;
    return found === undefined ? null : toChartTeam(view)(found);
  }

  @FieldResolver(() => [OrgChartTeam], {
    description: 'Teams by their ids, in this order; what is not on the chart is left out.',
  })
  @Requires('teams:read')
  async teamsById(
    @Root() { view }: OrgChart,
    @Arg('ids', () => [ID], idsArgument) ids: string[],
  ): Promise<OrgChartTeam[]> {
    return (await findByIds(view.teamById, ids)).map(toChartTeam(view));
  }

  @FieldResolver(() => OrgChartTeamPage, {
    description:
      'Every team of the chart, whatever its level, by id. Send `asOf` too: all pages then tell of one moment.',
  })
  @Requires('teams:read')
  async allTeams(
    @Root() { view }: OrgChart,
    @Arg('first', () => Int, firstArgument) first: number,
    @Arg('after', () => CursorScalar, afterArgument) after: string | null | undefined,
  ): Promise<PageObject<OrgChartTeam>> {
    return toPage(await view.allTeams({ first, after }), toChartTeam(view));
  }

  @FieldResolver(() => [OrgChartTeam], {
    description:
      'Teams whose name contains a text, by name; one or two letters are looked for where words begin.',
  })
  @Requires('teams:read')
  async searchTeams(
    @Root() { view }: OrgChart,
    @Arg('text', () => String, { description: 'A part of the name, whatever its case.' }) text: string,
    @Arg('first', () => Int, searchFirst) first: number,
  ): Promise<OrgChartTeam[]> {
    checkPageSize(first, 'first');
    checkCharacters(text, 'text');
    return view.showsTeams
      ? (await searchTeams(view.db, view, text.trim(), first)).map(toChartTeam(view))
      : [];
  }
}

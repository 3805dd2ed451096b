import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../request/request-context.ts';
import { type PageObject, toPage } from '../schema/page-type.ts';
import { Requires } from '../schema/requires.ts';
import { CursorScalar } from '../schema/scalars.ts';
import { teamById } from '../teams/team.loaders.ts';
import { TeamObject, toTeam } from '../teams/team.type.ts';
import { afterArgument, firstArgument } from './chart-arguments.type.ts';
import {
  OrgChartPerson,
  OrgChartPersonPage,
  OrgChartTeam,
  OrgChartTeamPage,
  toChartPerson,
  toChartTeam,
} from './org-chart.type.ts';

@Resolver(() => OrgChartTeam)
export class ChartTeamResolver {
  @FieldResolver(() => OrgChartPerson, {
    nullable: true,
    description: 'Who leads the team; null when nobody does who is on the chart.',
  })
  @Requires('users:read')
  async lead(@Root() { leadId, view }: OrgChartTeam): Promise<OrgChartPerson | null> {
    const found = leadId === null ? undefined : await view.personById.load(leadId);
    return found === undefined ? null : toChartPerson(view)(found);
  }

  @FieldResolver(() => Int, { description: 'How many people are in the team.' })
  @Requires('teams:read')
  memberCount(@Root() { id, view }: OrgChartTeam): Promise<number> {
    return view.counts.members.load(id);
  }

  @FieldResolver(() => Int, { description: 'How many teams are a part of the team.' })
  @Requires('teams:read')
  childCount(@Root() { id, view }: OrgChartTeam): Promise<number> {
    return view.counts.children.load(id);
  }

  @FieldResolver(() => [OrgChartTeam], { description: 'Every team that it is a part of, the nearest first.' })
  @Requires('teams:read')
  async ancestors(@Root() { id, view }: OrgChartTeam): Promise<OrgChartTeam[]> {
    return (await view.ancestors.load(id)).map(toChartTeam(view));
  }

  @FieldResolver(() => OrgChartTeamPage, {
    description: 'The teams that are a part of the team, by name.',
  })
  @Requires('teams:read')
  async children(
    @Root() { id, view }: OrgChartTeam,
    @Arg('first', () => Int, firstArgument) first: number,
    @Arg('after', () => CursorScalar, afterArgument) after: string | null | undefined,
  ): Promise<PageObject<OrgChartTeam>> {
    return toPage(await view.teams(id, { first, after }), toChartTeam(view));
  }

  @FieldResolver(() => OrgChartPersonPage, { description: 'The people in the team, by name.' })
  @Requires('users:read')
  async members(
    @Root() { id, view }: OrgChartTeam,
    @Arg('first', () => Int, firstArgument) first: number,
    @Arg('after', () => CursorScalar, afterArgument) after: string | null | undefined,
  ): Promise<PageObject<OrgChartPerson>> {
    return toPage(await view.people('members', id, { first, after }), toChartPerson(view));
  }

  @FieldResolver(() => TeamObject, {
    nullable: true,
    description: 'The team as it is now; null when it is gone.',
  })
  @Requires('teams:read')
  async team(@Root() { id }: OrgChartTeam, @Ctx() { loaders }: RequestContext): Promise<TeamObject | null> {
    const found = await loaders.load(teamById, id);
    return found === undefined ? null : toTeam(found);
  }
}

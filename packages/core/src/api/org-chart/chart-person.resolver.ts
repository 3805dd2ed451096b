import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../request/request-context.ts';
import { type PageObject, toPage } from '../schema/page-type.ts';
import { Requires } from '../schema/requires.ts';
import { CursorScalar } from '../schema/scalars.ts';
import { userById } from '../users/user.loaders.ts';
import { toUser, UserObject } from '../users/user.type.ts';
import { afterArgument, firstArgument } from './chart-arguments.type.ts';
import {
  OrgChartPerson,
  OrgChartPersonPage,
  OrgChartTeam,
  toChartPerson,
  toChartTeam,
} from './org-chart.type.ts';

@Resolver(() => OrgChartPerson)
export class ChartPersonResolver {
  @FieldResolver(() => Int, { description: 'How many people report to the person.' })
  @Requires('users:read')
  reportCount(@Root() { id, view }: OrgChartPerson): Promise<number> {
    return view.counts.reports.load(id);
  }

  @FieldResolver(() => [OrgChartPerson], { description: 'Everybody above the person, the nearest first.' })
  @Requires('users:read')
  async managers(@Root() { id, view }: OrgChartPerson): Promise<OrgChartPerson[]> {
    return (await view.managers.load(id)).map(toChartPerson(view));
  }

  @FieldResolver(() => OrgChartPersonPage, { description: 'Who reports to the person, by name.' })
  @Requires('users:read')
  async reports(
    @Root() { id, view }: OrgChartPerson,
    @Arg('first', () => Int, firstArgument) first: number,
    @Arg('after', () => CursorScalar, afterArgument) after: string | null | undefined,
  ): Promise<PageObject<OrgChartPerson>> {
    return toPage(await view.people('reports', id, { first, after }), toChartPerson(view));
  }

  @FieldResolver(() => [OrgChartTeam], {
    description: 'The teams of the chart that the person is in, by name.',
  })
  @Requires('teams:read')
  async teams(@Root() { id, view }: OrgChartPerson): Promise<OrgChartTeam[]> {
    return (await view.teamsOfPerson.load(id)).map(toChartTeam(view));
  }

  @FieldResolver(() => UserObject, { nullable: true, description: 'The person as they are now.' })
  @Requires('users:read')
  async user(@Root() { id }: OrgChartPerson, @Ctx() { loaders }: RequestContext): Promise<UserObject | null> {
    const found = await loaders.load(userById, id);
    return found === undefined ? null : toUser(found);
  }
}

import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../request/request-context.ts';
import { Requires } from '../schema/requires.ts';
import { nestedTeams, outerTeams } from './team.loaders.ts';
import { TeamObject, toTeam } from './team.type.ts';

@Resolver(() => TeamObject)
export class NestedTeamsResolver {
  @FieldResolver(() => [TeamObject], {
    description:
      'The teams that are members of it, by id, the first 500; `teams(filter: { nestedIn: … })` pages through more. Neither roles nor access nor membership follow from nesting.',
  })
  @Requires('teams:read')
  async nestedTeams(@Root() { id }: TeamObject, @Ctx() { loaders }: RequestContext): Promise<TeamObject[]> {
    return (await loaders.load(nestedTeams, id)).map(toTeam);
  }

  @FieldResolver(() => [TeamObject], {
    description:
      'The teams that it is a member of, by id, the first 500; for an identity provider, those it pushed.',
  })
  @Requires('teams:read')
  async outerTeams(@Root() { id }: TeamObject, @Ctx() { loaders }: RequestContext): Promise<TeamObject[]> {
    return (await loaders.load(outerTeams, id)).map(toTeam);
  }
}

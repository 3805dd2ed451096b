import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { TeamRecord } from '../../teams/team-record.ts';
import type { RequestContext } from '../request/request-context.ts';
import { Requires } from '../schema/requires.ts';
import { UserObject } from '../users/user.type.ts';
import { teamsOfUser } from './team.loaders.ts';
import { TeamObject, toTeam } from './team.type.ts';

@Resolver(() => UserObject)
export class UserTeamsResolver {
  @FieldResolver(() => [TeamObject], {
    description: 'The teams the person is a member of; for an identity provider, those it pushed.',
  })
  @Requires('teams:read')
  teams(
    @Root() { record }: UserObject,
    @Ctx() context: RequestContext,
  ): readonly TeamObject[] | Promise<readonly TeamObject[]> {
    const shown = (teams: readonly TeamRecord[]) => teams.map(toTeam);
    return record.teams != null
      ? shown(record.teams)
      : context.loaders.load(teamsOfUser, record.id).then(shown);
  }
}

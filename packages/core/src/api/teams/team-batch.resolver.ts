import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { changeTeamMembers } from '../../teams/change-team-members.ts';
import { createTeams } from '../../teams/create-teams.ts';
import { deleteTeams } from '../../teams/delete-teams.ts';
import { batchOf } from '../request/batch.ts';
import { authorshipOf, type MutationContext } from '../request/request-context.ts';
import { Requires } from '../schema/requires.ts';
import { DeleteTeamsPayload, TeamsPayload, toDeleteTeamResult, toTeamResult } from './team.payloads.ts';
import { ChangeTeamMembersInput, CreateTeamsInput, DeleteTeamsInput } from './team-batch.inputs.ts';

@Resolver()
export class TeamBatchResolver {
  @Mutation(() => TeamsPayload, {
    description: 'Creates teams with their members in one go; each succeeds or is refused by itself.',
  })
  @Requires('teams:write')
  async createTeams(
    @Arg('input', () => CreateTeamsInput, { description: 'The teams.' }) input: CreateTeamsInput,
    @Ctx() context: MutationContext,
  ): Promise<TeamsPayload> {
    const teams = batchOf(input.teams, 'teams', context);
    return { results: (await createTeams(context.work, authorshipOf(context), teams)).map(toTeamResult) };
  }

  @Mutation(() => TeamsPayload, {
    description: 'Changes who is in many teams in one go; each change is done or refused by itself.',
  })
  @Requires('teams:write')
  async changeTeamMembers(
    @Arg('input', () => ChangeTeamMembersInput, { description: 'The changes.' })
    input: ChangeTeamMembersInput,
    @Ctx() context: MutationContext,
  ): Promise<TeamsPayload> {
    const changes = batchOf(input.changes, 'changes', context);
    const outcomes = await changeTeamMembers(context.work, authorshipOf(context), changes);
    return { results: outcomes.map(toTeamResult) };
  }

  @Mutation(() => DeleteTeamsPayload, {
    description: 'Deletes teams in one go; each goes or is refused by itself. Their members stay.',
  })
  @Requires('teams:write')
  async deleteTeams(
    @Arg('input', () => DeleteTeamsInput, { description: 'The teams.' }) input: DeleteTeamsInput,
    @Ctx() context: MutationContext,
  ): Promise<DeleteTeamsPayload> {
    const teams = batchOf(input.teams, 'teams', context);
    const outcomes = await deleteTeams(context.work, authorshipOf(context), teams);
    return { results: outcomes.map(toDeleteTeamResult) };
  }
}

import { Field, ID, ObjectType } from 'type-graphql';
import type { DeleteOutcome } from '../../teams/delete-teams.ts';
import type { TeamOutcome } from '../../teams/team-outcome.ts';
import { ItemError, toItemError } from '../schema/item-error.type.ts';
import { TeamObject, toTeam } from './team.type.ts';

@ObjectType({ description: 'A team after a change.', simpleResolvers: true })
export class TeamPayload {
  @Field(() => TeamObject, { description: 'The team as it is now.' })
  team!: TeamObject;
  @Field(() => Boolean, { description: 'Did anything differ? When nothing did, nothing was written.' })
  changed!: boolean;
}

@ObjectType({ description: 'A team that is gone.', simpleResolvers: true })
export class DeleteTeamPayload {
  @Field(() => ID, { description: 'Which it was.' })
  deletedTeamId!: string;
}

@ObjectType({ description: 'What became of one team of a batch.', simpleResolvers: true })
export class TeamResult {
  @Field(() => TeamObject, { nullable: true, description: 'The team as it is now, when it worked.' })
  team!: TeamObject | null;
  @Field(() => ItemError, { nullable: true, description: 'Why not, when it did not.' })
  error!: ItemError | null;
}

@ObjectType({ description: 'What became of a batch of teams.', simpleResolvers: true })
export class TeamsPayload {
  @Field(() => [TeamResult], { description: 'One for each item, in the order asked.' })
  results!: TeamResult[];
}

@ObjectType({ description: 'What became of one team of a batch to delete.', simpleResolvers: true })
export class DeleteTeamResult {
  @Field(() => ID, { nullable: true, description: 'Which it was, when it is gone.' })
  deletedTeamId!: string | null;
  @Field(() => ItemError, { nullable: true, description: 'Why not, when it is not.' })
  error!: ItemError | null;
}

@ObjectType({ description: 'What became of a batch of teams to delete.', simpleResolvers: true })
export class DeleteTeamsPayload {
  @Field(() => [DeleteTeamResult], { description: 'One for each item, in the order asked.' })
  results!: DeleteTeamResult[];
}

/** What became of one item, as GraphQL shows it. */
export const toTeamResult = (outcome: TeamOutcome): TeamResult =>
  'team' in outcome
    ? { team: toTeam(outcome.team), error: null }
    : { team: null, error: toItemError(outcome.error) };

/** What became of one item to delete, as GraphQL shows it. */
export const toDeleteTeamResult = (outcome: DeleteOutcome): DeleteTeamResult =>
  'error' in outcome
    ? { deletedTeamId: null, error: toItemError(outcome.error) }
    : { deletedTeamId: outcome.deletedTeamId, error: null };

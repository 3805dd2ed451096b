import { Field, ID, InputType, Int } from 'type-graphql';
import type { TeamMembersChange } from '../../teams/change-team-members.ts';
import type { NewTeam } from '../../teams/create-teams.ts';
import type { TeamDeletion } from '../../teams/delete-teams.ts';
import { declareFields } from '../schema/declare-fields.ts';
import { CreateTeamInput, DeleteTeamInput } from './team.type.ts';

@InputType({ description: 'Teams to create at once.' })
export class CreateTeamsInput {
  @Field(() => [CreateTeamInput], { description: 'The teams, at most `limits.maxBatchSize`.' })
  teams!: NewTeam[];
}

@InputType({ description: 'Who joins and who leaves one team; whoever is in both lists joins.' })
export class TeamMembersChangeInput {
  @Field(() => ID, { description: 'Which team.' })
  id!: string;
}
declareFields(TeamMembersChangeInput, {
  addMemberIds: {
    description:
      'Who joins: ids of people and of teams; who is in it already stays. An unknown id refuses the item.',
    type: () => [ID],
  },
  removeMemberIds: {
    description: 'Who leaves, people and teams; who is not in it changes nothing.',
    type: () => [ID],
  },
  ifVersion: {
    description: 'Refuse with VERSION_MISMATCH unless the team is at this version before the batch.',
    type: () => Int,
  },
});

@InputType({ description: 'Changes of the members of teams.' })
export class ChangeTeamMembersInput {
  @Field(() => [TeamMembersChangeInput], {
    description:
      'The changes, at most `limits.maxBatchSize`; those of one team are applied in order, as one change.',
  })
  changes!: TeamMembersChange[];
}

@InputType({ description: 'Teams to delete at once.' })
export class DeleteTeamsInput {
  @Field(() => [DeleteTeamInput], { description: 'The teams, at most `limits.maxBatchSize`.' })
  teams!: TeamDeletion[];
}

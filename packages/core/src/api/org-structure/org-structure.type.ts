import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { Instant } from '../../database/columns.ts';
import type { CreateTeamsName } from '../../model/account.entity.ts';
import type { RebuildStateName } from '../../model/org-structure.entities.ts';
import type { OrgStructureRecord, RebuildRecord } from '../../org-structure/settings/find-structure.ts';
import { declareEnum } from '../schema/enums.ts';
import { DateTimeScalar } from '../schema/scalars.ts';

const modeDescriptions: Record<CreateTeamsName, string> = {
  NONE: 'No teams follow from people.',
  DEPARTMENT: 'A team for each department.',
  MANAGER: 'A team for each department, and under it one for the reports of each manager.',
};
const CreateTeams = declareEnum('CreateTeams', 'Which teams follow from people.', modeDescriptions);

const stateDescriptions: Record<RebuildStateName, string> = {
  RUNNING: 'It goes through the people, and takes itself up again when the server was stopped.',
  DONE: 'All teams are in line.',
  REPLACED: 'Another began before this one came to its end.',
};
const OrgRebuildState = declareEnum('OrgRebuildState', 'How far a rebuild is.', stateDescriptions);

@ObjectType('OrgRebuild', {
  description: 'A walk through all people that brings the teams in line with them.',
  simpleResolvers: true,
})
export class OrgRebuildObject {
  @Field(() => ID, { description: 'The id.' })
  id!: string;
  @Field(() => OrgRebuildState, { description: 'Does it go on?' })
  state!: string;
  @Field(() => Int, { description: 'How many people it has visited.' })
  done!: number;
  @Field(() => Int, { description: 'How many people it has to visit.' })
  total!: number;
  @Field(() => CreateTeams, { description: 'Which teams it makes.' })
  createTeams!: string;
  @Field(() => String, { description: 'The attribute that it makes them from, as it was named then.' })
  teamAttribute!: string;
  @Field(() => DateTimeScalar, { description: 'When it was asked for.' })
  startedAt!: Instant;
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it ended; null while it runs.' })
  finishedAt!: Instant | null;
}

@ObjectType('OrgStructure', {
  description: 'Which teams follow from people, and how far they do.',
  simpleResolvers: true,
})
export class OrgStructureObject {
  @Field(() => CreateTeams, { description: 'Which teams follow from people.' })
  createTeams!: string;
  @Field(() => String, {
    description: "The attribute that says somebody's department: its name, or the path of a custom one.",
  })
  teamAttribute!: string;
  @Field(() => OrgRebuildObject, { nullable: true, description: 'The rebuild that runs, or the last one.' })
  rebuild!: OrgRebuildObject | null;
}

/** Records as GraphQL shows them. */
export const toRebuild = (record: RebuildRecord): OrgRebuildObject => ({
  id: record.id,
  state: record.state,
  done: record.done,
  total: record.total,
  createTeams: record.create_teams,
  teamAttribute: record.team_attribute,
  startedAt: record.started_at,
  finishedAt: record.finished_at,
});
export const toStructure = ({
  createTeams,
  teamAttribute,
  rebuild,
}: OrgStructureRecord): OrgStructureObject => ({
  createTeams,
  teamAttribute,
  rebuild: rebuild === undefined ? null : toRebuild(rebuild),
});

@InputType({ description: 'What teams are to be made from. Left out = stays as it is.' })
export class UpdateOrgStructureInput {
  @Field(() => CreateTeams, { nullable: true, description: 'Which teams are to follow from people.' })
  createTeams?: CreateTeamsName | null;
  @Field(() => String, {
    nullable: true,
    description: "The attribute that says somebody's department: one of `orgStructure.teamAttributes`.",
  })
  teamAttribute?: string | null;
}

@ObjectType({ description: 'The structure, whose teams are being rebuilt.', simpleResolvers: true })
export class RebuildOrgStructurePayload {
  @Field(() => OrgStructureObject, { description: 'The structure.' })
  orgStructure!: OrgStructureObject;
}

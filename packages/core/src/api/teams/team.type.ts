import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { Instant } from '../../database/columns.ts';
import { combinations, present } from '../../filters/combinations.ts';
import { teamOrderFields } from '../../teams/team-order.ts';
import type { TeamRecord } from '../../teams/team-record.ts';
import { declareConditions, declareOperators, declareQualifiers } from '../schema/declare-conditions.ts';
import { declareFields } from '../schema/declare-fields.ts';
import { declareEnum, declareRevealingEnum } from '../schema/enums.ts';
import { DateTimeFilter, IDFilter, IntFilter, StringFilter } from '../schema/filter-inputs.ts';
import { Node } from '../schema/node.type.ts';
import { OrderDirection } from '../schema/order-direction.ts';
import { pageType } from '../schema/page-type.ts';
import { Requires } from '../schema/requires.ts';
import { DateTimeScalar } from '../schema/scalars.ts';

export const TeamOrigin = declareEnum('TeamOrigin', 'Where a team comes from.', {
  DIRECTORY: 'An identity provider pushed it as a group.',
  ORG_STRUCTURE: 'It follows from departments and managers.',
  MANUAL: 'A person or a tool made it.',
});

export const MemberType = declareEnum('MemberType', 'What a member of a team is.', {
  USER: 'A person.',
  TEAM: 'Another team; who is in that one does not become a member by it.',
});

@ObjectType({ description: 'A member of a team, as much as a list of members shows.', simpleResolvers: true })
export class MemberReference {
  @Field(() => ID, { description: 'The id of the person or team.' })
  id!: string;
  @Field(() => String, { nullable: true, description: 'The display name of the person or team.' })
  displayName!: string | null;
  @Field(() => MemberType, { description: 'Is it a person or a team?' })
  type!: string;
}

@ObjectType('Team', {
  description: 'A set of people with a parent team and a lead.',
  implements: Node,
  simpleResolvers: true,
})
export class TeamObject extends Node {
  readonly record!: TeamRecord;
  @Field(() => String, { description: 'The name.' })
  displayName!: string;
  @Field(() => String, {
    nullable: true,
    description: 'What the identity provider that pushed it calls it (RFC 7643 §3.1).',
  })
  externalId!: string | null;
  @Field(() => TeamOrigin, { description: 'Where it comes from.' })
  origin!: string;
  @Field(() => Int, {
    description:
      'Counts the changes of the team: its attributes, and who comes and goes. What is read along from others does not move it: the names of members, parent and lead. Send it as `ifVersion` to change only what you have seen.',
  })
  version!: number;
  @Field(() => DateTimeScalar, { description: 'When it was created.' })
  createdAt!: Instant;
  @Field(() => DateTimeScalar, { description: 'When it, or who is in it, last changed.' })
  updatedAt!: Instant;
}

export const TeamPage = pageType('Team', () => TeamObject);

/** A record as GraphQL shows it. */
export const toTeam = (record: TeamRecord): TeamObject =>
  ({
    __typename: 'Team',
    record,
    id: record.id,
    displayName: record.display_name,
    externalId: record.external_id,
    origin: record.origin,
    version: record.version,
    createdAt: record.created_at,
    updatedAt: record.updated_at,
  }) as TeamObject;

const name = {
  description: 'The name; unique among the teams of its connection, whatever its case.',
  type: () => String,
};
const properties = {
  externalId: { description: 'What the identity provider calls it. Needs a SCIM token.', type: () => String },
  parentId: { description: 'The team it is a part of.', type: () => ID },
  leadId: { description: 'Who leads it.', type: () => ID },
};
const ifVersion = {
  description: 'Refuse with VERSION_MISMATCH unless the team is at this version.',
  type: () => Int,
};

@InputType({ description: 'A team to create.' })
export class CreateTeamInput {}
declareFields(CreateTeamInput, {
  displayName: { ...name, nullable: false },
  ...properties,
  memberIds: {
    description: 'Who is in it from the start: ids of people and of teams. An unknown id refuses the whole.',
    type: () => [ID],
  },
});

@InputType({ description: 'What to change of a team. Left out = stays as it is; null = is cleared.' })
export class UpdateTeamInput {}
declareFields(UpdateTeamInput, {
  id: { description: 'Which.', type: () => ID, nullable: false },
  ifVersion,
  displayName: name,
  ...properties,
  setMemberIds: {
    description: 'All its members from now on, people and teams; removals and additions apply on top.',
    type: () => [ID],
  },
  addMemberIds: {
    description:
      'Who joins: ids of people and of teams; who is in it already stays. An unknown id refuses the whole.',
    type: () => [ID],
  },
  removeMemberIds: {
    description: 'Who leaves, people and teams; who is not in it changes nothing.',
    type: () => [ID],
  },
});

@InputType({ description: 'A team to delete.' })
export class DeleteTeamInput {
  @Field(() => ID, { description: 'Which.' })
  id!: string;
}
declareFields(DeleteTeamInput, { ifVersion });

@InputType({ description: 'People who join or leave a team.' })
export class TeamMembersInput {
  @Field(() => ID, { description: 'Which team.' })
  teamId!: string;
  @Field(() => [ID], { description: 'Who, at most `limits.maxBatchSize`; the id of a team nests that team.' })
  userIds!: string[];
}

@InputType('MemberMatch', { description: 'What a member must satisfy, all of it at once.' })
export class MemberMatchInput {}
declareOperators(MemberMatchInput, {
  ...combinations(() => MemberMatchInput),
  id: { description: 'Its id.', type: () => IDFilter },
  displayName: { description: 'Its display name, without regard to case.', type: () => StringFilter },
});
declareQualifiers(MemberMatchInput, {
  type: { description: 'Is it a person or a team?', type: () => MemberType },
});

@InputType({ description: 'A condition on the members of a team.' })
export class TeamMembersFilter {}
declareOperators(TeamMembersFilter, {
  some: { description: 'One member at least satisfies all of this.', type: () => MemberMatchInput },
  someId: {
    description: 'The ids of its members: one of them is it; `notEquals`: none is.',
    type: () => IDFilter,
  },
  isPresent: present,
});
declareQualifiers(TeamMembersFilter, {
  type: {
    description: 'Look at people only, or at teams only; at both when left out.',
    type: () => MemberType,
  },
});

@InputType('TeamFilter', { description: 'Conditions on a team; all that is said must hold.' })
export class TeamFilterInput {}
declareOperators(
  TeamFilterInput,
  combinations(() => TeamFilterInput),
);
declareConditions(
  TeamFilterInput,
  { requires: 'teams:read', looksAt: 'column' },
  {
    search: { description: 'A part of the name.', type: () => String },
    id: { description: 'The id.', type: () => IDFilter },
    displayName: { description: 'The name, without regard to case.', type: () => StringFilter },
    externalId: {
      description: 'What the identity provider calls it; case counts.',
      type: () => StringFilter,
    },
    origin: { description: 'Where it comes from.', type: () => TeamOrigin },
    connectionId: { description: 'The connection that pushed it.', type: () => IDFilter },
    parentId: { description: 'The team it is a part of.', type: () => IDFilter },
    version: { description: 'The version.', type: () => IntFilter },
    createdAt: { description: 'When it was created.', type: () => DateTimeFilter },
    updatedAt: { description: 'When it last changed.', type: () => DateTimeFilter },
  },
);

declareConditions(
  TeamFilterInput,
  { requires: 'teams:read', looksAt: 'rows' },
  {
    members: { description: 'Who is in it, people and teams.', type: () => TeamMembersFilter },
    nestedIn: {
      description: 'The teams that it is a member of: one of them is it; `notEquals`: none is.',
      type: () => IDFilter,
    },
  },
);

const TeamOrderField = declareRevealingEnum(
  'TeamOrderField',
  'What teams are ordered by. Which has no such value comes last, and first when descending; ties by id.',
  teamOrderFields,
);

@InputType('TeamOrder', { description: 'How teams are ordered.' })
export class TeamOrderInput {
  @Field(() => TeamOrderField, { description: 'By what.' })
  field!: string;
  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: 'Which way.' })
  @Requires('anyone')
  direction!: string;
}

import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { Instant } from '../../database/columns.ts';
import type { JobStateName } from '../../model/role.entity.ts';
import type { GroupRolesJobRecord } from '../../roles/group-roles-job.ts';
import type { RoleMappingRecord } from '../../roles/role-record.ts';
import { ActorObject } from '../schema/actor.type.ts';
import { declareConditions } from '../schema/declare-conditions.ts';
import { declareFields } from '../schema/declare-fields.ts';
import { declareEnum } from '../schema/enums.ts';
import { Node } from '../schema/node.type.ts';
import { pageType } from '../schema/page-type.ts';
import { DateTimeScalar } from '../schema/scalars.ts';
import { RoleObject } from './role.type.ts';

@ObjectType({ description: 'A group of an identity provider, as a mapping knows it.', simpleResolvers: true })
export class MappedGroupObject {
  readonly teamId!: string | null;
  @Field(() => String, { description: 'What it is called, or is going to be called once it is pushed.' })
  name!: string;
  @Field(() => Boolean, {
    description:
      'Has the identity provider pushed it? Until it does, nobody has the role by it; then it is found by its name.',
  })
  pushed!: boolean;
}

@ObjectType('RoleMapping', {
  description: 'The members of a group that an identity provider pushes have a role.',
  implements: Node,
  simpleResolvers: true,
})
export class RoleMappingObject extends Node {
  readonly record!: RoleMappingRecord;
  @Field(() => MappedGroupObject, { description: 'Whose members have the role.' })
  group!: MappedGroupObject;
  @Field(() => DateTimeScalar, { description: 'When it was created.' })
  createdAt!: Instant;
  @Field(() => ActorObject, { description: 'Who created it.' })
  createdBy!: ActorObject;
}

export const RoleMappingPage = pageType('RoleMapping', () => RoleMappingObject);

/** A record as GraphQL shows it. */
export const toRoleMapping = (record: RoleMappingRecord): RoleMappingObject =>
  ({
    __typename: 'RoleMapping',
    record,
    id: record.id,
    group: { teamId: record.team_id, name: record.group_name, pushed: record.team_id !== null },
    createdAt: record.created_at,
    createdBy: { kind: record.actor_kind, id: record.actor_id, name: record.actor_name },
  }) as RoleMappingObject;

@InputType({ description: 'Conditions on a mapping; all that is said must hold.' })
export class RoleMappingFilterInput {}
declareConditions(
  RoleMappingFilterInput,
  { requires: 'roles:read', looksAt: 'column' },
  {
    roleId: { description: 'It is to this role.', type: () => ID },
    connectionId: { description: 'Its group is one of this connection.', type: () => ID },
  },
);

const evenIfILoseAccess = {
  description:
    'Make the change also when it takes roles:write from you yourself. Without this it is refused then.',
  type: () => Boolean,
};

@InputType({
  description:
    'The roles that a group gives from now on. Name the group by `teamId`, or by `connectionId` and `groupName`.',
})
export class SetGroupRolesInput {
  @Field(() => [ID], { description: 'All roles that its members have by it; none for an empty list.' })
  roleIds!: string[];
}
declareFields(SetGroupRolesInput, {
  teamId: { description: 'The group as it was pushed: a team of the origin DIRECTORY.', type: () => ID },
  connectionId: { description: 'The connection that pushes the group.', type: () => ID },
  groupName: {
    description: 'The name under which the connection has pushed the group, or is to push it.',
    type: () => String,
  },
  ifRoleIds: {
    description:
      'The roles that it gives now, as far as you know. Refused with VERSION_MISMATCH when it gives others.',
    type: () => [ID],
  },
  evenIfILoseAccess,
});

const stateDescriptions: Record<JobStateName, string> = {
  RUNNING: 'It goes through the people, and takes itself up again when the server was stopped.',
  DONE: 'Everybody is in line.',
  REPLACED: 'The group was mapped anew before this one came to its end.',
};
const GroupRolesJobState = declareEnum('GroupRolesJobState', 'How far it is.', stateDescriptions);

@ObjectType('GroupRolesJob', {
  description:
    'A walk through the members of a group that gives and takes roles after a change of its mappings.',
  simpleResolvers: true,
})
export class GroupRolesJobObject {
  @Field(() => ID, { description: 'The id.' })
  id!: string;
  @Field(() => GroupRolesJobState, { description: 'Does it go on?' })
  state!: string;
  @Field(() => String, { description: 'What the group was called then.' })
  groupName!: string;
  @Field(() => Int, { description: 'How many people it has visited.' })
  done!: number;
  @Field(() => Int, { description: 'How many people it has to visit.' })
  total!: number;
  @Field(() => DateTimeScalar, { description: 'When it was asked for.' })
  startedAt!: Instant;
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it ended; null while it runs.' })
  finishedAt!: Instant | null;
}

/** A job as GraphQL shows it. */
export const toGroupRolesJob = (record: GroupRolesJobRecord): GroupRolesJobObject => ({
  id: record.id,
  state: record.state,
  groupName: record.group_name,
  done: record.done,
  total: record.total,
  startedAt: record.started_at,
  finishedAt: record.finished_at,
});

@ObjectType({ description: 'What a group gives after a change.', simpleResolvers: true })
export class GroupRolesPayload {
  @Field(() => [RoleMappingObject], { description: 'The mappings of the group as they are now.' })
  mappings!: RoleMappingObject[];
  @Field(() => Boolean, { description: 'Did anything differ? When nothing did, nothing was written.' })
  changed!: boolean;
  @Field(() => GroupRolesJobObject, {
    nullable: true,
    description:
      'What brings its people in line, where they are more than a thousand; null where it is done. Follow `groupRolesProgress`.',
  })
  job!: GroupRolesJobObject | null;
}

@InputType({ description: 'The roles that people have who were granted none.' })
export class SetDefaultRolesInput {
  @Field(() => [ID], {
    description: 'All of them from now on; none for an empty list. An exclusive role stands alone.',
  })
  roleIds!: string[];
}
declareFields(SetDefaultRolesInput, { evenIfILoseAccess });

@ObjectType({ description: 'The default roles after a change.', simpleResolvers: true })
export class DefaultRolesPayload {
  @Field(() => [RoleObject], { description: 'What people have now who were granted nothing.' })
  roles!: RoleObject[];
  @Field(() => Boolean, { description: 'Did anything differ? When nothing did, nothing was written.' })
  changed!: boolean;
}

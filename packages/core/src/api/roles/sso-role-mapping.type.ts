import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { Instant } from '../../database/columns.ts';
import type { SsoRoleMappingRecord } from '../../roles/role-record.ts';
import type { SsoGroupRecord } from '../../sso-roles/find-sso-groups.ts';
import type { SsoOutcome, SsoRoleDue } from '../../sso-roles/sso-roles-due.ts';
import { ActorObject } from '../schema/actor.type.ts';
import { declareConditions } from '../schema/declare-conditions.ts';
import { declareFields } from '../schema/declare-fields.ts';
import { declareEnum } from '../schema/enums.ts';
import { Node } from '../schema/node.type.ts';
import { pageType } from '../schema/page-type.ts';
import { DateTimeScalar } from '../schema/scalars.ts';

const described = {
  signInConnectionId: 'The sign-in connection whose provider sends the group.',
  group:
    'The group exactly as the provider sends it, which may be an id; the case of ASCII letters and white space around it do not count.',
} as const;

@ObjectType('SsoRoleMapping', {
  description:
    'Whoever signs in with a group is given a role. It only adds: who has the role keeps it, whatever becomes of the group or the mapping.',
  implements: Node,
  simpleResolvers: true,
})
export class SsoRoleMappingObject extends Node {
  readonly record!: SsoRoleMappingRecord;
  @Field(() => ID, { description: described.signInConnectionId })
  signInConnectionId!: string;
  @Field(() => String, { description: described.group })
  group!: string;
  @Field(() => DateTimeScalar, { description: 'When it was created.' })
  createdAt!: Instant;
  @Field(() => ActorObject, { description: 'Who created it.' })
  createdBy!: ActorObject;
}

export const SsoRoleMappingPage = pageType('SsoRoleMapping', () => SsoRoleMappingObject);

/** A record as GraphQL shows it. */
export const toSsoRoleMapping = (record: SsoRoleMappingRecord): SsoRoleMappingObject =>
  ({
    __typename: 'SsoRoleMapping',
    record,
    id: record.id,
    signInConnectionId: record.sign_in_connection_id,
    group: record.group_value,
    createdAt: record.created_at,
    createdBy: { kind: record.actor_kind, id: record.actor_id, name: record.actor_name },
  }) as SsoRoleMappingObject;

@InputType({ description: 'Conditions on a mapping of sign-ins; all that is said must hold.' })
export class SsoRoleMappingFilterInput {}
declareConditions(
  SsoRoleMappingFilterInput,
  { requires: 'roles:read', looksAt: 'column' },
  {
    roleId: { description: 'It is to this role.', type: () => ID },
    signInConnectionId: { description: 'Its group is one of this sign-in connection.', type: () => ID },
  },
);

@ObjectType('SsoGroup', {
  description: 'A group of a sign-in connection: one that has arrived in sign-ins, or one that is mapped.',
  simpleResolvers: true,
})
export class SsoGroupObject {
  @Field(() => String, { description: 'As the provider sends it; as it is mapped, where it is.' })
  group!: string;
  @Field(() => Int, {
    description: 'How many people the provider sent it for, each as of the last sign-in that had groups.',
  })
  userCount!: number;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it arrived last; null when it is still waited for.',
  })
  lastSeenAt!: Instant | null;
  @Field(() => [SsoRoleMappingObject], { description: 'The roles that it adds; none for an empty list.' })
  mappings!: SsoRoleMappingObject[];
}

export const toSsoGroup = ({ value, people, last_seen_at, mappings }: SsoGroupRecord): SsoGroupObject => ({
  mappings: mappings.map(toSsoRoleMapping),
  group: value,
  userCount: people,
  lastSeenAt: last_seen_at,
});

@ObjectType({ description: 'The groups of a sign-in connection.', simpleResolvers: true })
export class SsoGroupList {
  @Field(() => [SsoGroupObject], {
    description: 'The first of them: those that are mapped, then those that most people came with.',
  })
  nodes!: SsoGroupObject[];
  @Field(() => Int, { description: 'How many there are.' })
  totalCount!: number;
  @Field(() => Int, {
    description:
      'How many people the provider sent no groups for at their last sign-in because there were too many (overage of Entra ID). Which they are in is not known, so none is added by it.',
  })
  withheldCount!: number;
}

@InputType({ description: 'The roles that a group adds from now on when somebody signs in with it.' })
export class SetSsoGroupRolesInput {
  @Field(() => ID, { description: described.signInConnectionId })
  signInConnectionId!: string;
  @Field(() => String, { description: described.group })
  group!: string;
  @Field(() => [ID], { description: 'All roles that it adds; none for an empty list.' })
  roleIds!: string[];
}
declareFields(SetSsoGroupRolesInput, {
  ifRoleIds: {
    description:
      'The roles that it adds now, as far as you know. Refused with VERSION_MISMATCH when it adds others.',
    type: () => [ID],
  },
});

@ObjectType({ description: 'What a group adds at sign-ins after a change.', simpleResolvers: true })
export class SsoGroupRolesPayload {
  @Field(() => [SsoRoleMappingObject], { description: 'The mappings of the group as they are now.' })
  mappings!: SsoRoleMappingObject[];
  @Field(() => Boolean, { description: 'Did anything differ? When nothing did, nothing was written.' })
  changed!: boolean;
}

const outcomes: Record<SsoOutcome, string> = {
  ADDED: 'The role is added.',
  HAS_IT_ALREADY: 'The person has the role by this already.',
  NEVER_TO_VIEW_ONLY:
    'It is an exclusive role, as view-only is, and the person has or gets another: no sign-in takes anybody from that to this. Revoke the others and grant it by hand.',
  ROLES_COME_FROM_SCIM: 'The roles of the account come from SCIM alone, so sign-ins add none.',
};
const SsoOutcomeEnum = declareEnum('SsoOutcome', 'What becomes of a mapping at a sign-in.', outcomes);

@ObjectType('SsoRoleDue', { description: 'What a sign-in makes of a mapping.', simpleResolvers: true })
export class SsoRoleDueObject {
  readonly roleId!: string;
  @Field(() => String, { description: 'The group that matches.' })
  group!: string;
  @Field(() => SsoOutcomeEnum, { description: 'Is the role added, or why not?' })
  outcome!: string;
}

export const toSsoRoleDue = ({ group_value, role_id, outcome }: SsoRoleDue): SsoRoleDueObject =>
  ({ group: group_value, roleId: role_id, outcome }) as SsoRoleDueObject;

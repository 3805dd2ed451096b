import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { isPermission, permissions } from '../../authorization/permissions.ts';
import type { Instant } from '../../database/columns.ts';
import type { GrantSourceName } from '../../model/role.entity.ts';
import type { EffectiveRoleRecord } from '../../roles/effective-roles.ts';
import type { GrantRecord, RoleRecord } from '../../roles/role-record.ts';
import { ActorObject } from '../schema/actor.type.ts';
import { declareFields } from '../schema/declare-fields.ts';
import { declareEnum } from '../schema/enums.ts';
import { Node } from '../schema/node.type.ts';
import { pageType } from '../schema/page-type.ts';
import { DateTimeScalar } from '../schema/scalars.ts';

@ObjectType('Permission', { description: 'Something that can be allowed.', simpleResolvers: true })
export class PermissionObject {
  @Field(() => String, { description: 'Its name, as `users:read`.' })
  id!: string;
  @Field(() => String, { description: 'A few words for people.' })
  title!: string;
  @Field(() => String, { description: 'What it allows.' })
  description!: string;
}

/** Permissions by their ids, as GraphQL shows them. */
export const toPermissions = (ids: Iterable<string>): PermissionObject[] =>
  [...ids].filter(isPermission).map((id) => ({ id, ...permissions[id] }));

const sourceDescriptions: Record<GrantSourceName, string> = {
  MANUAL: 'Somebody gave it.',
  DEFAULT: 'The account gives it to everyone who was granted nothing.',
  SCIM_MAPPING: 'A group that an identity provider pushes carries it.',
  SSO_MAPPING: 'A group named at sign-in carries it.',
};
const GrantSource = declareEnum('GrantSource', 'Where a grant comes from.', sourceDescriptions);

@ObjectType('Role', { description: 'A named set of permissions.', implements: Node, simpleResolvers: true })
export class RoleObject extends Node {
  readonly accountId!: string;
  @Field(() => String, { description: 'The name; unique in the account, whatever its case.' })
  name!: string;
  @Field(() => String, { nullable: true, description: 'What it is for.' })
  description!: string | null;
  @Field(() => [PermissionObject], { description: 'What it allows.' })
  permissions!: PermissionObject[];
  @Field(() => Boolean, { description: 'Has every account got it, unchangeable?' })
  builtIn!: boolean;
  @Field(() => Boolean, { description: 'Does it never combine with another role?' })
  exclusive!: boolean;
  @Field(() => DateTimeScalar, { description: 'When it was created.' })
  createdAt!: Instant;
}

export const RolePage = pageType('Role', () => RoleObject);

/** A record as GraphQL shows it. */
export const toRole = (record: RoleRecord): RoleObject =>
  ({
    __typename: 'Role',
    accountId: record.account_id,
    id: record.id,
    name: record.name,
    description: record.description,
    permissions: toPermissions(record.permissions),
    builtIn: record.key !== null,
    exclusive: record.exclusive,
    createdAt: record.created_at,
  }) as RoleObject;

@ObjectType('RoleGrant', { description: 'Why somebody has a role.', simpleResolvers: true })
export class RoleGrantObject {
  @Field(() => GrantSource, { description: 'Where it comes from.' })
  source!: string;
  @Field(() => DateTimeScalar, { nullable: true, description: 'Since when; null for a default.' })
  grantedAt!: Instant | null;
  @Field(() => ActorObject, { nullable: true, description: 'Who gave it.' })
  grantedBy!: ActorObject | null;
  @Field(() => String, { description: 'The reason in a sentence, and what would take the role away.' })
  explanation!: string;
}

@ObjectType({ description: 'A role that counts for somebody, and why.', simpleResolvers: true })
export class EffectiveRole {
  @Field(() => RoleObject, { description: 'The role.' })
  role!: RoleObject;
  @Field(() => [RoleGrantObject], { description: 'Every reason for it; it goes when the last one goes.' })
  because!: RoleGrantObject[];
}

/** A role that counts, as GraphQL shows it. */
export const toEffectiveRole = ({ role, because }: EffectiveRoleRecord): EffectiveRole => ({
  role: toRole(role),
  because: because.map(toGrant),
});

const explanations: Record<GrantSourceName, (grant: GrantRecord) => string> = {
  MANUAL: ({ actor_name }) => `${actor_name} granted it. Revoking it takes it away.`,
  DEFAULT: () =>
    'A default role of the account, because no role was granted. Granting another role replaces it.',
  SCIM_MAPPING: () =>
    'A group of the identity provider carries it. Leaving the group, or editing the mapping, takes it away.',
  SSO_MAPPING: () => 'A group named at sign-in carries it. Revoking it takes it away.',
};

const toGrant = (grant: GrantRecord): RoleGrantObject => ({
  source: grant.source,
  grantedAt: grant.granted_at,
  grantedBy:
    grant.source === 'DEFAULT'
      ? null
      : { kind: grant.actor_kind, id: grant.actor_id, name: grant.actor_name },
  explanation: explanations[grant.source](grant),
});

const name = { description: 'The name; unique in the account, whatever its case.', type: () => String };
const description = { description: 'What it is for.', type: () => String };

@InputType({ description: 'A role to create.' })
export class CreateRoleInput {
  @Field(() => [String], {
    defaultValue: [],
    description: 'What it allows: ids of `permissions`, of those you have yourself.',
  })
  permissions!: string[];
}
declareFields(CreateRoleInput, { name: { ...name, nullable: false }, description });

@InputType({ description: 'What to change of a role. Left out = stays as it is.' })
export class UpdateRoleInput {
  @Field(() => ID, { description: 'Which; not a built-in one.' })
  id!: string;
}
declareFields(UpdateRoleInput, {
  name,
  description,
  permissions: {
    description: 'All that it allows from now on, of what you have yourself.',
    type: () => [String],
  },
});

@InputType({ description: 'A role to delete.' })
export class DeleteRoleInput {
  @Field(() => ID, { description: 'Which; not a built-in one.' })
  id!: string;
}

@InputType({ description: 'A person and a role.' })
export class RoleGrantInput {
  @Field(() => ID, { description: 'Who.' })
  userId!: string;
  @Field(() => ID, { description: 'Which role.' })
  roleId!: string;
}

@ObjectType({ description: 'A role after a change.', simpleResolvers: true })
export class RolePayload {
  @Field(() => RoleObject, { description: 'The role as it is now.' })
  role!: RoleObject;
}

@ObjectType({ description: 'A role that is gone.', simpleResolvers: true })
export class DeleteRolePayload {
  @Field(() => ID, { description: 'Which it was.' })
  deletedRoleId!: string;
}

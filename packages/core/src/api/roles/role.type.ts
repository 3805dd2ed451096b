import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { accountPermissions, isPermission, permissions } from '../../authorization/permissions.ts';
import type { Instant } from '../../database/columns.ts';
import type { RoleRecord } from '../../roles/role-record.ts';
import { declareFields } from '../schema/declare-fields.ts';
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
  @Field(() => Boolean, {
    description: "Is it the operator's alone, so that no role and no token of an account has it?",
  })
  operatorOnly!: boolean;
}

/** Permissions by their ids, as GraphQL shows them. */
export const toPermissions = (ids: Iterable<string>): PermissionObject[] =>
  [...ids].filter(isPermission).map((id) => ({
    id,
    ...permissions[id],
    operatorOnly: !accountPermissions.includes(id),
  }));

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
declareFields(CreateRoleInput, {
  name: { ...name, nullable: false },
  description,
  assignableBy: {
    description:
      'The connection whose identity provider may assign it at once: those of whom it says the name in `roles` have it then.',
    type: () => ID,
  },
});

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

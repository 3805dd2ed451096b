import { defineEntity } from '@mikro-orm/core';
import type { ConstraintErrors } from '../errors/constraint-errors.ts';
import { DomainError } from '../errors/domain-error.ts';
import type { ActorKindName } from './event.ts';
import type { AttributeValue } from './user.ts';

export const grantSources = ['MANUAL', 'DEFAULT', 'SCIM_MAPPING', 'SSO_MAPPING', 'SCIM_ROLES'] as const;
export type GrantSourceName = (typeof grantSources)[number];

/**
 * The sources that are no directory's: a hand takes what came from them, and the switch to SCIM erases it.
 */
export const localSources: readonly GrantSourceName[] = ['MANUAL', 'SSO_MAPPING'];

export const RoleSchema = defineEntity({
  name: 'Role',
  tableName: 'roles',
  properties: (p) => ({
    accountId: p.uuid().primary(),
    id: p.uuid().primary(),
    /** `admin`, `user` or `view-only` for a built-in role, else null. */
    key: p.text().$type<BuiltInRoleKey>().nullable(),
    name: p.text(),
    description: p.text().nullable(),
    permissions: p.array(),
    exclusive: p.boolean().default(false),
    isDefault: p.boolean().default(false),
    /** The connection of which a group has made it; NULL for one that somebody made. */
    groupConnectionId: p.uuid().nullable(),
    createdAt: p.datetime().$type<Date>().defaultRaw('now()'),
  }),
});

export type BuiltInRoleKey = 'admin' | 'user' | 'view-only';

/** A named set of permissions. */
export class Role extends RoleSchema.class {}
RoleSchema.setClass(Role);

export const RoleGrantSchema = defineEntity({
  name: 'RoleGrant',
  tableName: 'role_grants',
  properties: (p) => ({
    accountId: p.uuid().primary(),
    id: p.uuid().primary(),
    userId: p.uuid(),
    roleId: p.uuid(),
    source: p.text().$type<GrantSourceName>(),
    /** The connection whose identity provider says it in `roles`, for a grant that follows from that; and the element. */
    saidBy: p.uuid().nullable(),
    said: p.json().$type<AttributeValue>().nullable(),
    /** Of a grant by a sign-in: by which connection, which may be gone, and the group that the mapping named. */
    signInConnectionId: p.uuid().nullable(),
    signInConnectionName: p.text().nullable(),
    groupValue: p.text().nullable(),
    grantedAt: p.datetime().$type<Date>().defaultRaw('now()'),
    actorKind: p.text().$type<ActorKindName>(),
    actorId: p.uuid().nullable(),
    actorName: p.text(),
    requestId: p.text(),
  }),
});

/** A user was granted a role, from one source: somebody, what an identity provider says of them, or a sign-in. What groups give is with the memberships. */
export class RoleGrant extends RoleGrantSchema.class {}
RoleGrantSchema.setClass(RoleGrant);

/** The members of a group of an identity provider have a role. */
export const RoleMappingSchema = defineEntity({
  name: 'RoleMapping',
  tableName: 'role_mappings',
  properties: (p) => ({
    accountId: p.uuid().primary(),
    id: p.uuid().primary(),
    connectionId: p.uuid(),
    /** What the group is called; while it is not pushed, the name that it is waited for by. */
    groupName: p.text(),
    /** The group as it was pushed; null while there is none of that name. */
    teamId: p.uuid().nullable(),
    roleId: p.uuid(),
    /** Is it to go as soon as nobody has the role by it any more? */
    ends: p.boolean().default(false),
    createdAt: p.datetime().$type<Date>().defaultRaw('now()'),
    actorKind: p.text().$type<ActorKindName>(),
    actorId: p.uuid().nullable(),
    actorName: p.text(),
    requestId: p.text(),
  }),
});

/** A role that the identity provider of a connection may give to people by naming it in their `roles`. */
export const AssignableRoleSchema = defineEntity({
  name: 'AssignableRole',
  tableName: 'assignable_roles',
  properties: (p) => ({
    accountId: p.uuid().primary(),
    connectionId: p.uuid().primary(),
    roleId: p.uuid().primary(),
    createdAt: p.datetime().$type<Date>().defaultRaw('now()'),
  }),
});

/** Whoever signs in with a group in the claim of a sign-in connection is given a role. */
export const SsoRoleMappingSchema = defineEntity({
  name: 'SsoRoleMapping',
  tableName: 'sso_role_mappings',
  properties: (p) => ({
    accountId: p.uuid().primary(),
    id: p.uuid().primary(),
    signInConnectionId: p.uuid(),
    /** As the identity provider sends it: a name, or an id. */
    groupValue: p.text(),
    roleId: p.uuid(),
    createdAt: p.datetime().$type<Date>().defaultRaw('now()'),
    actorKind: p.text().$type<ActorKindName>(),
    actorId: p.uuid().nullable(),
    actorName: p.text(),
    requestId: p.text(),
  }),
});

export const jobStates = ['RUNNING', 'DONE', 'REPLACED'] as const;
export type JobStateName = (typeof jobStates)[number];

/** A walk through the members of a group that brings their roles in line with its mappings. */
export const GroupRolesJobSchema = defineEntity({
  name: 'GroupRolesJob',
  tableName: 'group_roles_jobs',
  properties: (p) => ({
    accountId: p.uuid().primary(),
    id: p.uuid().primary(),
    state: p.text().$type<JobStateName>(),
    teamId: p.uuid(),
    groupName: p.text(),
    /** The mappings that go with the last slice. */
    endingIds: p.array().columnType('uuid[]'),
    done: p.integer().default(0),
    total: p.integer(),
    lastUserId: p.uuid().nullable(),
    actorKind: p.text().$type<ActorKindName>(),
    actorId: p.uuid().nullable(),
    actorName: p.text(),
    connectionId: p.uuid().nullable(),
    requestId: p.text(),
    startedAt: p.datetime().$type<Date>().defaultRaw('now()'),
    finishedAt: p.datetime().$type<Date>().nullable(),
  }),
});

export const lastAdmin = (id: string): DomainError =>
  new DomainError(
    'LAST_ADMIN',
    `User ${id} is the last active admin of this account. Give somebody else the admin role first.`,
    { field: 'id' },
  );

/** The refusal of a change of members by somebody who lacks a permission that the group's roles give or take. */
const groupGivesRoles = (permission: string): DomainError =>
  new DomainError(
    'FORBIDDEN',
    `This group is mapped to roles, so whoever changes it gives and takes them: you lack ${permission} for that. Somebody who has it can, or the identity provider.`,
    { permission },
  );

/** The refusal of a change of `roles` by somebody else than the identity provider that gives roles by them. */
const saysRoles = (): DomainError =>
  new DomainError(
    'FORBIDDEN',
    'directoryRoles: an identity provider gives this person roles by it, so it alone changes it. Change it there, or take the role from those that its connection may assign.',
    { field: 'directoryRoles' },
  );

/** The refusal of a role by hand where roles come from SCIM alone. */
export const rolesComeFromScim = (): DomainError =>
  new DomainError(
    'ROLE_SOURCE_SCIM',
    'The roles of this account come from SCIM alone. Put the person into a group that gives the role at your identity provider, or map one of their groups to it with setGroupRoles.',
    { field: 'roleId' },
  );

export const roleConstraints: ConstraintErrors = {
  roles__name: () =>
    new DomainError('ALREADY_EXISTS', 'name: this account has a role of that name already. Choose another.', {
      field: 'name',
    }),
  role_grants__last_admin: ({ detail = '' }) => lastAdmin(detail),
  role_grants__said: saysRoles,
  role_mappings__permissions: ({ detail = '' }) => groupGivesRoles(detail),
};

import { defineEntity } from '@mikro-orm/core';
import type { ConstraintErrors } from '../errors/constraint-errors.ts';
import { DomainError } from '../errors/domain-error.ts';
import type { ActorKindName } from './event.ts';

export const grantSources = ['MANUAL', 'DEFAULT', 'SCIM_MAPPING', 'SSO_MAPPING'] as const;
export type GrantSourceName = (typeof grantSources)[number];

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
    userId: p.uuid().primary(),
    roleId: p.uuid().primary(),
    source: p.text().$type<GrantSourceName>().primary(),
    grantedAt: p.datetime().$type<Date>().defaultRaw('now()'),
    actorKind: p.text().$type<ActorKindName>(),
    actorId: p.uuid().nullable(),
    actorName: p.text(),
    requestId: p.text(),
  }),
});

/** A user has a role, from one source. */
export class RoleGrant extends RoleGrantSchema.class {}
RoleGrantSchema.setClass(RoleGrant);

export const roleConstraints: ConstraintErrors = {
  roles__name: () =>
    new DomainError('ALREADY_EXISTS', 'name: this account has a role of that name already. Choose another.', {
      field: 'name',
    }),
};

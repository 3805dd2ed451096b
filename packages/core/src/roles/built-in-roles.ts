import { accountPermissions, type PermissionId } from '../authorization/permissions.ts';
import type { BuiltInRoleKey } from '../model/role.entity.ts';

export interface BuiltInRole {
  readonly key: BuiltInRoleKey;
  readonly description: string;
  readonly permissions: readonly PermissionId[];
  readonly exclusive: boolean;
  readonly isDefault: boolean;
}

/** The roles that every account has from the start. */
export const builtInRoles: readonly BuiltInRole[] = [
  {
    key: 'admin',
    description: 'Sees and changes everything in the account.',
    permissions: accountPermissions,
    exclusive: false,
    isDefault: false,
  },
  {
    key: 'user',
    description: 'Sees people, teams, roles and what happens; changes nothing.',
    permissions: ['account:read', 'users:read', 'teams:read', 'roles:read', 'events:read'],
    exclusive: false,
    isDefault: true,
  },
  {
    key: 'view-only',
    description: 'Sees people and teams. Never combines with another role.',
    permissions: ['account:read', 'users:read', 'teams:read'],
    exclusive: true,
    isDefault: false,
  },
];

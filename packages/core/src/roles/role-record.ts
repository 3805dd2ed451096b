import type { Read } from '../database/columns.ts';

export const roleColumns = [
  'account_id',
  'id',
  'key',
  'name',
  'description',
  'permissions',
  'exclusive',
  'is_default',
  'created_at',
] as const;

/** A role as read. */
export type RoleRecord = Read<'roles', (typeof roleColumns)[number]>;

/** A grant as read; nobody granted a default role. */
export type GrantRecord = Read<'role_grants', 'source' | 'actor_kind' | 'actor_id' | 'actor_name'> & {
  readonly granted_at: Read<'role_grants', 'granted_at'>['granted_at'] | null;
};

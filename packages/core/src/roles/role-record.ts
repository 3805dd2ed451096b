import type { Read } from '../database/columns.ts';
import type { AttributeValue } from '../model/user.ts';

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

export const mappingColumns = [
  'account_id',
  'id',
  'connection_id',
  'group_name',
  'team_id',
  'role_id',
  'ends',
  'created_at',
  'actor_kind',
  'actor_id',
  'actor_name',
] as const;

/** A mapping of a group to a role as read. */
export type RoleMappingRecord = Read<'role_mappings', (typeof mappingColumns)[number]>;

/** A grant as read; nobody granted a default role. */
export interface GrantRecord
  extends Read<'role_grants', 'source' | 'actor_kind' | 'actor_id' | 'actor_name'> {
  readonly granted_at: Read<'role_grants', 'granted_at'>['granted_at'] | null;
  readonly request_id: string | null;
  /** What it follows from, where a group carries it. */
  readonly mapping: RoleMappingRecord | null;
  /** What it follows from, where an identity provider says it; and the connection, with its name. */
  readonly said: AttributeValue | null;
  readonly said_by: string | null;
  readonly said_by_name: string | null;
}

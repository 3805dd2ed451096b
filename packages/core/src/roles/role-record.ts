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

export const ssoMappingColumns = [
  'account_id',
  'id',
  'sign_in_connection_id',
  'group_value',
  'role_id',
  'created_at',
  'actor_kind',
  'actor_id',
  'actor_name',
] as const;

/** A mapping of a group of the claim to a role as read. */
export type SsoRoleMappingRecord = Read<'sso_role_mappings', (typeof ssoMappingColumns)[number]>;

/** The columns that a grant by a sign-in keeps for itself, however long the mapping lasts. */
export type SignInOfGrant = Read<
  'role_grants',
  'sign_in_connection_id' | 'sign_in_connection_name' | 'group_value'
>;

/** A grant as read; nobody granted a default role. */
export interface GrantRecord
  extends Read<'role_grants', 'source' | 'actor_kind' | 'actor_id' | 'actor_name'>,
    SignInOfGrant {
  readonly granted_at: Read<'role_grants', 'granted_at'>['granted_at'] | null;
  readonly request_id: string | null;
  /** What it follows from, where a group carries it. */
  readonly mapping: RoleMappingRecord | null;
  /** What it follows from, where an identity provider says it; and the connection, with its name. */
  readonly said: AttributeValue | null;
  readonly said_by: string | null;
  readonly said_by_name: string | null;
}

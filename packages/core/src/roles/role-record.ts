import { sql } from 'kysely';
import type { Instant } from '../database/record.ts';
import type { ActorKind } from '../model/event.ts';
import type { BuiltInRoleKey, GrantSourceName } from '../model/role.entity.ts';

/** A role as read. */
export interface RoleRecord {
  readonly account_id: string;
  readonly id: string;
  readonly key: BuiltInRoleKey | null;
  readonly name: string;
  readonly description: string | null;
  readonly permissions: string[];
  readonly exclusive: boolean;
  readonly is_default: boolean;
  readonly created_at: Instant;
}

/** A grant as read. */
export interface GrantRecord {
  readonly source: GrantSourceName;
  readonly granted_at: Instant | null;
  readonly actor_kind: ActorKind;
  readonly actor_id: string | null;
  readonly actor_name: string;
}

export const roleColumns = sql`r.account_id, r.id, r.key, r.name, r.description, r.permissions, r.exclusive, r.is_default, r.created_at`;

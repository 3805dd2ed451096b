import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import { DomainError } from '../errors/domain-error.ts';
import type { PermissionId } from './permissions.ts';

/** What a person may do now, by the roles that count for them; what the account's default roles allow for null. */
export async function effectivePermissions(
  db: Sql,
  accountId: string,
  userId: string | null,
): Promise<string[]> {
  const statement: RawBuilder<{ permissions: string[] }> =
    sql`SELECT effective_permissions(${accountId}::uuid, ${userId}::uuid) AS permissions`;
  return (await statement.execute(db)).rows[0]?.permissions ?? [];
}

/** What is done with permissions: the field that brings them up, and the act in words. */
export interface PermissionUse {
  readonly field: string;
  readonly act: string;
}

/** Throws FORBIDDEN with the first of these permissions that one lacks who would give, take or use them. */
export function assertHasAll(
  own: ReadonlySet<PermissionId>,
  needed: readonly string[],
  { field, act }: PermissionUse,
): void {
  const held: ReadonlySet<string> = own;
  const permission = needed.find((each) => !held.has(each));
  if (permission === undefined) return;
  throw new DomainError('FORBIDDEN', `${field}: you lack ${permission} yourself, so you can not ${act}.`, {
    field,
    permission,
  });
}

import { sql } from 'kysely';
import { accountPermissions, isPermission, type PermissionId } from '../authorization/permissions.ts';
import type { TransactionScope, Work } from '../database/work.ts';
import { DomainError, invalidInput, notFound } from '../errors.ts';
import type { Authorship, PropertyChange } from '../events/event.ts';
import { recordEvent } from '../events/record-events.ts';
import { CREDENTIALS_CHANNEL } from '../sign-in/end-access.ts';
import { checkText, MAX_TEXT_LENGTH } from '../users/user-rules.ts';
import { isUuid, newId } from '../uuid.ts';
import { Role, RoleGrant } from './role.entity.ts';

export interface RoleProperties {
  name?: string | null;
  description?: string | null;
  permissions?: string[] | null;
}

/** Creates a role. Nobody can give what they don't have: FORBIDDEN names the permission. */
export function createRole(
  work: Work,
  authorship: Authorship,
  own: ReadonlySet<PermissionId>,
  input: RoleProperties,
): Promise<Role> {
  const name = checkName(input.name);
  const permissions = checkPermissions(input.permissions ?? [], own);
  return work.transaction(async ({ em, sql: db }) => {
    const role = em.create(Role, {
      accountId: authorship.accountId,
      id: newId(),
      key: null,
      name,
      description: input.description ?? null,
      permissions,
      createdAt: new Date(),
    });
    await em.flush();
    const changes = [change('name', null, name), change('permissions', null, permissions)];
    await recordEvent(authorship, { type: 'ROLE_CREATED', subject: subjectOf(role), changes }).execute(db);
    return role;
  });
}

/** Changes a role that is not built in. Whoever has it has the new permissions at once. */
export function updateRole(
  work: Work,
  authorship: Authorship,
  own: ReadonlySet<PermissionId>,
  { id, ...input }: RoleProperties & { id: string },
): Promise<Role> {
  return work.transaction(async (scope) => {
    const { em, sql: db } = scope;
    const role = await em.findOne(Role, keyOf(authorship, id));
    if (role === null) throw notFound('role', id);
    assertNotBuiltIn(role);
    const before = { name: role.name, description: role.description, permissions: role.permissions };
    if (input.name !== undefined) role.name = checkName(input.name);
    if (input.description !== undefined) role.description = input.description;
    if (input.permissions != null) role.permissions = checkPermissions(input.permissions, own);
    const changes = Object.entries(before)
      .map(([field, value]) => change(field, value, role[field as keyof typeof before]))
      .filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after));
    if (changes.length === 0) return role;
    await em.flush();
    await recordEvent(authorship, { type: 'ROLE_UPDATED', subject: subjectOf(role), changes }).execute(db);
    await tellHolders(scope, role);
    return role;
  });
}

/** Deletes a role that is not built in, and its grants with it. */
export async function deleteRole(work: Work, authorship: Authorship, id: string): Promise<void> {
  await work.transaction(async (scope) => {
    const { em, sql: db } = scope;
    const role = await em.findOne(Role, keyOf(authorship, id));
    if (role === null) throw notFound('role', id);
    assertNotBuiltIn(role);
    await tellHolders(scope, role);
    await em.nativeDelete(RoleGrant, { accountId: authorship.accountId, roleId: role.id });
    await em.remove(role).flush();
    await recordEvent(authorship, { type: 'ROLE_DELETED', subject: subjectOf(role) }).execute(db);
  });
}

/** Has every process look up again what the people with the role may do. */
async function tellHolders({ sql: db }: TransactionScope, { accountId, id }: Role): Promise<void> {
  await sql`SELECT pg_notify(${CREDENTIALS_CHANNEL}, s.id::text) FROM sessions s WHERE s.account_id = ${accountId}::uuid
    AND s.user_id IN (SELECT g.user_id FROM role_grants g WHERE g.account_id = ${accountId}::uuid AND g.role_id = ${id}::uuid)`.execute(
    db,
  );
}

/** Text that is no UUID finds nothing; it must not reach PostgreSQL. */
const keyOf = ({ accountId }: Authorship, id: string) => {
  if (!isUuid(id)) throw notFound('role', id);
  return { accountId, id };
};

export const subjectOf = ({ id, name }: Role) => ({ type: 'ROLE', id, label: name }) as const;

const change = (field: string, before: unknown, after: unknown): PropertyChange => ({ field, before, after });

function assertNotBuiltIn({ key, name }: Role): void {
  if (key === null) return;
  throw new DomainError('BUILT_IN_ROLE', `The role ${name} is built in. Create a role of your own instead.`, {
    field: 'id',
  });
}

function checkName(name: string | null | undefined): string {
  if (name == null || name.trim() === '') throw invalidInput('name', 'is required and can not be empty.');
  checkText(name, 'name', MAX_TEXT_LENGTH);
  return name;
}

/** The permissions as known ones, when the one who gives them has them all. */
export function checkPermissions(ids: readonly string[], own: ReadonlySet<PermissionId>): PermissionId[] {
  return [...new Set(ids)].map((id) => {
    if (!isPermission(id) || !accountPermissions.includes(id)) {
      throw invalidInput(
        'permissions',
        `"${id}" is no permission. Known are: ${accountPermissions.join(', ')}.`,
      );
    }
    if (!own.has(id)) {
      throw new DomainError('FORBIDDEN', `permissions: you lack ${id} yourself, so you can not give it.`, {
        permission: id,
      });
    }
    return id;
  });
}

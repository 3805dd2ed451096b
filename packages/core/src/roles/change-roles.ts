import { sql } from 'kysely';
import { assertHasAll, effectivePermissions } from '../authorization/effective-permissions.ts';
import { tellAccessIn } from '../authorization/end-access.ts';
import { accountPermissions, isPermission, type PermissionId } from '../authorization/permissions.ts';
import type { SignedInViewer } from '../authorization/viewer.ts';
import type { Sql } from '../database/database.ts';
import type { TransactionScope, Work } from '../database/work.ts';
import { DomainError, invalidInput, notFound } from '../errors/domain-error.ts';
import { recordEvent, recordEvents } from '../events/record-events.ts';
import { hold } from '../holds/hold.ts';
import { holdRoleSourceAlone } from '../holds/role-source-lock.ts';
import type { Authorship, PropertyChange } from '../model/event.ts';
import { Role } from '../model/role.entity.ts';
import { lockAllTeams } from '../teams/team-locks.ts';
import { checkDescription, checkName } from '../text/text-rules.ts';
import { isUuid, newId } from '../text/uuid.ts';
import {
  assertMovesDefaults,
  changeAssignable,
  connectionsAssigning,
  holdWhoAreSaidToHave,
  keepAssigned,
  lockAssignedRoles,
  type NamedRole,
  rolesMeant,
} from './assigned-roles.statements.ts';
import { lockGroupNames, mappingEvents } from './group-roles.statements.ts';
import { tellDefaults } from './set-default-roles.ts';

export interface RoleProperties {
  name?: string | null;
  description?: string | null;
  permissions?: string[] | null;
}

export interface NewRole extends RoleProperties {
  /** The connection whose identity provider may assign it at once. */
  assignableBy?: string | null;
}

/**
 * Creates a role. Nobody can give what they don't have: FORBIDDEN names the permission. Those of whom an identity provider
 * that may assign it says its name have it in the same transaction.
 */
export function createRole(
  work: Work,
  authorship: Authorship,
  viewer: SignedInViewer,
  { assignableBy = null, ...input }: NewRole,
): Promise<Role> {
  const { accountId } = authorship;
  const name = checkName(input.name, 'name');
  const description = checkDescription(input.description);
  const id = newId();
  return work.transaction(async (scope) => {
    const { sql: db } = scope;
    const people = await holdWhoWaitFor(db, accountId, viewer, { id, name, connectionId: assignableBy });
    const connections = assignableBy === null ? [] : [assignableBy];
    const held = await hold(scope, accountId, { viewer, connections });
    const permissions = checkPermissions(input.permissions ?? [], held.own);
    const role = scope.em.create(Role, {
      accountId,
      id,
      key: null,
      name,
      description,
      permissions,
      groupConnectionId: null,
      createdAt: new Date(),
    });
    await scope.em.flush();
    const changes = [change('name', null, name), change('permissions', null, permissions)];
    await recordEvent(authorship, { type: 'ROLE_CREATED', subject: subjectOf(role), changes }).execute(db);
    if (assignableBy === null) return role;
    await assertMovesDefaults(db, accountId, held.own, 'assignableBy');
    const { id: connectionId, name: label } = held.connection(assignableBy, 'assignableBy');
    await changeAssignable(db, authorship, { connectionId, label, coming: [role], going: [] });
    await keepAssigned(authorship, people, { mayTake: true }).execute(db);
    return role;
  });
}

/** Holds those of whom the identity provider, if one is to assign the role, says it already; before all else, with whoever asks. */
async function holdWhoWaitFor(
  db: Sql,
  accountId: string,
  viewer: SignedInViewer,
  { connectionId, ...role }: NamedRole & { readonly connectionId: string | null },
): Promise<string[]> {
  if (connectionId === null) return [];
  if (!isUuid(connectionId)) throw notFound('connection', connectionId, 'assignableBy');
  await lockAssignedRoles(accountId).execute(db);
  return holdWhoAreSaidToHave(db, accountId, viewer, { connectionIds: [connectionId], roles: [role] });
}

/**
 * Changes a role that is not built in. Whoever has it has the new permissions at once. Nobody changes a role that allows
 * what they lack: they would take from others what they could not give.
 */
export function updateRole(
  work: Work,
  authorship: Authorship,
  viewer: SignedInViewer,
  { id, ...input }: RoleProperties & { id: string },
): Promise<Role> {
  const { accountId } = authorship;
  return work.transaction(async (scope) => {
    const { sql: db } = scope;
    const renamed = input.name === undefined ? undefined : checkName(input.name, 'name');
    const said =
      renamed === undefined ? [] : await holdWhoAreConcerned(db, accountId, viewer, { id, name: renamed });
    const held = await hold(scope, accountId, { viewer, changedRole: id });
    const role = held.role(id);
    assertNotBuiltIn(role);
    assertHasAll(held.own, role.permissions, { field: 'id', act: `change the role ${role.name}` });
    if (said.length > 0) await assertMovesDefaults(db, accountId, held.own, 'name');
    const before = { name: role.name, description: role.description, permissions: role.permissions };
    if (renamed !== undefined) role.name = renamed;
    if (input.description !== undefined) role.description = checkDescription(input.description);
    if (input.permissions != null) role.permissions = checkPermissions(input.permissions, held.own);
    const changes = Object.entries(before)
      .map(([field, value]) => change(field, value, role[field as keyof typeof before]))
      .filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after));
    if (changes.length === 0) return role;
    await scope.em.flush();
    await recordEvent(authorship, { type: 'ROLE_UPDATED', subject: subjectOf(role), changes }).execute(
      scope.sql,
    );
    await tellAccessIn(role.accountId).execute(db);
    await keepAssigned(authorship, said, { mayTake: true }).execute(db);
    return role;
  });
}

/**
 * Holds those of whom an identity provider that may assign the role says it by the name that it has, or by the one that it gets;
 * before all else, with whoever asks.
 */
async function holdWhoAreConcerned(
  db: Sql,
  accountId: string,
  viewer: SignedInViewer,
  renamed: NamedRole,
): Promise<string[]> {
  await lockAssignedRoles(accountId).execute(db);
  const [role] = await rolesMeant(db, accountId, [renamed.id]);
  if (role === undefined || role.name === renamed.name) return [];
  const connectionIds = await connectionsAssigning(db, accountId, role.id);
  return holdWhoAreSaidToHave(db, accountId, viewer, { connectionIds, roles: [role, renamed] });
}

/**
 * Deletes a role that is not built in with the mappings of groups to it, and takes it from everybody who has it. Nobody
 * deletes a role that allows what they lack, nor one whose holders would then have default roles that do.
 */
export async function deleteRole(
  work: Work,
  authorship: Authorship,
  viewer: SignedInViewer,
  id: string,
): Promise<void> {
  await work.transaction(async (scope) => {
    // Nobody is given it meanwhile by hand or at a sign-in.
    await holdRoleSourceAlone(authorship.accountId).execute(scope.sql);
    // No identity provider says meanwhile that somebody has it: whoever writes people has this lock before that of teams.
    await lockAssignedRoles(authorship.accountId).execute(scope.sql);
    // Nobody joins a group meanwhile who would be given the role, nor is one pushed whose name waits for it: a push has the
    // lock of names alone.
    await lockAllTeams(authorship.accountId).execute(scope.sql);
    await lockGroupNames(authorship.accountId).execute(scope.sql);
    const wanted = { viewer, changedRole: id, holders: true, changedDefaults: [] };
    const held = await hold(scope, authorship.accountId, wanted);
    const role = held.role(id);
    assertNotBuiltIn(role);
    const concerned = [...role.permissions, ...(await permissionsWithout(scope.sql, role))];
    assertHasAll(held.own, concerned, { field: 'id', act: `delete the role ${role.name}` });
    await tellAccessIn(role.accountId).execute(scope.sql);
    const said = await saidToHave(scope.sql, role);
    await revokeFromAll(scope, authorship, role);
    const before = held.defaults.map((each) => held.role(each));
    if (role.isDefault)
      await tellDefaults(scope.sql, authorship, { before, after: before.filter((each) => each !== role) });
    scope.em.remove(role);
    await scope.em.flush();
    // What was said of them may be another role by its other name.
    await keepAssigned(authorship, said, { mayTake: true }).execute(scope.sql);
    await recordEvent(authorship, { type: 'ROLE_DELETED', subject: subjectOf(role) }).execute(scope.sql);
  });
}

/** The holders who have the role because an identity provider says it. */
async function saidToHave(db: Sql, { accountId, id }: Role): Promise<string[]> {
  const rows = await db
    .selectFrom('role_grants')
    .select('user_id')
    .where('account_id', '=', accountId)
    .where('role_id', '=', id)
    .where('source', '=', 'SCIM_ROLES')
    .execute();
  return rows.map(({ user_id }) => user_id);
}

/**
 * Takes the role from its holders, who are held, from the groups, and from the identity providers that may assign it; a
 * statement, however many they are.
 */
async function revokeFromAll(
  { sql: db }: TransactionScope,
  authorship: Authorship,
  role: Role,
): Promise<void> {
  const account = sql`${role.accountId}::uuid`;
  await sql`
    WITH granted AS (
      DELETE FROM role_grants g WHERE g.account_id = ${account} AND g.role_id = ${role.id}::uuid RETURNING g.user_id),
    given AS (
      UPDATE memberships s SET role_mapping_ids = nullif(array_remove(s.role_mapping_ids, m.id), '{}')
      FROM role_mappings m WHERE m.account_id = ${account} AND m.role_id = ${role.id}::uuid
        AND s.account_id = m.account_id AND s.team_id = m.team_id AND m.id = ANY (s.role_mapping_ids) RETURNING s.user_id),
    unmapped AS (
      DELETE FROM role_mappings m WHERE m.account_id = ${account} AND m.role_id = ${role.id}::uuid
      RETURNING m.id, m.group_name, m.role_id),
    unassignable AS (
      DELETE FROM assignable_roles a WHERE a.account_id = ${account} AND a.role_id = ${role.id}::uuid),
    unmapped_sso AS (
      DELETE FROM sso_role_mappings m WHERE m.account_id = ${account} AND m.role_id = ${role.id}::uuid
      RETURNING m.id, m.group_value),
    stamped AS (
      UPDATE users u SET updated_at = u.updated_at WHERE u.account_id = ${account}
        AND u.id IN (SELECT g.user_id FROM granted g UNION ALL SELECT g.user_id FROM given g)
      RETURNING u.id, coalesce(u.display_name, u.user_name) AS label)
    ${recordEvents(
      authorship,
      sql`SELECT 'ROLE_REVOKED', 'USER', s.id, s.label, 'ROLE', ${role.id}::uuid, ${role.name}::text, '[]'::jsonb FROM stamped s
        UNION ALL ${mappingEvents('ROLE_MAPPING_DELETED', role.accountId, sql`unmapped`)}
        UNION ALL SELECT 'ROLE_MAPPING_DELETED', 'SSO_ROLE_MAPPING', m.id, m.group_value, 'ROLE', ${role.id}::uuid, ${role.name}::text,
          '[]'::jsonb FROM unmapped_sso m`,
    )}`.execute(db);
}

/** What people may do who have this role alone, once it is gone; nothing when there are none. */
async function permissionsWithout(db: Sql, { accountId, id }: Role): Promise<string[]> {
  const alone = sql`SELECT FROM holders_of(${accountId}::uuid, ${id}::uuid) g
    WHERE NOT EXISTS (SELECT FROM roles_of(${accountId}::uuid, g.user_id) o WHERE o.role_id <> ${id}::uuid) LIMIT 1`;
  const { rows } = await alone.execute(db);
  return rows.length === 0 ? [] : effectivePermissions(db, accountId, null);
}

export const subjectOf = ({ id, name }: Role) => ({ type: 'ROLE', id, label: name }) as const;

const change = (field: string, before: unknown, after: unknown): PropertyChange => ({ field, before, after });

function assertNotBuiltIn({ key, name }: Role): void {
  if (key === null) return;
  throw new DomainError('BUILT_IN_ROLE', `The role ${name} is built in. Create a role of your own instead.`, {
    field: 'id',
  });
}

/** The permissions as known ones, when the one who gives them has them all. */
export function checkPermissions(ids: readonly string[], own: ReadonlySet<PermissionId>): PermissionId[] {
  const known = [...new Set(ids)].map((id) => {
    if (!isPermission(id) || !accountPermissions.includes(id)) {
      throw invalidInput(
        'permissions',
        `"${id}" is no permission. Known are: ${accountPermissions.join(', ')}.`,
      );
    }
    return id;
  });
  assertHasAll(own, known, { field: 'permissions', act: 'give it' });
  return known;
}

import { type RawBuilder, sql } from 'kysely';
import { assertHasAll, effectivePermissions } from '../authorization/effective-permissions.ts';
import type { PermissionId } from '../authorization/permissions.ts';
import { personOf, type SignedInViewer } from '../authorization/viewer.ts';
import { anyOfIds } from '../database/columns.ts';
import type { Sql } from '../database/database.ts';
import { recordEvent, recordEvents } from '../events/record-events.ts';
import type { Authorship } from '../model/event.ts';
import { isUuid } from '../text/uuid.ts';
import { holdPeople } from './group-roles.statements.ts';

/** Waits until nobody writes what identity providers say of people, and keeps them waiting until the transaction ends. */
export const lockAssignedRoles = (accountId: string): RawBuilder<unknown> =>
  sql`SELECT pg_advisory_xact_lock(assigned_roles_lock(${accountId}::uuid)) FROM stays_within(${accountId}::uuid)`;

/**
 * Brings these people, who are held, in line with what identity providers say of them, and logs what they were given and lost.
 * Throws FORBIDDEN where they would lose something that may not be taken.
 */
export const keepAssigned = (
  { accountId, actor, requestId, ...by }: Authorship,
  ids: readonly string[],
  { mayTake }: { readonly mayTake: boolean },
): RawBuilder<unknown> =>
  recordEvents(
    { accountId, actor, requestId, ...by },
    sql`SELECT k.* FROM keep_assigned_roles(${accountId}::uuid, ${[...ids]}::uuid[], ${mayTake},
      ${actor.kind}::text, ${actor.id}::uuid, ${actor.name}::text, ${requestId}::text) k`,
  );

/** A role by which people may be asked for: its id, and a name of it. */
export interface NamedRole {
  readonly id: string;
  readonly name: string;
}

/** Those of these roles that there are, under the lock of assigned roles: by then nobody renames one. */
export async function rolesMeant(
  db: Sql,
  accountId: string,
  ids: readonly string[],
): Promise<(NamedRole & { readonly key: string | null })[]> {
  return db
    .selectFrom('roles')
    .select(['id', 'name', 'key'])
    .where('account_id', '=', accountId)
    .where('id', '=', anyOfIds(ids.filter(isUuid)))
    .orderBy('id')
    .execute();
}

/** Of whom connections say roles. */
export interface Said {
  readonly connectionIds: readonly string[];
  readonly roles: readonly NamedRole[];
}

/**
 * Holds the people of whom these connections say one of these roles, by id or name, and answers their ids. They may be very
 * many: one statement holds them, with whoever asks and the others that are to be held, in the order of their ids.
 */
export async function holdWhoAreSaidToHave(
  db: Sql,
  accountId: string,
  viewer: SignedInViewer,
  { connectionIds, roles }: Said,
  others: readonly string[] = [],
): Promise<string[]> {
  const statement: RawBuilder<{ id: string }> = sql`
    SELECT u.id FROM users u
    WHERE u.account_id = ${accountId}::uuid AND u.directory_roles_by = ANY(${[...connectionIds]}::uuid[])
      AND u.status <> 'DEPROVISIONED' AND EXISTS (
        SELECT FROM jsonb_array_elements(u.directory_roles) AS said, unnest(role_names_in(said)) AS name
        WHERE lower(name) = ANY(${roles.map(({ id }) => id)}::text[])
          OR fold(name) = ANY(ARRAY(SELECT fold(n) FROM unnest(${roles.map(({ name }) => name)}::text[]) AS n)))`;
  const people = (await statement.execute(db)).rows.map(({ id }) => id);
  const person = personOf(viewer);
  await holdPeople(accountId, [...people, ...others, ...(person === null ? [] : [person])]).execute(db);
  return people;
}

/** Throws FORBIDDEN unless whoever asks has what the default roles allow, from and to which people change with their first and last role. */
export async function assertMovesDefaults(
  db: Sql,
  accountId: string,
  own: ReadonlySet<PermissionId>,
  field: string,
): Promise<void> {
  const act = 'have people change from and to default roles';
  assertHasAll(own, await effectivePermissions(db, accountId, null), { field, act });
}

/** Which roles an identity provider may assign from now on, and which no more. */
export interface AssignableChange {
  readonly connectionId: string;
  /** What the connection is called. */
  readonly label: string;
  readonly coming: readonly NamedRole[];
  readonly going: readonly NamedRole[];
}

/** Writes it, and logs it. */
export async function changeAssignable(
  db: Sql,
  authorship: Authorship,
  { connectionId, label, coming, going }: AssignableChange,
): Promise<void> {
  const account = sql`${authorship.accountId}::uuid`;
  const ids = (roles: readonly NamedRole[]) => roles.map(({ id }) => id);
  await sql`
    WITH gone AS (
      DELETE FROM assignable_roles a WHERE a.account_id = ${account} AND a.connection_id = ${connectionId}::uuid
        AND a.role_id = ANY(${ids(going)}::uuid[]))
    INSERT INTO assignable_roles (account_id, connection_id, role_id)
    SELECT ${account}, ${connectionId}::uuid, unnest(${ids(coming)}::uuid[])`.execute(db);
  const shown = (roles: readonly NamedRole[]) => roles.map(({ id, name }) => ({ id, name }));
  await recordEvent(authorship, {
    type: 'CONNECTION_UPDATED',
    subject: { type: 'CONNECTION', id: connectionId, label },
    changes: [{ field: 'assignableRoles', before: shown(going), after: shown(coming) }],
  }).execute(db);
}

/** The connections whose identity providers may assign the role, by id. */
export async function connectionsAssigning(db: Sql, accountId: string, roleId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('assignable_roles')
    .select('connection_id')
    .where('account_id', '=', accountId)
    .where('role_id', '=', roleId)
    .orderBy('connection_id')
    .execute();
  return rows.map(({ connection_id }) => connection_id);
}

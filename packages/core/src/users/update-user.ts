import { type RawBuilder, sql } from 'kysely';
import type { Work } from '../database/work.ts';
import { invalidInput, notFound, versionMismatch } from '../errors.ts';
import type { Authorship } from '../events/event.ts';
import { type ComparedProperty, changesOf, comparedColumn, recordEvents } from '../events/record-events.ts';
import { endAccessOf } from '../sign-in/end-access.ts';
import { hashPassword } from '../sign-in/password.ts';
import { isUuid } from '../uuid.ts';
import { activeAdminsIfAmong, isTheOnlyOneOf, lastAdmin } from './last-admin.ts';
import { managerAsJson, resolveManager } from './manager.ts';
import { listAttributes, nameParts, textAttributes, trackedProperties } from './user-attributes.ts';
import type { UserChanges } from './user-properties.ts';
import { externalIdOf, managerDisplayName, recordColumns, teamsOf, type UserRecord } from './user-record.ts';
import { checkUserProperties } from './user-rules.ts';

export interface UserUpdate {
  readonly id: string;
  /** Refuse with VERSION_MISMATCH unless the user is at this version. */
  readonly ifVersion?: number | null;
  readonly changes: UserChanges;
  readonly withTeams: boolean;
}

/** The user after the update, and whether it changed anything at all. */
export interface UpdatedUser {
  readonly user: UserRecord;
  readonly changed: boolean;
}

/**
 * Changes a user in one statement, whatever the size of the account; writes nothing when nothing differs.
 * Throws NOT_FOUND, VERSION_MISMATCH, ALREADY_EXISTS, INVALID_INPUT, LAST_ADMIN.
 */
export async function updateUser(
  work: Work,
  authorship: Authorship,
  update: UserUpdate,
): Promise<UpdatedUser> {
  const { changes, id, ifVersion } = update;
  if (!isUuid(id)) throw notFound('user', id);
  checkUserProperties(changes);
  if (changes.externalId !== undefined && authorship.connectionId === null) {
    throw invalidInput('externalId', "belongs to a connection: set it with that connection's SCIM token.");
  }
  const [row] = await work.statement(
    updateStatement(authorship, update, await assignmentsOf(authorship, changes)),
  );
  if (row === undefined) throw notFound('user', id);
  if (ifVersion != null && row.version_before !== ifVersion) {
    throw versionMismatch('user', ifVersion, row.version_before);
  }
  if (row.is_last_admin === true) throw lastAdmin(id);
  return { user: row, changed: row.changed };
}

/** A column and what it is set to. */
interface Assignment {
  readonly column: string;
  readonly value: RawBuilder<unknown>;
}

async function assignmentsOf(authorship: Authorship, changes: UserChanges): Promise<Assignment[]> {
  const { name } = changes;
  const assignments: Assignment[] = [];
  const assign = (column: string, value: RawBuilder<unknown>) => assignments.push({ column, value });
  if (changes.userName != null) assign('user_name', sql`${changes.userName}::text`);
  if (changes.active != null) assign('status', sql`${changes.active ? 'ACTIVE' : 'INACTIVE'}::text`);
  if (changes.password !== undefined) {
    assign(
      'password_digest',
      sql`${changes.password === null ? null : await hashPassword(changes.password)}::text`,
    );
  }
  for (const { field, column } of nameParts) {
    const value = name === null ? null : name?.[field];
    if (value !== undefined) assign(column, sql`${value}::text`);
  }
  for (const { field, column } of textAttributes) {
    if (changes[field] !== undefined) assign(column, sql`${changes[field]}::text`);
  }
  for (const { field, column } of listAttributes) {
    const value = changes[field];
    if (value !== undefined)
      assign(column, sql`${value === null || value.length === 0 ? null : JSON.stringify(value)}::jsonb`);
  }
  return changes.manager === undefined
    ? assignments
    : [...assignments, ...managerAssignments(authorship, changes.manager)];
}

function managerAssignments(authorship: Authorship, manager: string | null): Assignment[] {
  const value = sql`${manager}::text`;
  const uuid = sql`${manager !== null && isUuid(manager) ? manager : null}::uuid`;
  return [
    { column: 'manager_value', value },
    { column: 'manager_id', value: resolveManager(authorship, { value, uuid }) },
  ];
}

type UpdatedRow = UserRecord & {
  readonly changed: boolean;
  readonly version_before: number;
  readonly is_last_admin?: boolean;
};

/** `before` is read and locked first, so that what is compared is the newest and events keep their order. */
function updateStatement(
  authorship: Authorship,
  update: UserUpdate,
  assignments: readonly Assignment[],
): RawBuilder<UpdatedRow> {
  const { accountId, connectionId } = authorship;
  const { changes, id, ifVersion, withTeams } = update;
  const externalId = changes.externalId;
  const deactivates = changes.active === false;
  const differs = [
    ...assignments.map(({ column, value }) => sql`${sql.ref(`b.${column}`)} IS DISTINCT FROM ${value}`),
    ...(externalId === undefined ? [] : [sql`b.external_id IS DISTINCT FROM ${externalId}::text`]),
  ];
  const refused = deactivates ? sql`AND NOT ${isTheOnlyOneOf('admins', 'b.id')}` : sql``;
  const set = assignments.map(({ column, value }) => sql`${sql.ref(column)} = ${value}, `);
  return sql<UpdatedRow>`
    WITH ${deactivates ? sql`admins AS MATERIALIZED (${activeAdminsIfAmong(accountId, [id])}),` : sql``}
    before AS MATERIALIZED (
      SELECT u.*, ${externalIdOf('u', connectionId)} AS external_id FROM users u
      WHERE u.account_id = ${accountId}::uuid AND u.id = ${id}::uuid AND u.status <> 'DEPROVISIONED'
        ${deactivates ? sql`AND (SELECT count(*) FROM admins) >= 0` : sql``} FOR NO KEY UPDATE OF u),
    after AS (
      UPDATE users u SET ${sql.join(set, sql``)} version = b.version + 1, updated_at = now() FROM before b
      WHERE u.account_id = b.account_id AND u.id = b.id AND (${differs.length === 0 ? sql`false` : sql.join(differs, sql` OR `)})
        AND (${ifVersion ?? null}::int IS NULL OR b.version = ${ifVersion ?? null}::int) ${refused}
      RETURNING u.*),
    ${externalId === undefined ? sql`` : externalIdChange(connectionId, externalId)}
    ${deactivates ? sql`${endAccessOf(accountId, sql`SELECT id FROM after`)},` : sql``}
    logged AS (${recordEvents(
      authorship,
      sql`SELECT CASE WHEN a.status = b.status THEN 'USER_UPDATED' WHEN a.status = 'ACTIVE' THEN 'USER_ACTIVATED'
          ELSE 'USER_DEACTIVATED' END,
        'USER', a.id, coalesce(a.display_name, a.user_name), NULL::text, NULL::uuid, NULL::text,
        ${changesOf(comparisons(changes, assignments))} FROM after a JOIN before b ON b.id = a.id`,
    )}),
    result AS (SELECT ${recordColumns('a')} FROM after a
      UNION ALL SELECT ${recordColumns('b')} FROM before b WHERE NOT EXISTS (SELECT FROM after))
    SELECT ${recordColumns('r')}, ${externalId === undefined ? sql`b.external_id` : externalIdAfter(externalId)} AS external_id,
      ${managerDisplayName('r')} AS manager_display_name, r.version > b.version AS changed, b.version AS version_before
      ${deactivates ? sql`, ${isTheOnlyOneOf('admins', 'b.id')} AS is_last_admin, (SELECT count(*) FROM told) AS told` : sql``}
      ${withTeams ? sql`, ${teamsOf('r', connectionId)} AS teams` : sql``}
    FROM result r JOIN before b ON b.id = r.id`;
}

const externalIdAfter = (externalId: string | null): RawBuilder<unknown> =>
  sql`CASE WHEN EXISTS (SELECT FROM after) THEN ${externalId}::text ELSE b.external_id END`;

/** Sets or clears what the connection calls the user, when the update went through. */
function externalIdChange(connectionId: string | null, externalId: string | null): RawBuilder<unknown> {
  return externalId === null
    ? sql`unlinked AS (DELETE FROM user_external_ids x USING after a
        WHERE x.account_id = a.account_id AND x.user_id = a.id AND x.connection_id = ${connectionId}::uuid),`
    : sql`linked AS (INSERT INTO user_external_ids (account_id, connection_id, user_id, external_id)
        SELECT a.account_id, ${connectionId}::uuid, a.id, ${externalId}::text FROM after a
        ON CONFLICT (account_id, user_id, connection_id) DO UPDATE SET external_id = excluded.external_id),`;
}

/** What the event compares: the properties that the update names. */
function comparisons(changes: UserChanges, assignments: readonly Assignment[]): ComparedProperty[] {
  const assigned = new Set(assignments.map(({ column }) => column));
  const compared = trackedProperties
    .filter(({ column }) => assigned.has(column))
    .map((property) => comparedColumn('b', 'a', property));
  if (changes.manager !== undefined) {
    compared.push({ field: 'manager', before: managerAsJson('b'), after: managerAsJson('a') });
  }
  if (changes.externalId !== undefined) {
    compared.push({
      field: 'externalId',
      before: sql`to_jsonb(b.external_id)`,
      after: sql`to_jsonb(${changes.externalId}::text)`,
    });
  }
  if (changes.password !== undefined)
    compared.push({ field: 'password', before: hidden('b'), after: hidden('a') });
  return compared;
}

// That a password changed may be told, what it was or is may not: the salted digests differ, their lengths don't tell.
const hidden = (alias: string): RawBuilder<unknown> =>
  sql`CASE WHEN ${sql.ref(`${alias}.password_digest`)} IS NULL THEN NULL ELSE to_jsonb(${alias === 'b' ? 'before' : 'after'}::text) END`;

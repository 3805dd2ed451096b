import { lacksRequired, toAssignments } from '../custom-attributes/assignments.ts';
import { type AttributeDefinitions, noDefinitions } from '../custom-attributes/definitions.ts';
import type { Work } from '../database/work.ts';
import { invalidInput, notFound, versionMismatch } from '../errors.ts';
import type { Authorship } from '../events/event.ts';
import { hashPassword } from '../sign-in/password.ts';
import { isUuid } from '../uuid.ts';
import { lastAdmin } from './last-admin.ts';
import { toCustomUpdate } from './update-custom-attributes.ts';
import { updateStatement } from './update-user.statement.ts';
import { listAttributes, nameParts, textAttributes } from './user-attributes.ts';
import type { UserChanges } from './user-properties.ts';
import type { UserRecord } from './user-record.ts';
import { checkUserProperties } from './user-rules.ts';

export interface UserUpdate {
  readonly id: string;
  /** Refuse with VERSION_MISMATCH unless the user is at this version. */
  readonly ifVersion?: number | null;
  readonly changes: UserChanges;
  readonly withTeams: boolean;
  /** The session that asks, which a change of the person's own password leaves alone. */
  readonly keptSessionId?: string | null;
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
  definitions: AttributeDefinitions = noDefinitions,
): Promise<UpdatedUser> {
  const { changes, id, ifVersion, withTeams } = update;
  if (!isUuid(id)) throw notFound('user', id);
  checkUserProperties(changes);
  const { manager, customAttributes } = changes;
  const externalId = externalIdFor(authorship, changes);
  const custom = toCustomUpdate(
    customAttributes === undefined ? undefined : toAssignments(definitions, customAttributes),
  );
  const set = await columnValues(changes);
  const [row] = await work.statement(
    updateStatement(
      {
        columns: Object.keys(set),
        manager: manager !== undefined,
        custom: custom !== undefined,
        externalId: externalId === undefined ? 'stays' : externalId === null ? 'goes' : 'comes',
        deactivates: changes.active === false,
        withTeams,
        connected: authorship.connectionId !== null,
      },
      {
        authorship,
        id,
        ifVersion: ifVersion ?? null,
        set,
        manager: manager ?? null,
        managerUuid: manager != null && isUuid(manager) ? manager : null,
        externalId: externalId ?? null,
        custom,
        keptSessionId: update.keptSessionId ?? null,
      },
    ),
  );
  if (row === undefined) throw notFound('user', id);
  if (ifVersion != null && row.version_before !== ifVersion) {
    throw versionMismatch('user', ifVersion, row.version_before);
  }
  if (row.is_last_admin === true) throw lastAdmin(id);
  const [lacking] = row.lacking ?? [];
  if (lacking !== undefined) throw lacksRequired(lacking);
  return { user: row.record, changed: row.changed };
}

/** What the connection is to call the user; undefined = as before. Without a connection there is none to clear. */
function externalIdFor({ connectionId }: Authorship, { externalId }: UserChanges): string | null | undefined {
  if (connectionId !== null) return externalId;
  if (externalId == null) return undefined;
  throw invalidInput('externalId', "belongs to a connection: set it with that connection's SCIM token.");
}

/** What each column is to be, of those that the changes name; lists as the text of their JSON. */
async function columnValues(changes: UserChanges): Promise<Record<string, string | null>> {
  const values: Record<string, string | null> = {};
  if (changes.userName != null) values.user_name = changes.userName;
  if (changes.active != null) values.status = changes.active ? 'ACTIVE' : 'INACTIVE';
  if (changes.password !== undefined) {
    values.password_digest = changes.password === null ? null : await hashPassword(changes.password);
  }
  for (const { field, column } of nameParts) {
    const value = changes.name === null ? null : changes.name?.[field];
    if (value !== undefined) values[column] = value;
  }
  for (const { field, column } of textAttributes) {
    const value = changes[field];
    if (value !== undefined) values[column] = value;
  }
  for (const { field, column } of listAttributes) {
    const value = changes[field];
    if (value !== undefined)
      values[column] = value === null || value.length === 0 ? null : JSON.stringify(value);
  }
  return values;
}

import {
  type CredentialPowers,
  changesOwnSignIn,
  exceedsPowers,
  type SignInField,
  setsNoPasswords,
} from '../authorization/credential-powers.ts';
import { lacksRequired, toAssignments } from '../custom-attributes/assignments.ts';
import { type AttributeDefinitions, noDefinitions } from '../custom-attributes/definitions.ts';
import type { Sql } from '../database/database.ts';
import { rowsOf } from '../database/statement.ts';
import { notFound, versionMismatch } from '../errors/domain-error.ts';
import type { FollowedWork } from '../followers/follower.ts';
import type { Authorship } from '../model/event.ts';
import { lastAdmin } from '../model/role.entity.ts';
import { listAttributes, nameParts, textAttributes } from '../model/user-attributes.ts';
import { hashPassword } from '../passwords/password.ts';
import { checkPassword } from '../passwords/password-rules.ts';
import { assertUnmanaged } from '../strict-profile/managed-by.ts';
import { externalIdWithoutConnection } from '../text/external-id.ts';
import { fold } from '../text/fold.ts';
import { isUuid } from '../text/uuid.ts';
import { findUser, findUsersById } from '../users/find-users.ts';
import { withMergedValues } from '../users/merged-values.ts';
import type { UserChanges } from '../users/user-properties.ts';
import type { UserRecord } from '../users/user-record.ts';
import { checkUserProperties, knownOf, withoutEmptyUserTexts } from '../users/user-rules.ts';
import { followPeople } from './follow-people.ts';
import { healPendingManagers } from './manager.ts';
import { firstPermissionBeyond } from './sign-in-change.ts';
import { toCustomUpdate } from './update-custom-attributes.ts';
import {
  attributesSet,
  bringsName,
  type UpdatedRow,
  type UpdateShape,
  type UpdateValues,
  updateUserStatement,
} from './update-user.statement.ts';

export interface UserUpdate {
  readonly id: string;
  /** Refuse with VERSION_MISMATCH unless the user is at this version. */
  readonly ifVersion?: number | null;
  readonly changes: UserChanges;
  readonly powers: CredentialPowers;
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
 * Throws NOT_FOUND, VERSION_MISMATCH, FORBIDDEN, ALREADY_EXISTS, INVALID_INPUT, LAST_ADMIN, MANAGED_BY_CONNECTION.
 */
export async function updateUser(
  work: FollowedWork,
  authorship: Authorship,
  update: UserUpdate,
  definitions: AttributeDefinitions = noDefinitions,
): Promise<UpdatedUser> {
  const { id, ifVersion, powers, withTeams } = update;
  if (!isUuid(id)) throw notFound('user', id);
  const changes = withoutEmptyUserTexts(update.changes);
  if (changes.password !== undefined && !powers.setsPasswords) throw setsNoPasswords();
  await assertUnmanaged(work.db, authorship, 'people', { id, field: Object.keys(changes)[0] ?? 'id' });
  checkUserProperties(changes);
  const { manager, customAttributes } = changes;
  const externalId = externalIdFor(authorship, changes);
  if (changes.password != null)
    await checkNewPassword(work.db, authorship.accountId, update, changes.password);
  const custom = toCustomUpdate(
    customAttributes === undefined ? undefined : toAssignments(definitions, customAttributes),
  );
  const set = await columnValues(withMergedValues(changes));
  const shape = {
    columns: Object.keys(set),
    manager: manager !== undefined,
    custom: custom !== undefined,
    externalId: externalId === undefined ? 'stays' : externalId === null ? 'goes' : 'comes',
    deactivates: changes.active === false,
    withTeams,
    connected: authorship.connectionId !== null,
  } as const;
  const values = {
    authorship,
    id,
    ifVersion: ifVersion ?? null,
    set,
    manager: manager ?? null,
    managerUuid: manager != null && isUuid(manager) ? manager : null,
    externalId: externalId ?? null,
    custom,
    keptSessionId: update.keptSessionId ?? null,
    limits: powers.limits,
    actsFor: powers.actsFor,
  };
  const [row] = await write(work, shape, values);
  if (row === undefined) throw notFound('user', id);
  if (ifVersion != null && row.version_before !== ifVersion) {
    throw versionMismatch('user', ifVersion, row.version_before);
  }
  if (row.beyond != null) {
    throw exceedsPowers(powers, signInFieldOf(changes, row.record), row.beyond);
  }
  if (row.is_own === true) throw changesOwnSignIn(signInFieldOf(changes, row.record));
  if (row.is_last_admin === true) throw lastAdmin(id);
  const [lacking] = row.lacking ?? [];
  if (lacking !== undefined) throw lacksRequired(lacking);
  return { user: row.record, changed: row.changed };
}

/** By which field an update that was refused would change what the person signs in with. */
function signInFieldOf({ password, userName }: UserChanges, { user_name }: UserRecord): SignInField {
  if (password !== undefined) return 'password';
  return userName == null || fold(userName) === fold(user_name) ? 'emails' : 'userName';
}

/**
 * A password must not be what the person is known by already; the changes alone do not say that. Only those are told who
 * may set it: others would learn whether a text is a name of somebody whom they can't read.
 */
async function checkNewPassword(
  db: Sql,
  accountId: string,
  { id, powers }: UserUpdate,
  password: string,
): Promise<void> {
  const person = await findUser(db, accountId, id, { connectionId: null, withTeams: false });
  if (person === undefined) return;
  const { user_name: userName, display_name: displayName, emails } = person;
  const name = {
    formatted: person.name_formatted,
    givenName: person.name_given_name,
    familyName: person.name_family_name,
  };
  try {
    checkPassword(password, 'password', knownOf({ userName, displayName, name, emails }));
  } catch (error) {
    const beyond = await firstPermissionBeyond(db, { accountId, userId: id, limits: powers.limits });
    throw beyond === null ? error : exceedsPowers(powers, 'password', beyond);
  }
}

/** Something, also the manager of somebody who waits, may follow from the update; then it does, in the same transaction. */
function write(
  work: FollowedWork,
  shape: Omit<UpdateShape, 'isSingle'>,
  values: UpdateValues,
): Promise<UpdatedRow[]> {
  const { authorship, id } = values;
  const { followers } = work;
  const attributes = attributesSet(shape);
  const isFollowed =
    attributes === undefined || followers.some((follower) => follower.mayFollowFrom(attributes));
  const arrives = bringsName(shape);
  if (!isFollowed && !arrives) {
    return work.statement(updateUserStatement({ ...shape, isSingle: false }, followers, values));
  }
  const mayWait = values.manager !== null;
  return followPeople(work, authorship, {
    attributes,
    isOfOne: true,
    values: shape.custom,
    managers: mayWait ? 'may-wait' : arrives ? 'arrives' : undefined,
    statement: () =>
      work.attempt(
        updateUserStatement({ ...shape, isSingle: true }, followers, values),
        ({ length }) => length > 0 || !(arrives || mayWait),
      ),
    async transaction(db) {
      const rows = await rowsOf(updateUserStatement({ ...shape, isSingle: false }, followers, values), db);
      if (!rows.some(({ changed }) => changed)) return { result: rows, userIds: [] };
      const healed = arrives ? await healPendingManagers(db, authorship, [id]) : [];
      const afterwards = () => readAnew(db, authorship, rows, shape);
      return {
        // Who waited for their own name has got a manager meanwhile.
        result: healed.includes(id) ? await afterwards() : rows,
        userIds: [...new Set([id, ...healed])],
        afterwards: shape.withTeams ? afterwards : undefined,
      };
    },
  });
}

/** The rows with the records as they are by now; one statement. */
async function readAnew(
  db: Sql,
  { accountId, connectionId }: Authorship,
  rows: readonly UpdatedRow[],
  { withTeams }: Pick<UpdateShape, 'withTeams'>,
): Promise<UpdatedRow[]> {
  const ids = rows.map(({ record }) => record.id);
  const records = await findUsersById(db, accountId, ids, { connectionId, withTeams });
  return rows.map((row, position) => ({ ...row, record: records[position] ?? row.record }));
}

/** What the connection is to call the user; undefined = as before. Without a connection there is none to clear. */
function externalIdFor({ connectionId }: Authorship, { externalId }: UserChanges): string | null | undefined {
  if (connectionId !== null) return externalId;
  if (externalId == null) return undefined;
  throw externalIdWithoutConnection();
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

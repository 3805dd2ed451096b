import type { FirstValues } from '../custom-attributes/assignments.ts';
import type { PropertyChange } from '../model/event.ts';
import { listAttributes, nameParts, textAttributes } from '../model/user-attributes.ts';
import { hashPassword } from '../passwords/password.ts';
import { isUuid, newId } from '../text/uuid.ts';
import type { NewUser } from '../users/user-properties.ts';

/** A user to be created: a value for each column that gets one, and what the event will tell. */
export interface InputRow {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly manager_value: string | null;
  readonly custom_attributes?: FirstValues['values'];
  readonly changes: readonly PropertyChange[];
}

const plainAttributes = [...textAttributes, ...listAttributes];

/** What is to be written for a new user of whom the connection, if any, tells. The id is new; a password becomes its digest. */
export async function toInputRow(
  connectionId: string | null,
  user: NewUser,
  custom?: FirstValues,
): Promise<InputRow> {
  const manager = user.manager ?? null;
  const status = user.active === false ? 'INACTIVE' : 'ACTIVE';
  const changes: PropertyChange[] = [];
  const row = {
    id: newId(),
    password_digest: user.password == null ? null : await hashPassword(user.password),
    directory_roles_by: isNothing(user.directoryRoles) ? null : connectionId,
    manager_value: manager,
    manager_uuid: manager !== null && isUuid(manager) ? manager : null,
    changes,
  };
  const columns: Record<string, unknown> = row;
  const keep = (field: string, column: string, value: unknown): void => {
    if (isNothing(value)) return;
    columns[column] = value;
    changes.push({ field, before: null, after: value });
  };
  keep('userName', 'user_name', user.userName);
  keep('status', 'status', status);
  keep('externalId', 'external_id', user.externalId);
  changes.push(...passwordChanges(user));
  if (user.name != null) {
    for (const { field, column } of nameParts) keep(`name.${field}`, column, user.name[field]);
  }
  for (const { field, column } of plainAttributes) keep(field, column, user[field]);
  if (custom === undefined) return row;
  changes.push(...custom.changes);
  return { ...row, custom_attributes: custom.values };
}

/** That there is a password, or why there is none though one came; never which. */
function passwordChanges({ password, refusedPassword }: NewUser): PropertyChange[] {
  if (password != null) return [{ field: 'password', before: null, after: null }];
  if (refusedPassword === undefined) return [];
  return [{ field: 'refusedPassword', before: null, after: refusedPassword }];
}

/** An empty list is as good as none (RFC 7643 §2.5). */
const isNothing = (value: unknown): boolean => value == null || (Array.isArray(value) && value.length === 0);

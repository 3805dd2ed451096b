import { v7 as uuidv7 } from 'uuid';
import { rowsOf } from '../database/statement.ts';
import type { Work } from '../database/work.ts';
import { type DomainError, invalidInput } from '../errors.ts';
import type { Authorship, PropertyChange } from '../events/event.ts';
import { hashPassword } from '../sign-in/password.ts';
import { isUuid } from '../uuid.ts';
import {
  batchStatement,
  type CreatedRow,
  healStatement,
  newcomerStatement,
} from './create-users.statements.ts';
import { userNameTaken } from './user.entity.ts';
import { listAttributes, nameParts, textAttributes } from './user-attributes.ts';
import type { NewUser } from './user-properties.ts';
import type { UserRecord } from './user-record.ts';
import { checkUserProperties } from './user-rules.ts';

/** What became of one user of a batch. `revived` says that they had been deprovisioned before. */
export type CreateOutcome =
  | { readonly user: UserRecord; readonly revived: boolean }
  | { readonly error: DomainError };

/**
 * Creates users, or revives those that were deprovisioned under the same userName; as many statements for a thousand
 * as for two. Answers in the order asked. Throws INVALID_INPUT when a value breaks a rule: then nothing is written.
 */
export async function createUsers(
  work: Work,
  authorship: Authorship,
  users: readonly NewUser[],
): Promise<CreateOutcome[]> {
  for (const [index, user] of users.entries())
    checkUserProperties(user, users.length > 1 ? `users.${index}.` : '');
  if (authorship.connectionId === null && users.some((user) => user.externalId != null)) {
    throw invalidInput('externalId', "belongs to a connection: set it with that connection's SCIM token.");
  }
  const input = await Promise.all(users.map(toInputRow));
  const rows =
    (await createNewcomer(work, authorship, input)) ?? (await createBatch(work, authorship, input));
  const byPosition = new Map(rows.map((row) => [row.position, row]));
  return users.map((_, position) => toOutcome(byPosition.get(position)));
}

/** A single user whom nobody knows and nobody waits for: one statement, committed by itself. */
async function createNewcomer(
  work: Work,
  authorship: Authorship,
  [user, ...others]: readonly InputRow[],
): Promise<CreatedRow[] | undefined> {
  if (user === undefined || others.length > 0) return undefined;
  const values = { authorship, input: JSON.stringify(user) };
  return work.attempt(newcomerStatement(values), ([row]) => row?.is_left_undone !== true);
}

/** Any users, with what follows: those who come back are revived, those who waited for them get their manager. */
function createBatch(work: Work, authorship: Authorship, input: readonly InputRow[]): Promise<CreatedRow[]> {
  return work.transaction(async ({ sql: db }) => {
    const rows = await rowsOf(batchStatement({ authorship, input: JSON.stringify(input) }), db);
    const arrived = rows.flatMap(({ id }) => id ?? []);
    await healStatement(authorship, arrived).execute(db);
    return rows;
  });
}

type InputRow = Readonly<Record<string, unknown>>;

async function toInputRow(user: NewUser, position: number): Promise<InputRow> {
  const manager = user.manager ?? null;
  const status = user.active === false ? 'INACTIVE' : 'ACTIVE';
  const attributes = [
    ...nameParts.map(({ field, column }) => ({
      field: `name.${field}`,
      column,
      value: user.name?.[field] ?? null,
    })),
    ...[...textAttributes, ...listAttributes].map(({ field, column }) => ({
      field,
      column,
      value: valueOrNull(user[field]),
    })),
  ];
  const known = [
    { field: 'userName', value: user.userName },
    { field: 'status', value: status },
    { field: 'externalId', value: user.externalId ?? null },
    ...attributes,
  ];
  return {
    position,
    id: uuidv7(),
    status,
    user_name: user.userName,
    external_id: user.externalId ?? null,
    password_digest: user.password == null ? null : await hashPassword(user.password),
    manager_value: manager,
    manager_uuid: manager !== null && isUuid(manager) ? manager : null,
    changes: known.flatMap(({ field, value }): PropertyChange[] =>
      value === null ? [] : [{ field, before: null, after: value }],
    ),
    ...Object.fromEntries(
      attributes.flatMap(({ column, value }) => (value === null ? [] : [[column, value]])),
    ),
  };
}

function toOutcome(row: CreatedRow | undefined): CreateOutcome {
  if (row === undefined || row.id === null) return { error: userNameTaken(row?.existing_id ?? undefined) };
  return { user: row, revived: row.existing_id !== null };
}

/** An empty list is as good as none (RFC 7643 §2.5). */
const valueOrNull = (value: unknown): unknown =>
  Array.isArray(value) && value.length === 0 ? null : (value ?? null);

import { type RawBuilder, sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { defineStatement, rowsOf } from '../database/statement.ts';
import type { Work } from '../database/work.ts';
import { type DomainError, invalidInput } from '../errors.ts';
import type { Authorship, PropertyChange } from '../events/event.ts';
import { recordEvents } from '../events/record-events.ts';
import { hashPassword } from '../sign-in/password.ts';
import { isUuid } from '../uuid.ts';
import { healPendingManagers, resolveManager } from './manager.ts';
import { userNameTaken } from './user.entity.ts';
import { listAttributes, nameParts, textAttributes } from './user-attributes.ts';
import type { NewUser } from './user-properties.ts';
import { managerDisplayName, recordColumns, type UserRecord } from './user-record.ts';
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
    input.length === 1
      ? await work.statement(createOne({ authorship, input: JSON.stringify(input[0]) }))
      : await work.transaction(async ({ sql: db }) => {
          const rows = await rowsOf(createMany({ authorship, input: JSON.stringify(input) }), db);
          await healStatement(
            authorship,
            rows.flatMap(({ id }) => id ?? []),
          ).execute(db);
          return rows;
        });
  const byPosition = new Map(rows.map((row) => [row.position, row]));
  return users.map((_, position) => toOutcome(byPosition.get(position)));
}

const attributeColumns = [...nameParts, ...textAttributes, ...listAttributes];
const writtenColumns = [
  'status',
  'user_name',
  ...attributeColumns.map(({ column }) => column),
  'manager_id',
  'manager_value',
  'password_digest',
];
const isList = (kind: string): boolean => kind === 'values' || kind === 'addresses';

/** How PostgreSQL reads the batch. Every name in it is ours, so the text is fixed. */
const inputShape = sql.raw(
  [
    'position int, id uuid, status text, user_name text, external_id text, password_digest text',
    'manager_value text, manager_uuid uuid, changes jsonb',
    ...attributeColumns.map(({ column, kind }) => `${column} ${isList(kind) ? 'jsonb' : 'text'}`),
  ].join(', '),
);

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

type CreatedRow = UserRecord & {
  readonly position: number;
  readonly existing_id: string | null;
};

function toOutcome(row: CreatedRow | undefined): CreateOutcome {
  if (row === undefined || row.id === null) return { error: userNameTaken(row?.existing_id ?? undefined) };
  return { user: row, revived: row.existing_id !== null };
}

interface BatchValues {
  readonly authorship: Authorship;
  /** The text of the JSON. */
  readonly input: string;
}

/** An empty list is as good as none (RFC 7643 §2.5). */
const valueOrNull = (value: unknown): unknown =>
  Array.isArray(value) && value.length === 0 ? null : (value ?? null);

/** A single user: PostgreSQL then plans for one row, not for a batch of unknown size. */
const createOne = defineStatement<BatchValues, CreatedRow>(({ authorship, input }) =>
  createStatement(
    authorship,
    sql`SELECT * FROM jsonb_to_record(${input}::jsonb) AS r (${inputShape})`,
    sql`${healPendingManagers(
      authorship,
      sql`SELECT c.id, c.user_name, c.display_name, i.external_id FROM created c, input i`,
    )},`,
  ),
);

/** A batch, the first of each name: PostgreSQL refuses to touch a row twice, and the second is a conflict anyway. */
const createMany = defineStatement<BatchValues, CreatedRow>(({ authorship, input }) =>
  createStatement(
    authorship,
    sql`SELECT DISTINCT ON (lower(r.user_name)) * FROM jsonb_to_recordset(${input}::jsonb) AS r (${inputShape})
      ORDER BY lower(r.user_name), r.position`,
    sql``,
  ),
);

/**
 * Rows that exist are locked before anything is written: so the wait comes before the transaction has its number,
 * and the events of one user stay in the order of the changes (docs/decisions/0002-events-in-order.md).
 */
function createStatement(
  authorship: Authorship,
  input: RawBuilder<unknown>,
  healing: RawBuilder<unknown>,
): RawBuilder<CreatedRow> {
  const { accountId, connectionId } = authorship;
  const manager = resolveManager(authorship, {
    value: sql.ref('i.manager_value'),
    uuid: sql.ref('i.manager_uuid'),
  });
  const columns = sql.join(writtenColumns.map((column) => sql.ref(column)));
  const values = writtenColumns.map((column) => (column === 'manager_id' ? manager : sql.ref(`i.${column}`)));
  const overwritten = writtenColumns.map(
    (column) => sql`${sql.ref(column)} = ${sql.ref(`excluded.${column}`)}`,
  );
  return sql<CreatedRow>`
    WITH input AS MATERIALIZED (${input}),
    existing AS MATERIALIZED (
      SELECT u.id, lower(u.user_name) AS name FROM users u WHERE u.account_id = ${accountId}::uuid
        AND lower(u.user_name) = ANY (ARRAY(SELECT lower(i.user_name) FROM input i)) AND keeps_order(u.xmin)
      FOR NO KEY UPDATE OF u),
    created AS (
      INSERT INTO users AS u (account_id, id, ${columns})
      SELECT ${accountId}::uuid, i.id, ${sql.join(values)} FROM input i LEFT JOIN existing x ON x.name = lower(i.user_name)
      ON CONFLICT (account_id, lower(user_name)) DO UPDATE
        SET ${sql.join(overwritten)}, version = u.version + 1, updated_at = now() WHERE u.status = 'DEPROVISIONED'
      RETURNING u.*),
    linked AS (
      INSERT INTO user_external_ids (account_id, connection_id, user_id, external_id)
      SELECT c.account_id, ${connectionId}::uuid, c.id, i.external_id FROM created c
      JOIN input i ON lower(i.user_name) = lower(c.user_name) WHERE i.external_id IS NOT NULL),
    ${healing}
    logged AS (${recordEvents(
      authorship,
      sql`SELECT CASE WHEN x.id IS NULL THEN 'USER_CREATED' ELSE 'USER_REVIVED' END, 'USER', c.id,
        coalesce(c.display_name, c.user_name), NULL::text, NULL::uuid, NULL::text, ${creationChanges}
        FROM created c JOIN input i ON lower(i.user_name) = lower(c.user_name) LEFT JOIN existing x ON x.id = c.id`,
    )})
    SELECT i.position, x.id AS existing_id, ${recordColumns('c')}, i.external_id,
      ${managerDisplayName('c')} AS manager_display_name, '[]'::json AS teams
    FROM input i LEFT JOIN existing x ON x.name = lower(i.user_name)
    LEFT JOIN created c ON lower(c.user_name) = lower(i.user_name)`;
}

// What the client said is known beforehand; who the manager is, only now.
const creationChanges = sql`CASE WHEN c.manager_value IS NULL THEN i.changes ELSE i.changes || jsonb_build_array(
  jsonb_build_object('field', 'manager', 'before', NULL, 'after', jsonb_build_object('id', c.manager_id,
    'value', c.manager_value, 'displayName', ${managerDisplayName('c')}))) END`;

const healStatement = (authorship: Authorship, ids: readonly string[]): RawBuilder<unknown> =>
  sql`WITH ${healPendingManagers(
    authorship,
    sql`SELECT u.id, u.user_name, u.display_name, x.external_id FROM users u LEFT JOIN user_external_ids x
      ON x.account_id = u.account_id AND x.user_id = u.id AND x.connection_id = ${authorship.connectionId}::uuid
      WHERE u.account_id = ${authorship.accountId}::uuid AND u.id = ANY(${[...ids]}::uuid[])`,
  )} SELECT 1`;

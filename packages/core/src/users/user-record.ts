import { type RawBuilder, sql } from 'kysely';
import { columnsOf, type Read } from '../database/columns.ts';
import type { InSql } from '../database/statement.ts';
import { columnsIn, listAttributes, nameParts, textAttributes } from '../model/user-attributes.ts';
import type { TeamRecord } from '../teams/team-record.ts';

const columns = [
  'account_id',
  'id',
  'status',
  'user_name',
  ...columnsIn(nameParts),
  ...columnsIn(textAttributes),
  ...columnsIn(listAttributes),
  'directory_roles_by',
  'manager_id',
  'manager_value',
  'custom_attributes',
  'version',
  'created_at',
  'updated_at',
] as const;

/** A user as read: the row, the connection's external id, and who their manager is. */
export interface UserRecord extends Read<'users', (typeof columns)[number]> {
  readonly external_id: string | null;
  readonly manager_display_name: string | null;
  /** Present only when asked for. */
  readonly teams?: readonly TeamRecord[] | null;
}

const emptyRecord: Record<string, unknown> = Object.fromEntries(
  [...columns, 'external_id', 'manager_display_name'].map((column) => [column, null]),
);

/** The record of a row whose columns are known; those left out are NULL. */
export function recordOf(row: Readonly<Record<string, unknown>>): UserRecord {
  const record: Record<string, unknown> = { ...emptyRecord, teams: [] };
  for (const column in emptyRecord) if (row[column] !== undefined) record[column] = row[column];
  return record as unknown as UserRecord;
}

/** The columns of `alias` that make a record; never the password's digest. */
export const recordColumns = (alias: string): RawBuilder<unknown> => columnsOf(alias, columns);

/**
 * A multi-valued attribute of the user `alias` as a connection sees it, or anybody else for null. Of `roles` an identity provider
 * sees what it said itself: what it reads and sends again would otherwise be its own word from then on.
 */
export const listSeenBy = (
  alias: string,
  column: string,
  connectionId: InSql<string | null>,
): RawBuilder<unknown> => {
  const list = sql.ref(`${alias}.${column}`);
  if (column !== 'directory_roles' || connectionId === null) return list;
  return sql`CASE WHEN ${sql.ref(`${alias}.directory_roles_by`)} = ${connectionId}::uuid THEN ${list} END`;
};

const columnsSeenByAll = columns.filter((column) => column !== 'directory_roles');

/** The columns of a record as a connection sees them, or anybody else for null. */
const columnsSeenBy = (alias: string, connectionId: InSql<string | null>): RawBuilder<unknown> =>
  connectionId === null
    ? recordColumns(alias)
    : sql`${columnsOf(alias, columnsSeenByAll)}, ${listSeenBy(alias, 'directory_roles', connectionId)} AS directory_roles`;

/** The display name of the manager of the user `alias`. */
export const managerDisplayName = (alias: string): RawBuilder<unknown> => {
  const user = (column: string) => sql.raw(`${alias}.${column}`);
  return sql`(SELECT coalesce(manager.display_name, manager.user_name) FROM users manager
    WHERE manager.account_id = ${user('account_id')} AND manager.id = ${user('manager_id')})`;
};

/** What the connection, if any, calls the user `alias`. */
export const externalIdOf = (alias: string, connectionId: InSql<string | null>): RawBuilder<unknown> => {
  const user = (column: string) => sql.raw(`${alias}.${column}`);
  return sql`(SELECT x.external_id FROM user_external_ids x WHERE x.account_id = ${user('account_id')}
    AND x.user_id = ${user('id')} AND x.connection_id = ${connectionId}::uuid)`;
};

/** FROM and WHERE of the `teams t` of the user `alias`; for an identity provider only those its connection pushed. */
export const fromTeamsOf = (alias: string, connectionId: InSql<string | null>): RawBuilder<unknown> => {
  const user = (column: string) => sql.raw(`${alias}.${column}`);
  const pushed = connectionId === null ? sql`` : sql`AND t.connection_id = ${connectionId}::uuid`;
  return sql`FROM memberships m JOIN teams t ON t.account_id = m.account_id AND t.id = m.team_id
    WHERE m.account_id = ${user('account_id')} AND m.user_id = ${user('id')} ${pushed}`;
};

/** The teams of the user `alias` as a JSON list, as the viewer's connection sees them. */
export const teamsOf = (alias: string, connectionId: InSql<string | null>): RawBuilder<unknown> =>
  sql`(SELECT coalesce(json_agg(to_json(t) ORDER BY t.id), '[]') ${fromTeamsOf(alias, connectionId)})`;

/** All teams of the user `alias` as a JSON list, also those that they came into by the statement itself. */
export const newestTeamsOf = (alias: string): RawBuilder<unknown> =>
  sql`newest_teams(${sql.ref(`${alias}.account_id`)}, ${sql.ref(`${alias}.id`)})`;

/** What goes with each record besides its columns. */
export interface RecordOptions<ConnectionId = string | null> {
  readonly connectionId: ConnectionId;
  readonly withTeams: boolean;
}

/** What a record says that its row does not; the manager's name is looked up when it is left out. */
interface RecordParts {
  readonly externalId: RawBuilder<unknown>;
  /** The connection whose identity provider is answered, unless it has written the row; null for anybody else. */
  readonly seenBy?: InSql<string | null>;
  readonly managerName?: RawBuilder<unknown>;
  readonly teams?: RawBuilder<unknown> | undefined;
}

/** The whole SELECT list of the record of the row `alias`. */
export const recordWith = (
  alias: string,
  { externalId, seenBy = null, managerName = managerDisplayName(alias), teams }: RecordParts,
): RawBuilder<unknown> =>
  sql`${columnsSeenBy(alias, seenBy)}, ${externalId} AS external_id,
    ${managerName} AS manager_display_name${teams === undefined ? sql`` : sql`, ${teams} AS teams`}`;

/** The same for rows whose external id is read by a subselect. */
export const recordSelection = (
  alias: string,
  { connectionId, withTeams }: RecordOptions<InSql<string | null>>,
): RawBuilder<unknown> =>
  recordWith(alias, {
    externalId: externalIdOf(alias, connectionId),
    seenBy: connectionId,
    teams: withTeams ? teamsOf(alias, connectionId) : undefined,
  });

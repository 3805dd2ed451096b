import { type RawBuilder, sql } from 'kysely';
import type { Instant } from '../database/columns.ts';
import type { Param } from '../database/statement.ts';
import { authorshipIn, recordEvents, unrelated } from '../events/record-events.ts';
import { begunColumns, defineFollowedStatements, followedEvents } from '../followers/followed-statement.ts';
import type { FollowedWork } from '../followers/follower.ts';
import type { Authorship } from '../model/event.ts';
import { columnNames, jsonColumns, typeOfColumn, writtenColumns } from '../users/user-columns.ts';
import { newestTeamsOf, recordOf, type UserRecord } from '../users/user-record.ts';
import type { InputRow } from './input-row.ts';
import { holdManager, managerGiven, nobodyWaits } from './manager.ts';

/**
 * Creates one user whom nobody knows, who waits for nobody and for whom nobody waits, with what follows: one statement,
 * committed by itself. Undefined when it is otherwise: then nothing was written.
 */
export async function createNewcomer(
  work: FollowedWork,
  authorship: Authorship,
  row: InputRow,
  { withTeams }: { readonly withTeams: boolean },
): Promise<UserRecord | undefined> {
  const values = { authorship, row, json: jsonOf(row) };
  // An identity provider sees only the teams that it pushed itself: a newcomer is in none of them.
  const shape = {
    isManaged: row.manager_value !== null,
    withTeams: withTeams && authorship.connectionId === null,
  };
  const statement = newcomerStatement(shape, work.followers, values);
  const written = await work.attempt(statement, ({ length }) => length > 0);
  return written?.map(({ teams = [], ...facts }) => ({
    ...recordOf({ ...row, ...facts, account_id: authorship.accountId }),
    teams,
  }))[0];
}

interface NewcomerValues {
  readonly authorship: Authorship;
  readonly row: InputRow;
  /** The text of what is kept as jsonb. */
  readonly json: Readonly<Record<string, string>>;
}

/** What only PostgreSQL can tell of the new row. */
export interface WrittenFacts {
  readonly created_at: Instant;
  readonly updated_at: Instant;
  readonly version: number;
  readonly manager_id: string | null;
  readonly manager_display_name: string | null;
  readonly teams?: UserRecord['teams'];
}

function jsonOf(row: InputRow): Record<string, string> {
  const json: Record<string, string> = { changes: JSON.stringify(row.changes) };
  for (const column of jsonColumns) if (row[column] !== undefined) json[column] = JSON.stringify(row[column]);
  return json;
}

interface NewcomerShape {
  readonly isManaged: boolean;
  readonly withTeams: boolean;
}

/**
 * The values come as parameters, one a column, and only what is not known already comes back:
 * each wide row that passes from one part of a statement to the next costs PostgreSQL more than the INSERT does.
 */
const newcomerStatement = defineFollowedStatements<NewcomerShape, NewcomerValues, WrittenFacts>(
  ({ isManaged, withTeams }, followers, param) => {
    const authorship = authorshipIn(param);
    const { accountId, connectionId } = authorship;
    const teams = withTeams ? sql`, ${newestTeamsOf('c')} AS teams` : sql``;
    const told = sql`${param('json', 'changes')}::jsonb`;
    const manager = {
      id: sql`c.manager_id`,
      value: sql`${param('row', 'manager_value')}::text`,
      name: sql`(SELECT b.name FROM manager b)`,
    };
    const names = [
      sql`${param('row', 'id')}::text`,
      sql`fold(${param('row', 'external_id')}::text)`,
      sql`fold(${param('row', 'user_name')}::text)`,
    ];
    const written = (column: string) => {
      if (column === 'manager_id') return isManaged ? sql`(SELECT b.id FROM manager b)` : sql`NULL::uuid`;
      const given = jsonColumns.has(column) ? param('json', column) : param('row', column);
      return sql`${given}::${sql.raw(typeOfColumn(column))}`;
    };
    return sql`
      WITH locks AS MATERIALIZED (
        SELECT ${begunColumns(followers, accountId)}, ${nobodyWaits(accountId, names)} AS nobody_waits),
      ${isManaged ? heldManager(param) : sql``}
      created AS (
        INSERT INTO users AS u (account_id, id, ${columnNames})
        SELECT ${accountId}::uuid, ${param('row', 'id')}::uuid, ${sql.join(writtenColumns.map(written))}
        WHERE (SELECT t.nobody_waits FROM locks t) ${isManaged ? sql`AND EXISTS (SELECT FROM manager)` : sql``}
        ON CONFLICT (account_id, fold(user_name)) DO NOTHING
        RETURNING u.account_id, u.id, u.created_at, u.updated_at, u.version, u.manager_id),
      linked AS (
        INSERT INTO user_external_ids (account_id, connection_id, user_id, external_id)
        SELECT ${accountId}::uuid, ${connectionId}::uuid, c.id, ${param('row', 'external_id')}::text FROM created c
        WHERE ${param('row', 'external_id')}::text IS NOT NULL),
      followed AS MATERIALIZED (${followedEvents(followers, authorship, 'created')}),
      logged AS (${recordEvents(
        authorship,
        sql`SELECT 'USER_CREATED', 'USER', c.id,
          coalesce(${param('row', 'display_name')}::text, ${param('row', 'user_name')}::text), ${unrelated},
          ${isManaged ? sql`${told} || ${managerGiven(manager)}` : told} FROM created c
          UNION ALL SELECT * FROM followed`,
      )} RETURNING seq)
      SELECT c.created_at, c.updated_at, c.version, c.manager_id,
        ${isManaged ? manager.name : sql`NULL::text`} AS manager_display_name${teams} FROM created c${
          withTeams
            ? sql`
      WHERE (SELECT count(*) FROM logged) > 0`
            : sql``
        }`;
  },
);

function heldManager(param: Param<NewcomerValues>): RawBuilder<unknown> {
  const manager = holdManager(authorshipIn(param), {
    value: sql`${param('row', 'manager_value')}::text`,
    uuid: sql`${param('row', 'manager_uuid')}::uuid`,
  });
  return sql`manager AS MATERIALIZED (SELECT b.id, coalesce(b.display_name, b.user_name) AS name FROM users b
    WHERE b.account_id = ${param('authorship', 'accountId')}::uuid AND b.id = ${manager}),`;
}

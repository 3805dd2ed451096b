import { type RawBuilder, sql } from 'kysely';
import { anyOfIds, countOf, inOrderOf } from '../database/columns.ts';
import type { Sql } from '../database/database.ts';
import { asRecord, type Recorded } from '../database/record.ts';
import { defineStatements, rowsOf } from '../database/statement.ts';
import { type RecordOptions, recordSelection, type UserRecord } from './user-record.ts';

/** A user of the account by id, deprovisioned ones too unless the viewer is an identity provider; one statement. */
export async function findUser(
  db: Sql,
  accountId: string,
  id: string,
  { connectionId, withTeams }: RecordOptions,
): Promise<UserRecord | undefined> {
  const shape = { connected: connectionId !== null, withTeams };
  const [found] = await rowsOf(byId(shape, { accountId, id, connectionId }), db);
  return found?.record;
}

/** Does an identity provider ask, who does not see whoever left? And does it want teams? */
interface Sight {
  readonly connected: boolean;
  readonly withTeams: boolean;
}

const byId = defineStatements<
  Sight,
  { accountId: string; id: string; connectionId: string | null },
  Recorded<UserRecord>
>(({ connected, withTeams }, param) => {
  const selection = recordSelection('u', {
    connectionId: connected ? param('connectionId') : null,
    withTeams,
  });
  return sql`SELECT ${asRecord(selection)} FROM users u
    WHERE u.account_id = ${param('accountId')}::uuid AND u.id = ${param('id')}::uuid
    ${connected ? sql`AND u.status <> 'DEPROVISIONED'` : sql``}`;
});

/** Users by id, in the order of `ids`, undefined where there is none; one statement. */
export async function findUsersById(
  db: Sql,
  accountId: string,
  ids: readonly string[],
  options: RecordOptions,
): Promise<(UserRecord | undefined)[]> {
  const statement: RawBuilder<Recorded<UserRecord>> =
    sql`SELECT ${asRecord(recordSelection('u', options))} FROM users u
    WHERE u.account_id = ${accountId}::uuid AND u.id = ANY(${[...ids]}::uuid[])`;
  const { rows } = await statement.execute(db);
  return inOrderOf(ids, rows, ({ record }) => record.id).map((row) => row?.record);
}

/** How many people report to each of these; one statement. */
export async function countReports(db: Sql, accountId: string, ids: readonly string[]): Promise<number[]> {
  const rows = await db
    .selectFrom('users')
    .select(['manager_id', countOf])
    .where('account_id', '=', accountId)
    .where('manager_id', '=', anyOfIds(ids))
    .where('status', '<>', 'DEPROVISIONED')
    .groupBy('manager_id')
    .execute();
  return inOrderOf(ids, rows, (row) => row.manager_id).map((row) => row?.count ?? 0);
}

import { type RawBuilder, sql } from 'kysely';
import { columnsOf } from '../../database/columns.ts';
import type { Sql } from '../../database/database.ts';
import type { Authorship } from '../../model/event.ts';
import { newId } from '../../text/uuid.ts';
import { type RebuildRecord, rebuildColumns } from '../settings/find-structure.ts';
import type { OrgSettings } from '../settings/settings.ts';

/** On this channel every process hears that there is a rebuild to do. */
export const REBUILDS_CHANNEL = 'rollcall_org_rebuilds';

/** On this channel every process hears whose rebuild came further. */
export const REBUILD_PROGRESS_CHANNEL = 'rollcall_org_rebuild_progress';

/** Everybody whom a rebuild visits: who is in the directory, and whom the structure knows though they left. */
const visited = (accountId: string): RawBuilder<unknown> => sql`
  SELECT u.id FROM users u WHERE u.account_id = ${accountId}::uuid AND u.status <> 'DEPROVISIONED'
  UNION SELECT p.user_id FROM org_people p WHERE p.account_id = ${accountId}::uuid`;

/** Has all teams rebuilt once the transaction is committed, in place of a rebuild that runs. */
export async function beginRebuild(
  db: Sql,
  { accountId, actor, requestId }: Authorship,
  { createTeams, teamAttribute }: Pick<OrgSettings, 'createTeams' | 'teamAttribute'>,
): Promise<RebuildRecord> {
  const account = sql`${accountId}::uuid`;
  await db
    .updateTable('org_rebuilds')
    .set({ state: 'REPLACED', finished_at: sql`now()` })
    .where('account_id', '=', accountId)
    .where('state', '=', 'RUNNING')
    .execute();
  const statement: RawBuilder<RebuildRecord> = sql`
    INSERT INTO org_rebuilds AS r (account_id, id, state, create_teams, team_attribute, total,
      actor_kind, actor_id, actor_name, request_id)
    SELECT ${account}, ${newId()}::uuid, 'RUNNING', ${createTeams}, ${teamAttribute},
      (SELECT count(*) FROM (${visited(accountId)}) AS everybody), ${actor.kind}, ${actor.id}::uuid, ${actor.name}, ${requestId}
    RETURNING ${columnsOf('r', rebuildColumns)}`;
  const [rebuild] = (await statement.execute(db)).rows;
  if (rebuild === undefined) throw new Error('A rebuild that was just begun is not there.');
  await sql`SELECT pg_notify(${REBUILDS_CHANNEL}, ${accountId})`.execute(db);
  return rebuild;
}

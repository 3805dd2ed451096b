import { type RawBuilder, sql } from 'kysely';
import type { Work } from '../database/work.ts';
import { notFound, versionMismatch } from '../errors.ts';
import type { Authorship } from '../events/event.ts';
import { recordEvents } from '../events/record-events.ts';
import { isUuid } from '../uuid.ts';
import { teamColumns, visibleTeams } from './team-record.ts';

/** Deletes a team and its memberships in one statement; its members stay. Throws NOT_FOUND, VERSION_MISMATCH. */
export async function deleteTeam(
  work: Work,
  authorship: Authorship,
  { id, ifVersion }: { readonly id: string; readonly ifVersion?: number | null },
): Promise<void> {
  if (!isUuid(id)) throw notFound('team', id);
  const [row] = await work.statement(deleteStatement(authorship, id, ifVersion ?? null));
  if (row === undefined) throw notFound('team', id);
  if (ifVersion != null && row.version !== ifVersion) throw versionMismatch('team', ifVersion, row.version);
}

function deleteStatement(
  authorship: Authorship,
  id: string,
  ifVersion: number | null,
): RawBuilder<{ version: number }> {
  const { accountId, connectionId } = authorship;
  return sql`
    WITH before AS MATERIALIZED (
      SELECT ${teamColumns('t')} FROM teams t WHERE ${visibleTeams(accountId, connectionId)} AND t.id = ${id}::uuid
        AND keeps_order(t.xmin) FOR UPDATE OF t),
    doomed AS (SELECT * FROM before b WHERE ${ifVersion}::int IS NULL OR b.version = ${ifVersion}::int),
    removed AS (
      DELETE FROM memberships m USING doomed d WHERE m.account_id = d.account_id AND m.team_id = d.id RETURNING m.user_id),
    deleted AS (DELETE FROM teams t USING doomed d WHERE t.account_id = d.account_id AND t.id = d.id RETURNING t.id),
    logged AS (${recordEvents(
      authorship,
      sql`SELECT 'TEAM_MEMBER_REMOVED', 'TEAM', d.id, d.display_name, 'USER', u.id,
          coalesce(u.display_name, u.user_name), '[]'::jsonb
          FROM doomed d, removed r JOIN users u ON u.account_id = ${accountId}::uuid AND u.id = r.user_id
        UNION ALL SELECT 'TEAM_DELETED', 'TEAM', d.id, d.display_name, NULL, NULL, NULL, '[]'::jsonb FROM doomed d`,
    )})
    SELECT b.version FROM before b`;
}

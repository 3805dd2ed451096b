import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../../database/database.ts';
import type { Instant } from '../../database/record.ts';
import type { CreateTeamsName } from '../../model/account.entity.ts';
import type { RebuildStateName } from '../../model/org-structure.entities.ts';
import { type OrgSettings, readSettings } from './settings.ts';

/** A rebuild as read. */
export interface RebuildRecord {
  readonly id: string;
  readonly state: RebuildStateName;
  readonly create_teams: CreateTeamsName;
  readonly team_attribute: string;
  readonly done: number;
  readonly total: number;
  readonly started_at: Instant;
  readonly finished_at: Instant | null;
}

/** The account's settings, and the rebuild that they led to. */
export interface OrgStructureRecord extends Pick<OrgSettings, 'createTeams' | 'teamAttribute'> {
  readonly rebuild: RebuildRecord | undefined;
}

/** The columns of a rebuild `r` that make a record. */
export const rebuildColumns: RawBuilder<unknown> = sql`
  r.id, r.state, r.create_teams, r.team_attribute, r.done, r.total, r.started_at, r.finished_at`;

/** The rebuild that runs, or the last one; one statement. */
export async function lastRebuild(db: Sql, accountId: string): Promise<RebuildRecord | undefined> {
  const statement: RawBuilder<RebuildRecord> = sql`SELECT ${rebuildColumns} FROM org_rebuilds r
    WHERE r.account_id = ${accountId}::uuid ORDER BY r.state = 'RUNNING' DESC, r.id DESC LIMIT 1`;
  return (await statement.execute(db)).rows[0];
}

/** How the structure is set, and how far it is; two statements. */
export async function readStructure(db: Sql, accountId: string): Promise<OrgStructureRecord> {
  return { ...(await readSettings(db, accountId)), rebuild: await lastRebuild(db, accountId) };
}

/** How many teams follow from people; one statement. */
export async function countTeams(db: Sql, accountId: string): Promise<number> {
  const statement: RawBuilder<{ count: number }> = sql`
    SELECT count(*)::int AS count FROM org_teams WHERE account_id = ${accountId}::uuid`;
  return (await statement.execute(db)).rows[0]?.count ?? 0;
}

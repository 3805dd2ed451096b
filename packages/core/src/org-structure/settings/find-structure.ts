import { countOf, type Read } from '../../database/columns.ts';
import type { Sql } from '../../database/database.ts';
import { type OrgSettings, readSettings } from './settings.ts';

/** What is read of a rebuild. */
export const rebuildColumns = [
  'id',
  'state',
  'create_teams',
  'team_attribute',
  'done',
  'total',
  'started_at',
  'finished_at',
] as const;

export type RebuildRecord = Read<'org_rebuilds', (typeof rebuildColumns)[number]>;

/** The account's settings, and the rebuild that they led to. */
export interface OrgStructureRecord extends Pick<OrgSettings, 'createTeams' | 'teamAttribute'> {
  readonly rebuild: RebuildRecord | undefined;
}

/** The rebuild that runs, or the last one; one statement. */
export const lastRebuild = (db: Sql, accountId: string): Promise<RebuildRecord | undefined> =>
  db
    .selectFrom('org_rebuilds')
    .select(rebuildColumns)
    .where('account_id', '=', accountId)
    .orderBy((rebuild) => rebuild('state', '=', 'RUNNING'), 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();

/** How the structure is set, and how far it is; two statements. */
export async function readStructure(db: Sql, accountId: string): Promise<OrgStructureRecord> {
  return { ...(await readSettings(db, accountId)), rebuild: await lastRebuild(db, accountId) };
}

/** How many teams follow from people; one statement. */
export async function countTeams(db: Sql, accountId: string): Promise<number> {
  const row = await db
    .selectFrom('org_teams')
    .select(countOf)
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return row?.count ?? 0;
}

import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'kysely';
import { findDefinitions } from '../custom-attributes/find-definitions.ts';
import type { Sql } from '../database/database.ts';
import type { Work } from '../database/work.ts';
import { accountSubject } from '../events/account-subject.ts';
import { recordEvent } from '../events/record-events.ts';
import type { CreateTeamsName } from '../model/account.entity.ts';
import type { Authorship, PropertyChange } from '../model/event.ts';
import { lockAllTeams } from '../teams/team-locks.ts';
import { deriveStructure } from './derive/derive-structure.ts';
import { readFacts } from './derive/read-facts.ts';
import { beginRebuild } from './rebuild/rebuild.ts';
import { readPresentTeams } from './rehearse/read-present-teams.ts';
import { planStructure, type StructurePlan } from './rehearse/structure-plan.ts';
import { lastRebuild, type OrgStructureRecord } from './settings/find-structure.ts';
import { type OrgSettings, readSettings } from './settings/settings.ts';
import { type TeamAttribute, teamAttributeNamed } from './settings/team-attribute.ts';

/** What to change of the settings. Left out = stays as it is. */
export interface SettingsUpdate {
  readonly createTeams?: CreateTeamsName | null;
  readonly teamAttribute?: string | null;
}

export interface SettingsOutcome {
  readonly structure: OrgStructureRecord;
  /** What becomes of the teams; null where nobody asked. */
  readonly plan: StructurePlan | null;
}

interface UpdateOptions {
  readonly withPlan: boolean;
}

/**
 * Decides what teams are made from, and has them rebuilt where that differs. Throws INVALID_INPUT where the attribute
 * makes no teams.
 */
export function updateOrgStructure(
  work: Work,
  authorship: Authorship,
  update: SettingsUpdate,
  { withPlan }: UpdateOptions,
): Promise<SettingsOutcome> {
  const { accountId } = authorship;
  return work.transaction(async ({ sql: db }) => {
    // The plan reads everybody. It is made before anybody has to wait, and can be as old as that wait.
    const plan = withPlan
      ? await planOf(db, accountId, (await settingsAfter(db, accountId, update)).after)
      : null;
    await lockSettings(db, accountId);
    const { before, after, key } = await settingsAfter(db, accountId, update);
    const changes = changesBetween(before, after);
    if (changes.length === 0) return { structure: await unchanged(db, accountId, before), plan };
    await sql`UPDATE accounts SET create_teams = ${after.createTeams}, team_attribute = coalesce(${key}, team_attribute)
      WHERE id = ${accountId}::uuid`.execute(db);
    await recordEvent(authorship, {
      type: 'ORG_STRUCTURE_UPDATED',
      subject: await accountSubject(db, accountId),
      changes,
    }).execute(db);
    // Where no teams follow from people, the attribute they would follow from touches none.
    if (before.createTeams === 'NONE' && after.createTeams === 'NONE')
      return { structure: await unchanged(db, accountId, after), plan };
    return { structure: { ...after, rebuild: await beginRebuild(db, authorship, after) }, plan };
  });
}

/** Has all teams rebuilt. */
export function rebuildOrgStructure(work: Work, authorship: Authorship): Promise<OrgStructureRecord> {
  const { accountId } = authorship;
  return work.transaction(async ({ sql: db }) => {
    await lockSettings(db, accountId);
    const settings = await readSettings(db, accountId);
    return { ...settings, rebuild: await beginRebuild(db, authorship, settings) };
  });
}

/** Waits until nobody changes people or teams, and keeps them waiting until the transaction ends. */
async function lockSettings(db: Sql, accountId: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(org_settings_lock(${accountId}::uuid)) FROM stays_within(${accountId}::uuid)`.execute(
    db,
  );
  await lockAllTeams(accountId).execute(db);
}

interface SettingsChange {
  readonly before: OrgSettings;
  readonly after: OrgSettings;
  /** How the account is to keep the attribute; null where it stays. */
  readonly key: string | null;
}

async function settingsAfter(
  db: Sql,
  accountId: string,
  { createTeams, teamAttribute }: SettingsUpdate,
): Promise<SettingsChange> {
  const before = await readSettings(db, accountId);
  const chosen: TeamAttribute | null =
    teamAttribute == null ? null : teamAttributeNamed(teamAttribute, await findDefinitions(db, accountId));
  return {
    before,
    after: {
      createTeams: createTeams ?? before.createTeams,
      teamAttribute: chosen?.name ?? before.teamAttribute,
      attributeKey: chosen?.key ?? before.attributeKey,
    },
    key: chosen?.key ?? null,
  };
}

function changesBetween(before: OrgSettings, after: OrgSettings): PropertyChange[] {
  return (['createTeams', 'teamAttribute'] as const)
    .map((field) => ({ field, before: before[field], after: after[field] }))
    .filter((change) => change.before !== change.after);
}

const unchanged = async (db: Sql, accountId: string, settings: OrgSettings): Promise<OrgStructureRecord> => ({
  ...settings,
  rebuild: await lastRebuild(db, accountId),
});

async function planOf(db: Sql, accountId: string, settings: OrgSettings): Promise<StructurePlan> {
  const facts = await readFacts(db, accountId, settings);
  const present = await readPresentTeams(db, accountId);
  // Each step looks at everybody. Others have their turn in between.
  await nextTurn();
  const derived = deriveStructure(settings.createTeams, facts);
  await nextTurn();
  return planStructure(derived, present, facts);
}

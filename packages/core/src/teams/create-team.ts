import { randomUUIDv7 } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import type { Work } from '../database/work.ts';
import { invalidInput } from '../errors.ts';
import type { Authorship, PropertyChange } from '../events/event.ts';
import { recordEvents } from '../events/record-events.ts';
import {
  foundMembers,
  missingMembers,
  unknownMembers,
  type WantedMembers,
  wantedMembers,
} from './members.ts';
import { type TeamRecord, teamColumns } from './team-record.ts';
import { checkTeamProperties, type TeamProperties } from './team-rules.ts';

export interface NewTeam extends TeamProperties {
  displayName: string;
  memberIds?: string[] | null;
}

/**
 * Creates a team with its members in one statement. A connection's token pushes a team of origin DIRECTORY.
 * Throws ALREADY_EXISTS, UNKNOWN_MEMBER, INVALID_INPUT.
 */
export async function createTeam(work: Work, authorship: Authorship, team: NewTeam): Promise<TeamRecord> {
  checkTeamProperties(team);
  if (team.externalId != null && authorship.connectionId === null) {
    throw invalidInput('externalId', "belongs to a connection: set it with that connection's SCIM token.");
  }
  const wanted = wantedMembers(team.memberIds ?? []);
  const [row] = await work.statement(createStatement(authorship, team, wanted));
  if (row === undefined || row.id === null) throw unknownMembers(wanted.texts, row?.missing ?? []);
  return row;
}

type CreatedTeam = TeamRecord & { readonly missing: readonly string[] | null };

function createStatement(
  authorship: Authorship,
  team: NewTeam,
  wanted: WantedMembers,
): RawBuilder<CreatedTeam> {
  const { accountId, connectionId } = authorship;
  const origin = connectionId === null ? 'MANUAL' : 'DIRECTORY';
  return sql<CreatedTeam>`
    WITH found AS MATERIALIZED (${foundMembers(accountId, wanted)}),
    missing AS MATERIALIZED (${missingMembers(wanted)}),
    created AS (
      INSERT INTO teams AS t (account_id, id, origin, connection_id, external_id, display_name, parent_id, lead_id)
      SELECT ${accountId}::uuid, ${randomUUIDv7()}::uuid, ${origin}, ${connectionId}::uuid, ${team.externalId ?? null},
        ${team.displayName}, ${team.parentId ?? null}::uuid, ${team.leadId ?? null}::uuid
      WHERE NOT EXISTS (SELECT FROM missing) RETURNING t.*),
    joined AS (
      INSERT INTO memberships (account_id, team_id, user_id) SELECT t.account_id, t.id, f.id FROM created t, found f
      RETURNING team_id, user_id),
    logged AS (${recordEvents(
      authorship,
      sql`SELECT 'TEAM_CREATED', 'TEAM', t.id, t.display_name, NULL::text, NULL::uuid, NULL::text,
          ${JSON.stringify(creationChanges(team))}::jsonb FROM created t
        UNION ALL SELECT 'TEAM_MEMBER_ADDED', 'TEAM', t.id, t.display_name, 'USER', f.id, f.label, '[]'::jsonb
          FROM created t, joined j JOIN found f ON f.id = j.user_id`,
    )})
    SELECT (SELECT array_agg(id) FROM missing) AS missing, ${teamColumns('t')} FROM (SELECT 1) AS one LEFT JOIN created t ON true`;
}

function creationChanges({ displayName, externalId, parentId, leadId }: NewTeam): PropertyChange[] {
  const known = { displayName, externalId, parentId, leadId };
  return Object.entries(known).flatMap(([field, after]) =>
    after == null ? [] : [{ field, before: null, after }],
  );
}

import { sql } from 'kysely';
import { authorshipIn, recordEvents } from '../events/record-events.ts';
import { membersBegun, membersFollowed } from '../followers/followed-members.ts';
import { defineFollowedStatements } from '../followers/followed-statement.ts';
import type { MembersFollowers } from '../followers/members-follower.ts';
import type { Authorship } from '../model/event.ts';
import { noPeople } from './member-writes.ts';
import { heldPeople, type MissingMembers, missingSummary } from './members.ts';
import { lockedFirst } from './team-locks.ts';
import { type TeamRecord, teamColumns } from './team-record.ts';

/** What became of one team; without an id nothing was written of it. */
export type CreatedTeamRow = { readonly [Column in keyof TeamRecord]: TeamRecord[Column] | null } & {
  readonly position: number;
  /** The members who are not there. */
  readonly missing: MissingMembers | null;
  readonly has_parent: boolean;
  readonly has_lead: boolean;
};

/** The batch, with a row for each member in three arrays of one length; two of them as `plainArray` has them. */
export interface CreateTeamsValues {
  readonly authorship: Authorship;
  /** The text of the JSON. */
  readonly teams: string;
  readonly positions: string;
  readonly texts: readonly string[];
  /** Null where the text is no id at all. */
  readonly uuids: string;
  /** What whoever asks may do; null for an identity provider. */
  readonly permissions: readonly string[] | null;
  readonly credentialId: string | null;
}

/**
 * Creates a batch with its members. People are held before teams and both in the order of their ids, names are taken in
 * the order of the alphabet: so batches that meet wait for each other in one direction. Of several with one name the first
 * gets it.
 */
export const createStatement = defineFollowedStatements<
  'all',
  CreateTeamsValues,
  CreatedTeamRow,
  MembersFollowers
>((_, followers, param) => {
  const authorship = authorshipIn(param);
  const account = sql`${authorship.accountId}::uuid`;
  const connection = sql`${authorship.connectionId}::uuid`;
  const begun = membersBegun(followers, {
    accountId: authorship.accountId,
    teams: sql`'{}'::uuid[]`,
    comers: sql`${param('uuids')}::uuid[]`,
    names: sql`ARRAY(SELECT r ->> 'display_name' FROM jsonb_array_elements(${param('teams')}::jsonb) r
      WHERE ${connection} IS NOT NULL)`,
    connectionId: authorship.connectionId,
    permissions: param('permissions'),
    credentialId: param('credentialId'),
  });
  return sql`
      WITH locks AS MATERIALIZED (${lockedFirst(sql`SELECT stays_within(${account})`, begun)}),
      input AS MATERIALIZED (
        SELECT r.* FROM locks, jsonb_to_recordset(${param('teams')}::jsonb) AS r
          (position int, id uuid, display_name text, external_id text, parent_id uuid, lead_id uuid, changes jsonb)),
      wanted AS MATERIALIZED (
        SELECT * FROM unnest(${param('positions')}::int[], ${param('texts')}::text[], ${param('uuids')}::uuid[])
          WITH ORDINALITY AS w (position, text, id, place)),
      people AS MATERIALIZED (${heldPeople(
        authorship.accountId,
        sql`ARRAY(SELECT w.id FROM wanted w UNION SELECT i.lead_id FROM input i)`,
      )}),
      other_teams AS MATERIALIZED (
        SELECT t.id, t.display_name AS label, ${connection} IS NULL OR t.connection_id = ${connection} AS is_visible FROM teams t
        WHERE t.account_id = ${account} AND t.id = ANY(ARRAY(
          SELECT w.id FROM wanted w WHERE w.id NOT IN (SELECT p.id FROM people p) UNION SELECT i.parent_id FROM input i))
        ORDER BY t.id FOR KEY SHARE OF t),
      found AS MATERIALIZED (
        SELECT w.position, p.id, p.label, 'USER' AS type FROM wanted w JOIN people p ON p.id = w.id
        UNION ALL SELECT w.position, t.id, t.label, 'TEAM' FROM wanted w JOIN other_teams t ON t.id = w.id AND t.is_visible),
      missing AS MATERIALIZED (
        SELECT w.position, ${missingSummary(sql`w.text`)} AS members FROM wanted w
        WHERE NOT EXISTS (SELECT FROM found f WHERE f.position = w.position AND f.id = w.id) GROUP BY w.position),
      judged AS MATERIALIZED (
        SELECT i.*, m.members AS missing, i.parent_id IS NULL OR i.parent_id IN (SELECT id FROM other_teams) AS has_parent,
          i.lead_id IS NULL OR i.lead_id IN (SELECT id FROM people) AS has_lead
        FROM input i LEFT JOIN missing m ON m.position = i.position),
      created AS (
        INSERT INTO teams AS t (account_id, id, origin, connection_id, external_id, display_name, parent_id, lead_id)
        SELECT ${account}, j.id, CASE WHEN ${connection} IS NULL THEN 'MANUAL' ELSE 'DIRECTORY' END, ${connection},
          j.external_id, j.display_name, j.parent_id, j.lead_id
        FROM judged j WHERE j.missing IS NULL AND j.has_parent AND j.has_lead ORDER BY fold(j.display_name), j.position
        ON CONFLICT (account_id, connection_id, fold(display_name)) DO NOTHING RETURNING t.*),
      members AS MATERIALIZED (
        SELECT c.id AS team_id, c.display_name, f.id, f.label, f.type
        FROM created c JOIN input i ON i.id = c.id JOIN found f ON f.position = i.position),
      joined AS (
        INSERT INTO memberships (account_id, team_id, user_id)
        SELECT ${account}, m.team_id, m.id FROM members m WHERE m.type = 'USER' RETURNING team_id, user_id),
      nested AS (
        INSERT INTO nested_teams (account_id, team_id, nested_id)
        SELECT ${account}, m.team_id, m.id FROM members m WHERE m.type = 'TEAM'),
      followed AS MATERIALIZED (${membersFollowed(followers, authorship, {
        moved: noPeople(followers),
        named: sql`ARRAY(SELECT c.id FROM created c WHERE (SELECT count(*) FROM joined) >= 0)`,
      })}),
      logged AS (${recordEvents(
        authorship,
        sql`SELECT 'TEAM_CREATED', 'TEAM', c.id, c.display_name, NULL::text, NULL::uuid, NULL::text, i.changes
            FROM created c JOIN input i ON i.id = c.id
          UNION ALL SELECT 'TEAM_MEMBER_ADDED', 'TEAM', m.team_id, m.display_name, m.type, m.id, m.label, '[]'::jsonb FROM members m
          UNION ALL SELECT * FROM followed`,
      )})
      SELECT j.position, j.missing, j.has_parent, j.has_lead, ${teamColumns('c')}, coalesce(n.members, '[]') AS nested
      FROM judged j LEFT JOIN created c ON c.id = j.id LEFT JOIN (
        SELECT m.team_id, json_agg(json_build_object('id', m.id, 'displayName', m.label, 'type', m.type) ORDER BY m.id) AS members
        FROM members m WHERE m.type = 'TEAM' GROUP BY m.team_id) n ON n.team_id = c.id`;
});

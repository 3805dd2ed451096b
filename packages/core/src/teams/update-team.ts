import { type RawBuilder, sql } from 'kysely';
import type { Work } from '../database/work.ts';
import { invalidInput, notFound, versionMismatch } from '../errors.ts';
import type { Authorship } from '../events/event.ts';
import { changesOf, comparedColumn, recordEvents } from '../events/record-events.ts';
import { isUuid } from '../uuid.ts';
import { foundMembers, missingMembers, unknownMembers } from './members.ts';
import { type TeamRecord, teamColumns, visibleTeams } from './team-record.ts';
import { checkTeamProperties, type TeamProperties } from './team-rules.ts';

export interface TeamUpdate extends TeamProperties {
  readonly id: string;
  /** Refuse with VERSION_MISMATCH unless the team is at this version. */
  readonly ifVersion?: number | null;
  /** All members from now on; additions and removals apply on top. */
  readonly setMemberIds?: readonly string[] | null;
  readonly addMemberIds?: readonly string[] | null;
  readonly removeMemberIds?: readonly string[] | null;
}

export interface UpdatedTeam {
  readonly team: TeamRecord;
  readonly changed: boolean;
}

/**
 * Changes a team and its members in one statement whose cost is that of the change, whatever the team's size; writes
 * nothing when nothing differs. Throws NOT_FOUND, VERSION_MISMATCH, UNKNOWN_MEMBER, ALREADY_EXISTS, INVALID_INPUT.
 */
export async function updateTeam(
  work: Work,
  authorship: Authorship,
  update: TeamUpdate,
): Promise<UpdatedTeam> {
  const { id, ifVersion } = update;
  if (!isUuid(id)) throw notFound('team', id);
  checkTeamProperties(update);
  if (update.externalId !== undefined && authorship.connectionId === null) {
    throw invalidInput('externalId', "belongs to a connection: set it with that connection's SCIM token.");
  }
  if (update.parentId?.toLowerCase() === id.toLowerCase())
    throw invalidInput('parentId', 'is the team itself.');
  const members = netMembers(update);
  const [row] = await work.statement(updateStatement(authorship, update, members));
  if (row === undefined) throw notFound('team', id);
  if (ifVersion != null && row.version_before !== ifVersion)
    throw versionMismatch('team', ifVersion, row.version_before);
  if (row.missing !== null) throw unknownMembers(members.wanted, row.missing);
  return { team: row, changed: row.changed };
}

interface NetMembers {
  /** Everyone who is to be a member, when all are said; else undefined. */
  readonly all: readonly string[] | undefined;
  /** Who must exist and become a member. */
  readonly wanted: readonly string[];
  readonly unwanted: readonly string[];
}

/** What the three lists come to: removals apply to what is set, additions to both. */
function netMembers({ setMemberIds, addMemberIds, removeMemberIds }: TeamUpdate): NetMembers {
  const ids = (list: readonly string[] | null | undefined) =>
    new Set((list ?? []).map((id) => id.toLowerCase()));
  const [added, removed] = [ids(addMemberIds), ids(removeMemberIds).difference(ids(addMemberIds))];
  if (setMemberIds == null)
    return { all: undefined, wanted: [...added], unwanted: [...removed].filter(isUuid) };
  const all = [...ids(setMemberIds).difference(removed).union(added)];
  return { all, wanted: all, unwanted: [] };
}

type UpdatedRow = TeamRecord & {
  readonly changed: boolean;
  readonly version_before: number;
  readonly missing: readonly string[] | null;
};

const properties = [
  { field: 'displayName', column: 'display_name', type: 'text' },
  { field: 'externalId', column: 'external_id', type: 'text' },
  { field: 'parentId', column: 'parent_id', type: 'uuid' },
  { field: 'leadId', column: 'lead_id', type: 'uuid' },
] as const;

/** The team's row is locked first: members come and go one after the other, and their events in that order. */
function updateStatement(
  authorship: Authorship,
  update: TeamUpdate,
  members: NetMembers,
): RawBuilder<UpdatedRow> {
  const { accountId, connectionId } = authorship;
  const { id, ifVersion } = update;
  const version = sql`${ifVersion ?? null}::int`;
  const set = properties.filter(({ field }) => update[field] !== undefined);
  const value = ({ field, type }: (typeof properties)[number]) => sql`${update[field]}::${sql.raw(type)}`;
  const differs = set.map(
    (property) => sql`b.${sql.ref(property.column)} IS DISTINCT FROM ${value(property)}`,
  );
  const leavers =
    members.all === undefined
      ? sql`m.user_id = ANY(${[...members.unwanted]}::uuid[])`
      : sql`m.user_id <> ALL(${members.all.filter(isUuid)}::uuid[])`;
  const touchesMembers = members.all !== undefined || members.wanted.length + members.unwanted.length > 0;
  const moved = touchesMembers ? sql`OR EXISTS (SELECT FROM removed) OR EXISTS (SELECT FROM added)` : sql``;
  return sql<UpdatedRow>`
    WITH before AS MATERIALIZED (
      SELECT ${teamColumns('t')} FROM teams t WHERE ${visibleTeams(accountId, connectionId)} AND t.id = ${id}::uuid
      FOR NO KEY UPDATE OF t),
    ${touchesMembers ? memberChanges(accountId, members, leavers, version) : sql``}
    after AS (
      UPDATE teams t SET ${sql.join(
        set.map((property) => sql`${sql.ref(property.column)} = ${value(property)}, `),
        sql``,
      )}
        version = b.version + 1, updated_at = now() FROM before b
      WHERE t.account_id = b.account_id AND t.id = b.id AND (${version} IS NULL OR b.version = ${version})
        ${touchesMembers ? sql`AND NOT EXISTS (SELECT FROM missing)` : sql``}
        AND (${differs.length === 0 ? sql`false` : sql.join(differs, sql` OR `)} ${moved})
      RETURNING t.*),
    logged AS (${recordEvents(authorship, eventsOf(set, touchesMembers))})
    SELECT ${touchesMembers ? sql`(SELECT array_agg(id) FROM missing)` : sql`NULL::text[]`} AS missing,
      b.version AS version_before, a.id IS NOT NULL AS changed, r.*
    FROM before b LEFT JOIN after a ON a.id = b.id, LATERAL (
      SELECT ${teamColumns('a')} WHERE a.id IS NOT NULL UNION ALL SELECT ${teamColumns('b')} WHERE a.id IS NULL) r`;
}

function memberChanges(
  accountId: string,
  { wanted }: NetMembers,
  leavers: RawBuilder<unknown>,
  version: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const allowed = sql`(${version} IS NULL OR b.version = ${version}) AND NOT EXISTS (SELECT FROM missing)`;
  return sql`found AS MATERIALIZED (${foundMembers(accountId, wanted)}),
    missing AS MATERIALIZED (${missingMembers(wanted)}),
    removed AS (
      DELETE FROM memberships m USING before b
      WHERE m.account_id = b.account_id AND m.team_id = b.id AND ${leavers} AND ${allowed} RETURNING m.user_id),
    added AS (
      INSERT INTO memberships (account_id, team_id, user_id)
      SELECT b.account_id, b.id, f.id FROM before b, found f WHERE ${allowed}
      ON CONFLICT DO NOTHING RETURNING user_id),`;
}

function eventsOf(set: readonly (typeof properties)[number][], touchesMembers: boolean): RawBuilder<unknown> {
  const updated = sql`SELECT 'TEAM_UPDATED', 'TEAM', a.id, a.display_name, NULL::text, NULL::uuid, NULL::text,
      ${changesOf(set.map((property) => comparedColumn('b', 'a', property)))} FROM after a JOIN before b ON b.id = a.id
    WHERE ${
      set.length === 0
        ? sql`false`
        : sql.join(
            set.map(
              ({ column }) => sql`${sql.ref(`a.${column}`)} IS DISTINCT FROM ${sql.ref(`b.${column}`)}`,
            ),
            sql` OR `,
          )
    }`;
  if (!touchesMembers) return updated;
  return sql`${updated}
    UNION ALL SELECT 'TEAM_MEMBER_REMOVED', 'TEAM', a.id, a.display_name, 'USER', u.id,
        coalesce(u.display_name, u.user_name), '[]'::jsonb
      FROM after a, removed r JOIN users u ON u.account_id = (SELECT account_id FROM before) AND u.id = r.user_id
    UNION ALL SELECT 'TEAM_MEMBER_ADDED', 'TEAM', a.id, a.display_name, 'USER', f.id, f.label, '[]'::jsonb
      FROM after a, added d JOIN found f ON f.id = d.user_id`;
}

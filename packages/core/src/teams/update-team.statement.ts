import { type RawBuilder, sql } from 'kysely';
import type { Param } from '../database/statement.ts';
import { authorshipIn, changesOf, comparedColumn, recordEvents } from '../events/record-events.ts';
import {
  andThen,
  membersBegun,
  membersFollowed,
  type WrittenMembers,
} from '../followers/followed-members.ts';
import { defineFollowedStatements } from '../followers/followed-statement.ts';
import type { MembersChange, MembersFollowers } from '../followers/members-follower.ts';
import type { Authorship } from '../model/event.ts';
import { type MemberKind, memberEvents, memberWrites, movedPeople, noPeople } from './member-writes.ts';
import {
  foundTeams,
  heldPeople,
  type MissingMembers,
  missingMembers,
  missingSummary,
  type WantedMembers,
} from './members.ts';
import { lockAllTeams, lockedFirst, lockTeam } from './team-locks.ts';
import { isMadeByHand, type TeamRecord, teamColumns, visibleTeams } from './team-record.ts';
import type { TeamProperties } from './team-rules.ts';

const columns = {
  displayName: { column: 'display_name', type: 'text' },
  externalId: { column: 'external_id', type: 'text' },
  parentId: { column: 'parent_id', type: 'uuid' },
  leadId: { column: 'lead_id', type: 'uuid' },
} as const;

type TeamProperty = keyof typeof columns;

export const teamProperties: readonly TeamProperty[] = ['displayName', 'externalId', 'parentId', 'leadId'];

/** Which parts an update has: the text of its statement depends on nothing else. */
export interface TeamUpdateShape {
  readonly set: readonly TeamProperty[];
  readonly adds: boolean;
  /** Who leaves, if anybody: those named, or all who are not wanted. */
  readonly drops: 'named' | 'others' | null;
  /** Does a connection ask? It sees only the teams that it pushed. */
  readonly connected: boolean;
}

/** What goes into the statement. */
export interface TeamUpdateValues {
  readonly authorship: Authorship;
  readonly id: string;
  readonly ifVersion: number | null;
  readonly values: TeamProperties;
  readonly wanted: WantedMembers;
  /** Who leaves, where they are named. */
  readonly unwanted: readonly string[];
  /** What whoever asks may do; null for an identity provider. */
  readonly permissions: readonly string[] | null;
  readonly credentialId: string | null;
}

export type UpdatedTeamRow = TeamRecord & {
  readonly changed: boolean;
  readonly version_before: number;
  readonly missing: MissingMembers | null;
  /** Would it be a part of itself, by way of its new parent? */
  readonly circular: boolean;
  /** Is the new lead, if any, in the directory? */
  readonly has_lead: boolean;
};

/** The statement for an update; its text is made once for each shape. */
export const updateTeamStatement = defineFollowedStatements<
  TeamUpdateShape,
  TeamUpdateValues,
  UpdatedTeamRow,
  MembersFollowers
>(build);

type UpdateParam = Param<TeamUpdateValues>;

/**
 * Who is named is locked before the team, as by whoever deprovisions them; the team before its memberships: members come and
 * go one after the other, and their events in that order. Whoever changes a parent has the lock of all teams, so that no two of them close a cycle together.
 */
function build(
  shape: TeamUpdateShape,
  followers: MembersFollowers,
  param: UpdateParam,
): RawBuilder<UpdatedTeamRow> {
  const { set, adds, connected } = shape;
  const authorship = authorshipIn(param);
  const { accountId, connectionId } = authorship;
  const id = param('id');
  const version = sql`${param('ifVersion')}::int`;
  const touchesMembers = adds || shape.drops !== null;
  const isFollowed = followers.length > 0 && (touchesMembers || set.includes('displayName'));
  const following = isFollowed ? followers : [];
  const moves = set.includes('parentId');
  const lock = moves ? lockAllTeams(accountId) : lockTeam(accountId, id);
  const leads = set.includes('leadId');
  const assignments = set.map((field) => ({
    column: sql.ref(columns[field].column),
    value: sql`${param('values', field)}::${sql.raw(columns[field].type)}`,
  }));
  const allowed = sql`(${version} IS NULL OR b.version = ${version}) AND ${isMadeByHand('b')}
    ${moves ? sql`AND NOT EXISTS (SELECT FROM cycle)` : sql``} ${adds ? sql`AND NOT EXISTS (SELECT FROM missing)` : sql``}
    ${leads ? sql`AND ${hasLead(param)}` : sql``}`;
  const differs = assignments.map(({ column, value }) => sql`b.${column} IS DISTINCT FROM ${value}`);
  if (touchesMembers) differs.push(sql`EXISTS (SELECT FROM moved)`);
  const people = [
    ...(adds ? [sql`${param('wanted', 'uuids')}::uuid[]`] : []),
    ...(leads ? [sql`ARRAY[${param('values', 'leadId')}::uuid]`] : []),
  ];
  return sql`
    WITH locks AS MATERIALIZED (${isFollowed ? lockedFirst(lock, membersBegun(followers, followedChange(shape, param))) : lock}),
    ${people.length > 0 ? sql`people AS MATERIALIZED (${heldPeople(accountId, sql.join(people, sql` || `))}),` : sql``}
    before AS MATERIALIZED (
      SELECT ${teamColumns('t')} FROM teams t
      WHERE ${visibleTeams(accountId, connected ? connectionId : null)} AND t.id = ${id}::uuid
        AND (SELECT count(*) FROM ${people.length > 0 ? sql`people` : sql`locks`}) >= 0 AND keeps_order(t.xmin) FOR NO KEY UPDATE OF t),
    ${moves ? cycleClosedBy(param) : sql``}
    ${touchesMembers ? memberChanges(shape, following, allowed, param) : sql``}
    after AS (
      UPDATE teams t SET ${sql.join(
        assignments.map(({ column, value }) => sql`${column} = ${value}, `),
        sql``,
      )} version = b.version + 1, updated_at = now() FROM before b
      WHERE t.account_id = b.account_id AND t.id = b.id AND ${allowed}
        AND (${differs.length === 0 ? sql`false` : sql.join(differs, sql` OR `)})
      RETURNING t.*),
    ${isFollowed ? sql`followed AS MATERIALIZED (${membersFollowed(followers, authorship, writtenMembers(shape, followers))}),` : sql``}
    logged AS (${recordEvents(
      authorship,
      isFollowed
        ? sql`${eventsOf(set, touchesMembers)} UNION ALL SELECT * FROM followed`
        : eventsOf(set, touchesMembers),
    )})
    SELECT ${adds ? sql`(SELECT ${missingSummary(sql`id`)} FROM missing HAVING count(*) > 0)` : sql`NULL::json`} AS missing,
      ${moves ? sql`EXISTS (SELECT FROM cycle)` : sql`false`} AS circular, ${leads ? hasLead(param) : sql`true`} AS has_lead, b.version AS version_before, a.id IS NOT NULL AS changed, r.*
    FROM before b LEFT JOIN after a ON a.id = b.id, LATERAL (
      SELECT ${teamColumns('a')} WHERE a.id IS NOT NULL UNION ALL SELECT ${teamColumns('b')} WHERE a.id IS NULL) r`;
}

/** What followers are told before anything is written. */
function followedChange({ set, adds, drops }: TeamUpdateShape, param: UpdateParam): MembersChange {
  const { accountId, connectionId } = authorshipIn(param);
  return {
    accountId,
    teams: sql`ARRAY[${param('id')}::uuid]`,
    comers: adds ? sql`${param('wanted', 'uuids')}::uuid[]` : undefined,
    leavers: drops === 'named' ? sql`${param('unwanted')}::uuid[]` : undefined,
    everybody: drops === 'others',
    names: set.includes('displayName') ? sql`ARRAY[${param('values', 'displayName')}::text]` : undefined,
    connectionId,
    permissions: param('permissions'),
    credentialId: param('credentialId'),
  };
}

/** Which people moved, and whether the team has another name, once all of it is written. */
function writtenMembers({ set, adds, drops }: TeamUpdateShape, followers: MembersFollowers): WrittenMembers {
  const touchesMembers = adds || drops !== null;
  return {
    moved: (touchesMembers ? movedPeople : noPeople)(followers),
    named: set.includes('displayName')
      ? sql`ARRAY(SELECT a.id FROM after a JOIN before b ON b.id = a.id WHERE a.display_name <> b.display_name
          ${touchesMembers ? sql`AND (SELECT count(*) FROM moved) >= 0` : sql``})`
      : undefined,
  };
}

/** Within `people`: is there nobody who shall lead, or somebody who is in the directory? */
function hasLead(param: UpdateParam): RawBuilder<unknown> {
  const lead = sql`${param('values', 'leadId')}::uuid`;
  return sql`(${lead} IS NULL OR ${lead} IN (SELECT id FROM people))`;
}

const cycleClosedBy = (param: UpdateParam): RawBuilder<unknown> =>
  sql`cycle AS MATERIALIZED (
    SELECT b.id FROM before b WHERE team_is_part_of(b.account_id, ${param('values', 'parentId')}::uuid, b.id)),`;

/** Who comes and who goes: only what there is of it, since a single newcomer is what is asked for most. */
function memberChanges(
  { set, adds, drops }: TeamUpdateShape,
  followers: MembersFollowers,
  allowed: RawBuilder<unknown>,
  param: UpdateParam,
): RawBuilder<unknown> {
  const uuids = sql`${param('wanted', 'uuids')}::uuid[]`;
  const found = ({ type }: MemberKind) => (type === 'USER' ? sql`people` : sql`found_teams`);
  const butTheLead = set.includes('leadId') ? sql`AND f.id = ANY(${uuids})` : sql``;
  const comers = (kind: MemberKind) =>
    sql`SELECT b.account_id, b.id, f.id FROM before b, ${found(kind)} f WHERE ${allowed} ${butTheLead}`;
  // That is also whoever joined while the team was being waited for. Without a team nobody leaves: a condition beside the
  // call might be looked at only after it.
  const others = ({
    plural,
    carried,
  }: MemberKind) => sql`SELECT b.id AS team_id, o.id ${andThen(carried.map((column) => sql`o.${column}`))}
    FROM before b,
    ${sql.raw(`drop_other_${plural}`)}(b.account_id, CASE WHEN ${allowed} THEN b.id END, ${uuids}) AS o (id)`;
  const named = ({ table, column, carried }: MemberKind) => sql`DELETE FROM ${table} m USING before b
    WHERE m.account_id = b.account_id AND m.team_id = b.id AND m.${column} = ANY(${param('unwanted')}::uuid[]) AND ${allowed}
    RETURNING m.team_id, m.${column} AS id ${andThen(carried.map((each) => sql`m.${each}`))}`;
  return sql`
    ${
      adds
        ? sql`found_teams AS MATERIALIZED (${foundTeams(param('wanted', 'uuids'))}),
      missing AS MATERIALIZED (${missingMembers(param('wanted', 'texts'))}),`
        : sql``
    }
    ${memberWrites(param('authorship', 'accountId'), followers, {
      comers: adds ? comers : undefined,
      labels: found,
      team: sql`${param('id')}::uuid`,
      leavers: drops === null ? undefined : drops === 'others' ? others : named,
    })},`;
}

function eventsOf(set: readonly TeamProperty[], touchesMembers: boolean): RawBuilder<unknown> {
  const tracked = set.map((field) => ({ field, column: columns[field].column }));
  const differs = tracked.map(
    ({ column }) => sql`a.${sql.ref(column)} IS DISTINCT FROM b.${sql.ref(column)}`,
  );
  const updated = sql`SELECT 'TEAM_UPDATED', 'TEAM', a.id, a.display_name, NULL::text, NULL::uuid, NULL::text,
      ${changesOf(tracked.map((property) => comparedColumn('b', 'a', property)))} FROM after a JOIN before b ON b.id = a.id
    WHERE ${differs.length === 0 ? sql`false` : sql.join(differs, sql` OR `)}`;
  if (!touchesMembers) return updated;
  return sql`${updated} UNION ALL ${memberEvents}`;
}

import { type CompiledQuery, type RawBuilder, sql } from 'kysely';
import { defineStatements } from '../database/statement.ts';
import { changesOf, comparedColumn, recordEvents } from '../events/record-events.ts';
import type { Authorship } from '../model/event.ts';
import {
  foundTeams,
  heldPeople,
  type MissingMembers,
  missingMembers,
  missingSummary,
  type WantedMembers,
} from './members.ts';
import { lockAllTeams, lockTeam } from './team-locks.ts';
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

/** What becomes of the members: nothing, some come, some go, both, or all are said anew. */
export type MemberMode = 'kept' | 'added' | 'removed' | 'changed' | 'replaced';

/** Which parts an update has: the text of its statement depends on nothing else. */
export interface TeamUpdateShape {
  readonly set: readonly TeamProperty[];
  readonly members: MemberMode;
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
  /** Who leaves, where members are changed. */
  readonly unwanted: readonly string[];
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
export const updateTeamStatement = (
  shape: TeamUpdateShape,
  values: TeamUpdateValues,
): CompiledQuery<UpdatedTeamRow> => family(JSON.stringify(shape), values);

const family = defineStatements<string, TeamUpdateValues, UpdatedTeamRow>((text) => {
  const shape: TeamUpdateShape = JSON.parse(text);
  return (values) => build(shape, values);
});

/**
 * Who is named is locked before the team, as by whoever deprovisions them; the team before its memberships: members come and
 * go one after the other, and their events in that order. Whoever changes a parent has the lock of all teams, so that no two of them close a cycle together.
 */
function build(
  { set, members, connected }: TeamUpdateShape,
  update: TeamUpdateValues,
): RawBuilder<UpdatedTeamRow> {
  const { authorship, id, ifVersion, values } = update;
  const { accountId, connectionId } = authorship;
  const version = sql`${ifVersion}::int`;
  const touchesMembers = members !== 'kept';
  const adds = touchesMembers && members !== 'removed';
  const moves = set.includes('parentId');
  const leads = set.includes('leadId');
  const assignments = set.map((field) => ({
    column: sql.ref(columns[field].column),
    value: sql`${values[field]}::${sql.raw(columns[field].type)}`,
  }));
  const allowed = sql`(${version} IS NULL OR b.version = ${version}) AND ${isMadeByHand('b')}
    ${moves ? sql`AND NOT EXISTS (SELECT FROM cycle)` : sql``} ${adds ? sql`AND NOT EXISTS (SELECT FROM missing)` : sql``}
    ${leads ? sql`AND ${hasLead(values)}` : sql``}`;
  const differs = assignments.map(({ column, value }) => sql`b.${column} IS DISTINCT FROM ${value}`);
  if (touchesMembers) differs.push(sql`EXISTS (SELECT FROM moved)`);
  return sql<UpdatedTeamRow>`
    WITH locks AS MATERIALIZED (${moves ? lockAllTeams(accountId) : lockTeam(accountId, id)}),
    ${peopleHeld(adds, leads, update)}
    before AS MATERIALIZED (
      SELECT ${teamColumns('t')} FROM teams t
      WHERE ${visibleTeams(accountId, connected ? connectionId : null)} AND t.id = ${id}::uuid
        AND (SELECT count(*) FROM ${leads ? sql`people` : adds ? sql`found` : sql`locks`}) >= 0 AND keeps_order(t.xmin) FOR NO KEY UPDATE OF t),
    ${moves ? cycleClosedBy(values) : sql``}
    ${touchesMembers ? memberChanges(members, allowed, update) : sql``}
    after AS (
      UPDATE teams t SET ${sql.join(
        assignments.map(({ column, value }) => sql`${column} = ${value}, `),
        sql``,
      )} version = b.version + 1, updated_at = now() FROM before b
      WHERE t.account_id = b.account_id AND t.id = b.id AND ${allowed}
        AND (${differs.length === 0 ? sql`false` : sql.join(differs, sql` OR `)})
      RETURNING t.*),
    logged AS (${recordEvents(authorship, eventsOf(set, touchesMembers))})
    SELECT ${adds ? sql`(SELECT ${missingSummary(sql`id`)} FROM missing HAVING count(*) > 0)` : sql`NULL::json`} AS missing,
      ${moves ? sql`EXISTS (SELECT FROM cycle)` : sql`false`} AS circular, ${leads ? hasLead(values) : sql`true`} AS has_lead, b.version AS version_before, a.id IS NOT NULL AS changed, r.*
    FROM before b LEFT JOIN after a ON a.id = b.id, LATERAL (
      SELECT ${teamColumns('a')} WHERE a.id IS NOT NULL UNION ALL SELECT ${teamColumns('b')} WHERE a.id IS NULL) r`;
}

/** Whoever is named: the newcomers as `found`, and with the lead among them as `people`. */
function peopleHeld(adds: boolean, leads: boolean, update: TeamUpdateValues): RawBuilder<unknown> {
  const { authorship, wanted, values } = update;
  const newcomers = sql`${wanted.uuids}::uuid[]`;
  const hold = (ids: RawBuilder<unknown>) => heldPeople(authorship.accountId, ids);
  if (!leads) return adds ? sql`found AS MATERIALIZED (${hold(newcomers)}),` : sql``;
  const lead = sql`${values.leadId}::uuid`;
  if (!adds) return sql`people AS MATERIALIZED (${hold(sql`ARRAY[${lead}]`)}),`;
  return sql`people AS MATERIALIZED (${hold(sql`${newcomers} || ${lead}`)}),
    found AS MATERIALIZED (SELECT p.id, p.label FROM people p WHERE p.id = ANY(${newcomers})),`;
}

/** Within `people`: is there nobody who shall lead, or somebody who is in the directory? */
const hasLead = ({ leadId }: TeamProperties): RawBuilder<unknown> =>
  sql`(${leadId}::uuid IS NULL OR ${leadId}::uuid IN (SELECT id FROM people))`;

const cycleClosedBy = ({ parentId }: TeamProperties): RawBuilder<unknown> =>
  sql`cycle AS MATERIALIZED (
    SELECT b.id FROM before b WHERE team_is_part_of(b.account_id, ${parentId}::uuid, b.id)),`;

/** Who comes and who goes: only what the mode has, since a single newcomer is what is asked for most. */
function memberChanges(
  mode: Exclude<MemberMode, 'kept'>,
  allowed: RawBuilder<unknown>,
  update: TeamUpdateValues,
): RawBuilder<unknown> {
  const { authorship, wanted } = update;
  const [adds, drops] = [mode !== 'removed', mode !== 'added'];
  const account = sql`${authorship.accountId}::uuid`;
  return sql`
    ${
      adds
        ? sql`found_teams AS MATERIALIZED (${foundTeams(wanted.uuids)}),
          missing AS MATERIALIZED (${missingMembers(wanted)}),`
        : sql``
    }
    ${drops ? leavers(mode === 'replaced', update, allowed) : sql``}
    ${adds ? newcomers(allowed) : sql``}
    moved AS (${sql.join([...(drops ? [left(account)] : []), ...(adds ? [joined] : [])], sql` UNION ALL `)}),`;
}

/** Where all others leave, that is also whoever joined while the team was being waited for. */
function leavers(
  areAllOthers: boolean,
  { wanted, unwanted }: TeamUpdateValues,
  allowed: RawBuilder<unknown>,
): RawBuilder<unknown> {
  if (areAllOthers) {
    // Without a team nobody leaves. A condition beside the call might be looked at only after it.
    const drop = (kind: 'members' | 'teams') => sql`SELECT o.id FROM before b,
      ${sql.raw(`drop_other_${kind}`)}(b.account_id, CASE WHEN ${allowed} THEN b.id END, ${wanted.uuids}::uuid[]) AS o (id)`;
    return sql`removed AS MATERIALIZED (${drop('members')}), removed_teams AS MATERIALIZED (${drop('teams')}),`;
  }
  return sql`removed AS (
      DELETE FROM memberships m USING before b
      WHERE m.account_id = b.account_id AND m.team_id = b.id AND m.user_id = ANY(${unwanted}::uuid[]) AND ${allowed}
      RETURNING m.user_id AS id),
    removed_teams AS (
      DELETE FROM nested_teams n USING before b
      WHERE n.account_id = b.account_id AND n.team_id = b.id AND n.nested_id = ANY(${unwanted}::uuid[]) AND ${allowed}
      RETURNING n.nested_id AS id),`;
}

const newcomers = (allowed: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`added AS (
      INSERT INTO memberships (account_id, team_id, user_id)
      SELECT b.account_id, b.id, f.id FROM before b, found f WHERE ${allowed}
      ON CONFLICT DO NOTHING RETURNING user_id AS id),
    added_teams AS (
      INSERT INTO nested_teams (account_id, team_id, nested_id)
      SELECT b.account_id, b.id, f.id FROM before b, found_teams f WHERE ${allowed}
      ON CONFLICT DO NOTHING RETURNING nested_id AS id),`;

const left = (account: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`SELECT 'TEAM_MEMBER_REMOVED' AS event, 'USER' AS type, u.id, coalesce(u.display_name, u.user_name) AS label
      FROM removed r JOIN users u ON u.account_id = ${account} AND u.id = r.id
    UNION ALL SELECT 'TEAM_MEMBER_REMOVED', 'TEAM', t.id, t.display_name
      FROM removed_teams r JOIN teams t ON t.account_id = ${account} AND t.id = r.id`;

const joined = sql`SELECT 'TEAM_MEMBER_ADDED' AS event, 'USER' AS type, f.id, f.label FROM added a JOIN found f ON f.id = a.id
    UNION ALL SELECT 'TEAM_MEMBER_ADDED', 'TEAM', f.id, f.label FROM added_teams a JOIN found_teams f ON f.id = a.id`;

function eventsOf(set: readonly TeamProperty[], touchesMembers: boolean): RawBuilder<unknown> {
  const tracked = set.map((field) => ({ field, column: columns[field].column }));
  const differs = tracked.map(
    ({ column }) => sql`a.${sql.ref(column)} IS DISTINCT FROM b.${sql.ref(column)}`,
  );
  const updated = sql`SELECT 'TEAM_UPDATED', 'TEAM', a.id, a.display_name, NULL::text, NULL::uuid, NULL::text,
      ${changesOf(tracked.map((property) => comparedColumn('b', 'a', property)))} FROM after a JOIN before b ON b.id = a.id
    WHERE ${differs.length === 0 ? sql`false` : sql.join(differs, sql` OR `)}`;
  if (!touchesMembers) return updated;
  return sql`${updated}
    UNION ALL SELECT m.event, 'TEAM', a.id, a.display_name, m.type, m.id, m.label, '[]'::jsonb FROM after a, moved m`;
}

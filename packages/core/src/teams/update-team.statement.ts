import { type CompiledQuery, type RawBuilder, sql } from 'kysely';
import { defineStatements } from '../database/statement.ts';
import { takeTurn } from '../database/turn.ts';
import type { Authorship } from '../events/event.ts';
import { changesOf, comparedColumn, recordEvents } from '../events/record-events.ts';
import { foundMembers, missingMembers, type WantedMembers } from './members.ts';
import { type TeamRecord, teamColumns, visibleTeams } from './team-record.ts';
import type { TeamProperties } from './team-rules.ts';

const columns = {
  displayName: { column: 'display_name', type: 'text' },
  externalId: { column: 'external_id', type: 'text' },
  parentId: { column: 'parent_id', type: 'uuid' },
  leadId: { column: 'lead_id', type: 'uuid' },
} as const;

type TeamProperty = keyof typeof columns;

export const teamProperties: readonly TeamProperty[] = ['displayName', 'externalId', 'parentId', 'leadId'];

/** What becomes of the members: nothing, some come and go, or all are said anew. */
export type MemberMode = 'kept' | 'changed' | 'replaced';

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
  readonly missing: readonly string[] | null;
};

/** The statement for an update; its text is made once for each shape. */
export const updateStatement = (
  shape: TeamUpdateShape,
  values: TeamUpdateValues,
): CompiledQuery<UpdatedTeamRow> => family(JSON.stringify(shape), values);

const family = defineStatements<string, TeamUpdateValues, UpdatedTeamRow>((text) => {
  const shape: TeamUpdateShape = JSON.parse(text);
  return (values) => build(shape, values);
});

/** The team's row is locked first: members come and go one after the other, and their events in that order. */
function build(
  { set, members, connected }: TeamUpdateShape,
  update: TeamUpdateValues,
): RawBuilder<UpdatedTeamRow> {
  const { authorship, id, ifVersion, values } = update;
  const { accountId, connectionId } = authorship;
  const version = sql`${ifVersion}::int`;
  const touchesMembers = members !== 'kept';
  const assignments = set.map((field) => ({
    column: sql.ref(columns[field].column),
    value: sql`${values[field]}::${sql.raw(columns[field].type)}`,
  }));
  const differs = assignments.map(({ column, value }) => sql`b.${column} IS DISTINCT FROM ${value}`);
  if (touchesMembers) differs.push(sql`EXISTS (SELECT FROM removed)`, sql`EXISTS (SELECT FROM added)`);
  return sql<UpdatedTeamRow>`
    WITH turn AS MATERIALIZED (${takeTurn(accountId, id)}),
    before AS MATERIALIZED (
      SELECT ${teamColumns('t')} FROM teams t
      WHERE ${visibleTeams(accountId, connected ? connectionId : null)} AND t.id = ${id}::uuid
        AND (SELECT count(*) FROM turn) = 1 AND keeps_order(t.xmin) FOR NO KEY UPDATE OF t),
    ${touchesMembers ? memberChanges(members, update) : sql``}
    after AS (
      UPDATE teams t SET ${sql.join(
        assignments.map(({ column, value }) => sql`${column} = ${value}, `),
        sql``,
      )} version = b.version + 1, updated_at = now() FROM before b
      WHERE t.account_id = b.account_id AND t.id = b.id AND (${version} IS NULL OR b.version = ${version})
        ${touchesMembers ? sql`AND NOT EXISTS (SELECT FROM missing)` : sql``}
        AND (${differs.length === 0 ? sql`false` : sql.join(differs, sql` OR `)})
      RETURNING t.*),
    logged AS (${recordEvents(authorship, eventsOf(set, touchesMembers))})
    SELECT ${touchesMembers ? sql`(SELECT array_agg(id) FROM missing)` : sql`NULL::text[]`} AS missing,
      b.version AS version_before, a.id IS NOT NULL AS changed, r.*
    FROM before b LEFT JOIN after a ON a.id = b.id, LATERAL (
      SELECT ${teamColumns('a')} WHERE a.id IS NOT NULL UNION ALL SELECT ${teamColumns('b')} WHERE a.id IS NULL) r`;
}

function memberChanges(members: 'changed' | 'replaced', update: TeamUpdateValues): RawBuilder<unknown> {
  const { authorship, ifVersion, wanted, unwanted } = update;
  const version = sql`${ifVersion}::int`;
  const allowed = sql`(${version} IS NULL OR b.version = ${version}) AND NOT EXISTS (SELECT FROM missing)`;
  const leavers =
    members === 'replaced'
      ? sql`m.user_id <> ALL(${wanted.uuids}::uuid[])`
      : sql`m.user_id = ANY(${unwanted}::uuid[])`;
  return sql`found AS MATERIALIZED (${foundMembers(authorship.accountId, wanted)}),
    missing AS MATERIALIZED (${missingMembers(wanted)}),
    removed AS (
      DELETE FROM memberships m USING before b
      WHERE m.account_id = b.account_id AND m.team_id = b.id AND ${leavers} AND ${allowed} RETURNING m.user_id),
    added AS (
      INSERT INTO memberships (account_id, team_id, user_id)
      SELECT b.account_id, b.id, f.id FROM before b, found f WHERE ${allowed}
      ON CONFLICT DO NOTHING RETURNING user_id),`;
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
  return sql`${updated}
    UNION ALL SELECT 'TEAM_MEMBER_REMOVED', 'TEAM', a.id, a.display_name, 'USER', u.id,
        coalesce(u.display_name, u.user_name), '[]'::jsonb
      FROM after a, removed r JOIN users u ON u.account_id = (SELECT account_id FROM before) AND u.id = r.user_id
    UNION ALL SELECT 'TEAM_MEMBER_ADDED', 'TEAM', a.id, a.display_name, 'USER', f.id, f.label, '[]'::jsonb
      FROM after a, added d JOIN found f ON f.id = d.user_id`;
}

import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../../database/database.ts';
import { defineStatement, defineStatements, rowsOf } from '../../database/statement.ts';
import { authorshipIn, recordEvents, unrelated } from '../../events/record-events.ts';
import type { Authorship, PropertyChange } from '../../model/event.ts';
import type { TeamFace, TeamsPlan } from './plan-teams.ts';
import { byIndex } from './read-teams.ts';

/** Writes the plan with its events; a constant number of statements, and none for what stays as it is. */
export async function writeTeams(db: Sql, authorship: Authorship, plan: TeamsPlan): Promise<void> {
  const { accountId } = authorship;
  const { created, changed, kept, dissolved, forgotten, joins, leaves, fills, drains } = plan;
  const renamed = changed.filter(({ before, after }) => before.displayName !== after.displayName);
  const rows = [...joins, ...leaves, ...fills, ...drains];
  const isPassedOn = forgotten.length > 0 || (renamed.length > 0 && renamed.length + created.length > 1);
  const others = [...idsOf(dissolved), ...rows.map(({ team_id }) => team_id)];
  // What nothing else is written of is held by the statement that changes it.
  const held = isPassedOn || others.length > 0 ? [...idsOf(changed), ...others] : [];
  if (held.length > 0) await rowsOf(holdTeams({ accountId, ids: [...new Set(held)] }), db);
  if (isPassedOn)
    await rowsOf(makeRoom({ accountId, forgotten, ids: [...idsOf(dissolved), ...idsOf(renamed)] }), db);
  if (created.length + changed.length + kept.length > 0) await writeFaces(db, authorship, plan);
  if (rows.length > 0) await writeMembers(db, authorship, plan);
  if (dissolved.length > 0) await rowsOf(dissolve({ authorship, doomed: JSON.stringify(dissolved) }), db);
}

const idsOf = (teams: readonly { readonly id: string }[]): string[] => teams.map(({ id }) => id);

interface TeamIds {
  readonly accountId: string;
  readonly ids: readonly string[];
}

/** Whoever leaves the directory leaves teams without their lock: their events and ours stay in order. */
const heldTeams = (account: RawBuilder<unknown>, ids: RawBuilder<unknown>): RawBuilder<unknown> => sql`
    SELECT t.id FROM teams t WHERE t.account_id = ${account} AND t.id = ANY(${ids})
      AND keeps_order(t.xmin) ORDER BY t.id FOR UPDATE OF t`;

const holdTeams = defineStatement<TeamIds, unknown>((param) =>
  heldTeams(sql`${param('accountId')}::uuid`, sql`${param('ids')}::uuid[]`),
);

/** Names that are to pass from one team to another are free in between. */
const makeRoom = defineStatement<TeamIds & { readonly forgotten: readonly string[] }, unknown>(
  (param) => sql`
    WITH forgotten AS (
      DELETE FROM org_teams o WHERE o.account_id = ${param('accountId')}::uuid AND o.team_id = ANY(${param('forgotten')}::uuid[]))
    UPDATE teams t SET display_name = t.id::text WHERE t.account_id = ${param('accountId')}::uuid
      AND t.id = ANY(${param('ids')}::uuid[])`,
);

function changesBetween(before: TeamFace | undefined, after: TeamFace): PropertyChange[] {
  const fields = ['displayName', 'origin', 'parentId', 'leadId'] as const;
  return fields
    .map((field) => ({ field, before: before?.[field] ?? null, after: after[field] }))
    .filter((change) => change.before !== change.after);
}

async function writeFaces(
  db: Sql,
  authorship: Authorship,
  { created, changed, kept }: TeamsPlan,
): Promise<void> {
  const events = [
    ...created.map(({ id, face }) => ({
      type: 'TEAM_CREATED',
      id,
      label: face.displayName,
      changes: changesBetween(undefined, face),
    })),
    ...changed.map(({ id, before, after }) => ({
      type: 'TEAM_UPDATED',
      id,
      label: after.displayName,
      changes: changesBetween(before, after),
    })),
  ];
  const values = {
    authorship,
    created: JSON.stringify(created.map(({ id, face }) => ({ id, ...face }))),
    changed: JSON.stringify(changed.map(({ id, after }) => ({ id, ...after }))),
    kept: JSON.stringify(kept),
    events: JSON.stringify(events),
  };
  await rowsOf(facesStatement(values), db);
}

/** Rows as JSON, but for the authorship. */
interface FacesValues {
  readonly authorship: Authorship;
  readonly created: string;
  readonly changed: string;
  readonly kept: string;
  readonly events: string;
}

/** Teams as rows c. */
const faceRows = (faces: RawBuilder<unknown>): RawBuilder<unknown> => sql`jsonb_to_recordset(${faces}::jsonb)
  AS c (id uuid, "displayName" text, "parentId" uuid, "leadId" uuid, origin text)`;

const facesStatement = defineStatement<FacesValues, unknown>((param) => {
  const authorship = authorshipIn(param);
  const account = sql`${authorship.accountId}::uuid`;
  return sql`
    WITH created AS (
      INSERT INTO teams (account_id, id, display_name, parent_id, lead_id, origin)
      SELECT ${account}, c.* FROM ${faceRows(param('created'))}),
    changing AS MATERIALIZED (SELECT * FROM ${faceRows(param('changed'))}),
    held AS MATERIALIZED (${heldTeams(account, sql`ARRAY(SELECT c.id FROM changing c)`)}),
    changed AS (
      UPDATE teams t SET display_name = c."displayName", parent_id = c."parentId", lead_id = c."leadId",
        origin = c.origin, version = t.version + 1, updated_at = now()
      FROM held h JOIN changing c ON c.id = h.id WHERE t.account_id = ${account} AND t.id = h.id),
    kept AS (
      INSERT INTO org_teams (account_id, team_id, manager_id, department, name, claim, is_adopted, points_to, on_cycle)
      SELECT ${account}, k.* FROM jsonb_to_recordset(${param('kept')}::jsonb) AS k (team_id uuid,
        manager_id uuid, department text, name text, claim text, is_adopted boolean, points_to text, on_cycle boolean)
      ON CONFLICT (account_id, team_id) DO UPDATE SET manager_id = excluded.manager_id, department = excluded.department,
        name = excluded.name, claim = excluded.claim, is_adopted = excluded.is_adopted, points_to = excluded.points_to,
        on_cycle = excluded.on_cycle)
    ${recordEvents(
      authorship,
      sql`SELECT e.type, 'TEAM', e.id, e.label, ${unrelated}, e.changes
        FROM jsonb_to_recordset(${param('events')}::jsonb) AS e (type text, id uuid, label text, changes jsonb)`,
    )}`;
});

async function writeMembers(db: Sql, authorship: Authorship, plan: TeamsPlan): Promise<void> {
  const { created, changed, joins, leaves, fills, drains } = plan;
  const values = {
    authorship,
    written: [...idsOf(created), ...idsOf(changed)],
    joins: JSON.stringify(joins),
    leaves: JSON.stringify(leaves),
    fills: JSON.stringify(fills),
    drains: JSON.stringify(drains),
  };
  await rowsOf(membersStatement(fills.length + drains.length > 0 ? 'groups too' : 'people', values), db);
}

/** Rows as JSON, but for the authorship and the ids of teams whose version is written already. */
interface MembersValues {
  readonly authorship: Authorship;
  readonly written: readonly string[];
  readonly joins: string;
  readonly leaves: string;
  readonly fills: string;
  readonly drains: string;
}

/** Most often one person joins one team, and nobody asks for everybody of a department or of a manager. */
type MembersShape = 'people' | 'groups too';

const membersStatement = defineStatements<MembersShape, MembersValues, unknown>((shape, param) => {
  const authorship = authorshipIn(param);
  const account = sql`${authorship.accountId}::uuid`;
  const people = (members: RawBuilder<unknown>, groups: RawBuilder<unknown>) =>
    shape === 'people' ? named(members) : sql`${named(members)} UNION ${everybodyOf(account, groups)}`;
  // One row after the other, by index: PostgreSQL would rather read a whole table than believe how few they are.
  return sql`
    WITH joining AS MATERIALIZED (${people(param('joins'), param('fills'))}),
    leaving AS MATERIALIZED (${people(param('leaves'), param('drains'))}),
    joined AS (
      INSERT INTO memberships (account_id, team_id, user_id) SELECT ${account}, j.team_id, j.user_id FROM joining j
      ON CONFLICT DO NOTHING RETURNING team_id, user_id),
    gone AS (
      DELETE FROM memberships m USING leaving l
      WHERE m.account_id = ${account} AND m.team_id = l.team_id AND m.user_id = l.user_id RETURNING m.team_id, m.user_id),
    touched AS (
      UPDATE teams t SET version = t.version + 1, updated_at = now() WHERE t.account_id = ${account}
        AND t.id = ANY(ARRAY(SELECT team_id FROM joined UNION SELECT team_id FROM gone)) AND t.id <> ALL(${param('written')}::uuid[]))
    ${recordEvents(
      authorship,
      sql`SELECT e.type, 'TEAM', e.team_id, e.name, 'USER', e.user_id, (SELECT coalesce(u.display_name, u.user_name)
          FROM users u WHERE u.account_id = ${account} AND u.id = e.user_id), '[]'::jsonb
        FROM (SELECT 'TEAM_MEMBER_REMOVED' AS type, l.* FROM leaving l JOIN gone USING (team_id, user_id)
          UNION ALL SELECT 'TEAM_MEMBER_ADDED', j.* FROM joining j JOIN joined USING (team_id, user_id)) e
        ORDER BY e.type DESC, e.name, e.user_id`,
    )}`;
});

/** These people: team_id, name, user_id. */
const named = (members: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`SELECT m.* FROM jsonb_to_recordset(${members}::jsonb) AS m (team_id uuid, name text, user_id uuid)`;

/** Everybody of these departments and managers: team_id, name, user_id. */
function everybodyOf(account: RawBuilder<unknown>, groups: RawBuilder<unknown>): RawBuilder<unknown> {
  const everybody = (where: RawBuilder<unknown>) => sql`SELECT g.team_id, g.name, p.user_id
    FROM jsonb_to_recordset(${groups}::jsonb) AS g (team_id uuid, name text, department text, manager_id uuid),
      ${byIndex(sql`org_people p WHERE p.account_id = ${account} AND p.is_member AND ${where}`)} p`;
  return sql`${everybody(sql`p.department = g.department COLLATE "C"`)}
    UNION ${everybody(sql`p.manager_id = g.manager_id AND NOT p.on_cycle`)}`;
}

/** Deletes teams that nothing stands for any more, with whatever else somebody tied to them by hand. */
const dissolve = defineStatement<{ readonly authorship: Authorship; readonly doomed: string }, unknown>(
  (param) => {
    const authorship = authorshipIn(param);
    const account = sql`${authorship.accountId}::uuid`;
    return sql`
    WITH doomed AS MATERIALIZED (SELECT * FROM jsonb_to_recordset(${param('doomed')}::jsonb) AS d (id uuid, name text)),
    emptied AS (
      DELETE FROM memberships m USING doomed d WHERE m.account_id = ${account} AND m.team_id = d.id
      RETURNING d.id AS team_id, d.name, m.user_id),
    taken_out AS (
      DELETE FROM nested_teams n USING doomed d WHERE n.account_id = ${account} AND n.nested_id = d.id
      RETURNING n.team_id, d.id, d.name),
    left_alone AS (
      DELETE FROM nested_teams n USING doomed d WHERE n.account_id = ${account} AND n.team_id = d.id
        AND n.nested_id NOT IN (SELECT id FROM doomed) RETURNING d.id AS team_id, d.name, n.nested_id),
    orphaned AS (
      UPDATE teams t SET parent_id = NULL, version = t.version + 1, updated_at = now() FROM doomed d
      WHERE t.account_id = ${account} AND t.parent_id = d.id AND t.id NOT IN (SELECT id FROM doomed)
      RETURNING t.id, t.display_name, d.id AS parent_id),
    outer_touched AS (
      UPDATE teams t SET version = t.version + 1, updated_at = now() WHERE t.account_id = ${account}
        AND t.id IN (SELECT team_id FROM taken_out) AND t.id NOT IN (SELECT id FROM doomed UNION SELECT id FROM orphaned)),
    deleted AS (DELETE FROM teams t USING doomed d WHERE t.account_id = ${account} AND t.id = d.id)
    ${recordEvents(
      authorship,
      sql`SELECT 'TEAM_MEMBER_REMOVED', 'TEAM', e.team_id, e.name, 'USER', u.id, coalesce(u.display_name, u.user_name),
          '[]'::jsonb FROM emptied e JOIN users u ON u.account_id = ${account} AND u.id = e.user_id
        UNION ALL SELECT 'TEAM_MEMBER_REMOVED', 'TEAM', t.id, t.display_name, 'TEAM', o.id, o.name, '[]'::jsonb
          FROM taken_out o JOIN teams t ON t.account_id = ${account} AND t.id = o.team_id
        UNION ALL SELECT 'TEAM_MEMBER_REMOVED', 'TEAM', a.team_id, a.name, 'TEAM', t.id, t.display_name, '[]'::jsonb
          FROM left_alone a JOIN teams t ON t.account_id = ${account} AND t.id = a.nested_id
        UNION ALL SELECT 'TEAM_UPDATED', 'TEAM', o.id, o.display_name, ${unrelated}, jsonb_build_array(
          jsonb_build_object('field', 'parentId', 'before', o.parent_id, 'after', NULL)) FROM orphaned o
        UNION ALL SELECT 'TEAM_DELETED', 'TEAM', d.id, d.name, ${unrelated}, '[]'::jsonb FROM doomed d`,
    )}`;
  },
);

import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import type { Authorship, PropertyChange } from '../events/event.ts';
import { recordEvents } from '../events/record-events.ts';
import type { GroupRow, MemberRow, TeamFace, TeamsPlan } from './plan-teams.ts';

const json = (rows: unknown): RawBuilder<unknown> => sql`${JSON.stringify(rows)}::jsonb`;
/** Writes the plan with its events; a constant number of statements, and none for what stays as it is. */
export async function writeTeams(db: Sql, authorship: Authorship, plan: TeamsPlan): Promise<void> {
  const { created, changed, kept, dissolved, forgotten, joins, leaves, fills, drains } = plan;
  const touched = [...changed, ...dissolved].map(({ id }) => id);
  const members = [...joins, ...leaves, ...fills, ...drains].map(({ team_id }) => team_id);
  await holdTeams(db, authorship.accountId, new Set([...touched, ...members]));
  const renamed = changed.filter(({ before, after }) => before.displayName !== after.displayName);
  if (forgotten.length > 0 || renamed.length > 0)
    await makeRoom(
      db,
      authorship.accountId,
      plan,
      [...dissolved, ...renamed].map(({ id }) => id),
    );
  if (created.length + changed.length + kept.length > 0) await writeFaces(db, authorship, plan);
  if (joins.length + leaves.length + fills.length + drains.length > 0)
    await writeMembers(db, authorship, plan);
  if (dissolved.length > 0) await dissolve(db, authorship, plan);
}

/** Whoever leaves the directory leaves teams without waiting for their turn: their events and ours stay in order. */
const holdTeams = (db: Sql, accountId: string, ids: ReadonlySet<string>) =>
  sql`SELECT t.id FROM teams t WHERE t.account_id = ${accountId}::uuid AND t.id = ANY(${[...ids]}::uuid[])
    AND keeps_order(t.xmin) ORDER BY t.id FOR UPDATE OF t`.execute(db);

/** Names that are to pass from one team to another are free in between. */
const makeRoom = (db: Sql, accountId: string, { forgotten }: TeamsPlan, ids: readonly string[]) =>
  sql`WITH forgotten AS (
      DELETE FROM org_teams o WHERE o.account_id = ${accountId}::uuid AND o.team_id = ANY(${[...forgotten]}::uuid[]))
    UPDATE teams t SET display_name = t.id::text WHERE t.account_id = ${accountId}::uuid
      AND t.id = ANY(${[...ids]}::uuid[])`.execute(db);

/** Teams as rows: id, display_name, parent_id, lead_id, origin. */
const faceRows = (teams: readonly { readonly id: string; readonly face: TeamFace }[]): RawBuilder<unknown> =>
  sql`unnest(${teams.map(({ id }) => id)}::uuid[], ${teams.map(({ face }) => face.displayName)}::text[],
    ${teams.map(({ face }) => face.parentId)}::uuid[], ${teams.map(({ face }) => face.leadId)}::uuid[],
    ${teams.map(({ face }) => face.origin)}::text[]) AS c (id, display_name, parent_id, lead_id, origin)`;

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
  const account = sql`${authorship.accountId}::uuid`;
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
  await sql`
    WITH created AS (
      INSERT INTO teams (account_id, id, display_name, parent_id, lead_id, origin)
      SELECT ${account}, c.* FROM ${faceRows(created)}),
    changed AS (
      UPDATE teams t SET display_name = c.display_name, parent_id = c.parent_id, lead_id = c.lead_id, origin = c.origin,
        version = t.version + 1, updated_at = now()
      FROM ${faceRows(changed.map(({ id, after }) => ({ id, face: after })))}
      WHERE t.account_id = ${account} AND t.id = c.id),
    kept AS (
      INSERT INTO org_teams (account_id, team_id, manager_id, department, name, claim, is_adopted, points_to)
      SELECT ${account}, k.* FROM jsonb_to_recordset(${json(kept)}) AS k (team_id uuid, manager_id uuid, department text,
        name text, claim text, is_adopted boolean, points_to text)
      ON CONFLICT (account_id, team_id) DO UPDATE SET manager_id = excluded.manager_id, department = excluded.department,
        name = excluded.name, claim = excluded.claim, is_adopted = excluded.is_adopted, points_to = excluded.points_to)
    ${recordEvents(
      authorship,
      sql`SELECT e.type, 'TEAM', e.id, e.label, NULL::text, NULL::uuid, NULL::text, e.changes
        FROM jsonb_to_recordset(${json(events)}) AS e (type text, id uuid, label text, changes jsonb)`,
    )}`.execute(db);
}

/** The parts of the statement are there only for what there is: most often one person joins one team. */
async function writeMembers(db: Sql, authorship: Authorship, plan: TeamsPlan): Promise<void> {
  const account = sql`${authorship.accountId}::uuid`;
  const written = [...plan.created, ...plan.changed].map(({ id }) => id);
  // One row after the other, by index: PostgreSQL would rather read a whole table than believe how few they are.
  await sql`
    WITH joining AS MATERIALIZED (${peopleOf(account, plan.joins, plan.fills)}),
    leaving AS MATERIALIZED (${peopleOf(account, plan.leaves, plan.drains)}),
    joined AS (
      INSERT INTO memberships (account_id, team_id, user_id) SELECT ${account}, j.team_id, j.user_id FROM joining j
      ON CONFLICT DO NOTHING RETURNING team_id, user_id),
    gone AS (
      DELETE FROM memberships m USING leaving l
      WHERE m.account_id = ${account} AND m.team_id = l.team_id AND m.user_id = l.user_id RETURNING m.team_id, m.user_id),
    touched AS (
      UPDATE teams t SET version = t.version + 1, updated_at = now() WHERE t.account_id = ${account}
        AND t.id = ANY(ARRAY(SELECT team_id FROM joined UNION SELECT team_id FROM gone)) AND t.id <> ALL(${written}::uuid[]))
    ${recordEvents(
      authorship,
      sql`SELECT e.type, 'TEAM', e.team_id, e.name, 'USER', e.user_id, (SELECT coalesce(u.display_name, u.user_name)
          FROM users u WHERE u.account_id = ${account} AND u.id = e.user_id), '[]'::jsonb
        FROM (SELECT 'TEAM_MEMBER_REMOVED' AS type, l.* FROM leaving l JOIN gone USING (team_id, user_id)
          UNION ALL SELECT 'TEAM_MEMBER_ADDED', j.* FROM joining j JOIN joined USING (team_id, user_id)) e`,
    )}`.execute(db);
}

/** These people, and everybody of these departments and managers: team_id, name, user_id. */
function peopleOf(
  account: RawBuilder<unknown>,
  members: readonly MemberRow[],
  groups: readonly GroupRow[],
): RawBuilder<unknown> {
  const named = sql`SELECT * FROM unnest(${members.map(({ team_id }) => team_id)}::uuid[],
    ${members.map(({ name }) => name)}::text[], ${members.map(({ user_id }) => user_id)}::uuid[]) AS m (team_id, name, user_id)`;
  if (groups.length === 0) return named;
  const rows = sql`unnest(${groups.map(({ team_id }) => team_id)}::uuid[], ${groups.map(({ name }) => name)}::text[],
    ${groups.map(({ department }) => department)}::text[], ${groups.map(({ manager_id }) => manager_id)}::uuid[])
    AS g (team_id, name, department, manager_id)`;
  const everybody = (
    where: RawBuilder<unknown>,
  ) => sql`SELECT g.team_id, g.name, p.user_id FROM ${rows}, LATERAL (
    SELECT p.user_id FROM org_people p WHERE p.account_id = ${account} AND p.is_member AND ${where} OFFSET 0) p`;
  return sql`${named} UNION ${everybody(sql`p.department = g.department COLLATE "C"`)}
    UNION ${everybody(sql`p.manager_id = g.manager_id AND NOT p.on_cycle`)}`;
}

/** Deletes teams that nothing stands for any more, with whatever else somebody tied to them by hand. */
async function dissolve(db: Sql, authorship: Authorship, { dissolved }: TeamsPlan): Promise<void> {
  const account = sql`${authorship.accountId}::uuid`;
  await sql`
    WITH doomed AS MATERIALIZED (SELECT * FROM jsonb_to_recordset(${json(dissolved)}) AS d (id uuid, name text)),
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
        UNION ALL SELECT 'TEAM_UPDATED', 'TEAM', o.id, o.display_name, NULL, NULL, NULL, jsonb_build_array(
          jsonb_build_object('field', 'parentId', 'before', o.parent_id, 'after', NULL)) FROM orphaned o
        UNION ALL SELECT 'TEAM_DELETED', 'TEAM', d.id, d.name, NULL, NULL, NULL, '[]'::jsonb FROM doomed d`,
    )}`.execute(db);
}

import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import { caseless, spellingOf } from './department-name.ts';
import type { KnownPerson, People, PersonChange } from './people.ts';
import { byIndex, isThere } from './read-teams.ts';
import type { OrgSettings } from './settings.ts';

interface FactsRow {
  readonly id: string;
  readonly is_asked: boolean;
  readonly known: KnownPerson | null;
  /** Null for whoever is deprovisioned, or was never here. */
  readonly facts: {
    readonly is_member: boolean;
    readonly value: string | null;
    readonly label: string;
    readonly user_name: string;
    readonly manager_id: string | null;
    readonly is_manager_known: boolean;
  } | null;
}

/**
 * What is known of these people and what they are now; also of those who report to somebody of them who arrives or
 * leaves. One statement.
 */
async function readFacts(
  db: Sql,
  accountId: string,
  { createTeams, value }: OrgSettings,
  ids: readonly string[],
): Promise<FactsRow[]> {
  const account = sql`${accountId}::uuid`;
  const statement: RawBuilder<FactsRow> = sql`
    WITH asked AS MATERIALIZED (
      SELECT a.id, p.user_id IS NOT NULL AS is_known, ${createTeams !== 'NONE'} AND ${isThere(sql`users u
          WHERE u.account_id = ${account} AND u.id = a.id AND u.status <> 'DEPROVISIONED'`)} AS is_here
      FROM (SELECT DISTINCT unnest(${[...ids]}::uuid[]) AS id) a
      LEFT JOIN ${byIndex(sql`org_people p WHERE p.account_id = ${account} AND p.user_id = a.id`)} p ON true),
    concerned AS MATERIALIZED (
      SELECT a.id FROM asked a
      UNION SELECT r.id FROM asked a, ${byIndex(sql`users r WHERE r.account_id = ${account} AND r.manager_id = a.id`)} r
        WHERE a.is_here AND NOT a.is_known
      UNION SELECT r.user_id FROM asked a, ${byIndex(sql`org_people r WHERE r.account_id = ${account} AND r.manager_id = a.id`)} r
        WHERE a.is_known AND NOT a.is_here)
    SELECT c.id, EXISTS (SELECT FROM asked a WHERE a.id = c.id) AS is_asked, row_to_json(p) AS known,
      CASE WHEN u.id IS NULL THEN NULL ELSE json_build_object('is_member', u.status = 'ACTIVE', 'value', ${value},
        'label', coalesce(u.display_name, u.user_name), 'user_name', u.user_name, 'manager_id', u.manager_id,
        'is_manager_known', ${isThere(sql`org_people m WHERE m.account_id = ${account} AND m.user_id = u.manager_id`)}
      ) END AS facts
    FROM concerned c
    LEFT JOIN ${byIndex(sql`org_people p WHERE p.account_id = ${account} AND p.user_id = c.id`)} p ON true
    LEFT JOIN ${byIndex(sql`users u WHERE u.account_id = ${account} AND u.id = c.id AND u.status <> 'DEPROVISIONED'`)} u ON true`;
  return (await statement.execute(db)).rows;
}

/** What is new of these people, and of those who report to somebody of them who arrives or leaves; one statement. */
export async function readChanges(
  db: Sql,
  accountId: string,
  settings: OrgSettings,
  ids: readonly string[],
): Promise<PersonChange[]> {
  const rows = await readFacts(db, accountId, settings, ids);
  const isHere = ({ facts, is_asked }: FactsRow) =>
    facts !== null && (settings.createTeams !== 'NONE' || !is_asked);
  const here = new Map(rows.map((row) => [row.id, isHere(row)]));
  return rows.map((row) => {
    const { id, known, facts } = row;
    const before = known === null ? undefined : knownPerson(known);
    if (facts === null || !isHere(row)) return { id, before, after: undefined };
    const { manager_id } = facts;
    const hasManager = manager_id !== null && (here.get(manager_id) ?? facts.is_manager_known);
    const spelling = spellingOf(facts.value);
    const after = knownPerson({
      ...facts,
      user_id: id,
      department: spelling === null ? null : caseless(spelling),
      spelling,
      manager_id: hasManager ? manager_id : null,
      on_cycle: before?.on_cycle ?? false,
    });
    return { id, before, after };
  });
}

/** A person with nothing else, always in one order, so that two can be compared. */
const knownPerson = (row: KnownPerson): KnownPerson => ({
  user_id: row.user_id,
  is_member: row.is_member,
  department: row.department,
  spelling: row.spelling,
  label: row.label,
  user_name: row.user_name,
  manager_id: row.manager_id,
  on_cycle: row.on_cycle,
});

/**
 * Everybody around these changes, as they were: on the lines of managers above them, old and new, and the reports of
 * those whose department changes. One statement.
 */
export async function readPeopleAround(
  db: Sql,
  accountId: string,
  changes: readonly PersonChange[],
): Promise<People> {
  const account = sql`${accountId}::uuid`;
  const starts = changes.flatMap(({ id, after }) => [
    id,
    ...(after?.manager_id == null ? [] : [after.manager_id]),
  ]);
  const movers = changes
    .filter(({ before, after }) => before !== undefined && before.department !== after?.department)
    .map(({ id }) => id);
  const statement: RawBuilder<KnownPerson> = sql`
    WITH RECURSIVE line AS (
      SELECT p.* FROM org_people p WHERE p.account_id = ${account} AND p.user_id = ANY(${[...new Set(starts)]}::uuid[])
      UNION SELECT boss.* FROM line l, LATERAL (SELECT p.* FROM org_people p
        WHERE p.account_id = ${account} AND p.user_id = l.manager_id OFFSET 0) boss)
    SELECT * FROM line
    UNION SELECT r.* FROM org_people r WHERE r.account_id = ${account} AND r.manager_id = ANY(${movers}::uuid[])`;
  const { rows } = await statement.execute(db);
  return new Map(rows.map((row) => [row.user_id, knownPerson(row)]));
}

import { sql } from 'kysely';
import type { Sql } from '../../database/database.ts';
import { defineStatement, defineStatements, rowsOf } from '../../database/statement.ts';
import { fold } from '../../text/fold.ts';
import { spellingOf } from '../derive/department-name.ts';
import type { OrgSettings } from '../settings/settings.ts';
import { teamAttributeSql } from '../settings/team-attribute.ts';
import type { KnownPerson, People, PersonChange } from './people.ts';
import { byIndex, isThere } from './read-teams.ts';

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

interface FactsValues {
  readonly accountId: string;
  readonly makesTeams: boolean;
  readonly ids: readonly string[];
}

/**
 * What is known of these people and what they are now; also of those who report to somebody of them who arrives or
 * leaves, as far as they are known: whom a rebuild has not come to yet arrives later. The attribute that departments are read from gives the statement its shape.
 */
const factsStatement = defineStatements<string, FactsValues, FactsRow>((attributeKey) => (values) => {
  const account = sql`${values.accountId}::uuid`;
  return sql`
    WITH asked AS MATERIALIZED (
      SELECT a.id, p.user_id IS NOT NULL AS is_known, ${values.makesTeams}::boolean AND ${isThere(sql`users u
          WHERE u.account_id = ${account} AND u.id = a.id AND u.status <> 'DEPROVISIONED'`)} AS is_here
      FROM (SELECT DISTINCT unnest(${values.ids}::uuid[]) AS id) a
      LEFT JOIN ${byIndex(sql`org_people p WHERE p.account_id = ${account} AND p.user_id = a.id`)} p ON true),
    concerned AS MATERIALIZED (
      SELECT a.id FROM asked a
      UNION SELECT r.id FROM asked a, ${byIndex(sql`users r WHERE r.account_id = ${account} AND r.manager_id = a.id`)} r
        WHERE a.is_here AND NOT a.is_known
          AND ${isThere(sql`org_people k WHERE k.account_id = ${account} AND k.user_id = r.id`)}
      UNION SELECT r.user_id FROM asked a, ${byIndex(sql`org_people r WHERE r.account_id = ${account} AND r.manager_id = a.id`)} r
        WHERE a.is_known AND NOT a.is_here)
    SELECT c.id, EXISTS (SELECT FROM asked a WHERE a.id = c.id) AS is_asked, row_to_json(p) AS known,
      CASE WHEN u.id IS NULL THEN NULL ELSE json_build_object('is_member', u.status = 'ACTIVE',
        'value', ${teamAttributeSql(attributeKey)}, 'label', coalesce(u.display_name, u.user_name),
        'user_name', u.user_name, 'manager_id', u.manager_id,
        'is_manager_known', ${isThere(sql`org_people m WHERE m.account_id = ${account} AND m.user_id = u.manager_id`)}
      ) END AS facts
    FROM concerned c
    LEFT JOIN ${byIndex(sql`org_people p WHERE p.account_id = ${account} AND p.user_id = c.id`)} p ON true
    LEFT JOIN ${byIndex(sql`users u WHERE u.account_id = ${account} AND u.id = c.id AND u.status <> 'DEPROVISIONED'`)} u ON true`;
});

/** What is new of these people, and of those who report to somebody of them who arrives or leaves; one statement. */
export async function readChanges(
  db: Sql,
  accountId: string,
  { createTeams, attributeKey }: OrgSettings,
  ids: readonly string[],
): Promise<PersonChange[]> {
  const makesTeams = createTeams !== 'NONE';
  const rows = await rowsOf(factsStatement(attributeKey, { accountId, makesTeams, ids }), db);
  const isHere = ({ facts, is_asked }: FactsRow) => facts !== null && (makesTeams || !is_asked);
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
      department: spelling === null ? null : fold(spelling),
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
 * those whose department changes. One statement, none where newcomers have no manager.
 */
export async function readPeopleAround(
  db: Sql,
  accountId: string,
  changes: readonly PersonChange[],
): Promise<People> {
  const starts = changes.flatMap(({ id, before, after }) =>
    [before === undefined ? [] : id, after?.manager_id ?? []].flat(),
  );
  const movers = changes
    .filter(({ before, after }) => before !== undefined && before.department !== after?.department)
    .map(({ id }) => id);
  if (starts.length === 0) return new Map();
  const values = { accountId, starts: [...new Set(starts)], movers };
  const rows = await rowsOf(aroundStatement(values), db);
  return new Map(rows.map((row) => [row.user_id, knownPerson(row)]));
}

interface AroundValues {
  readonly accountId: string;
  readonly starts: readonly string[];
  readonly movers: readonly string[];
}

const aroundStatement = defineStatement<AroundValues, KnownPerson>(
  ({ accountId, starts, movers }) => sql`
    WITH RECURSIVE line AS (
      SELECT p.* FROM org_people p WHERE p.account_id = ${accountId}::uuid AND p.user_id = ANY(${starts}::uuid[])
      UNION SELECT boss.* FROM line l, LATERAL (SELECT p.* FROM org_people p
        WHERE p.account_id = ${accountId}::uuid AND p.user_id = l.manager_id OFFSET 0) boss)
    SELECT * FROM line
    UNION SELECT r.* FROM org_people r WHERE r.account_id = ${accountId}::uuid AND r.manager_id = ANY(${movers}::uuid[])`,
);

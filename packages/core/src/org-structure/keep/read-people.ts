import { sql } from 'kysely';
import type { Sql } from '../../database/database.ts';
import { defineStatement, rowsOf } from '../../database/statement.ts';
import type { CreateTeamsName } from '../../model/account.entity.ts';
import { fold } from '../../text/fold.ts';
import { spellingOf } from '../derive/department-name.ts';
import type { KnownPerson, People, PersonChange } from './people.ts';
import { byIndex, isThere } from './read-teams.ts';

interface FactsRow {
  readonly id: string;
  readonly create_teams: CreateTeamsName;
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
  readonly ids: readonly string[];
}

/**
 * What is known of these people and what they are now; also of those who report to somebody of them who arrives or
 * leaves, as far as they are known: whom a rebuild has not come to yet arrives later.
 */
const factsStatement = defineStatement<FactsValues, FactsRow>((param) => {
  const account = sql`${param('accountId')}::uuid`;
  return sql`
    WITH settings AS MATERIALIZED (SELECT a.create_teams, a.team_attribute FROM accounts a WHERE a.id = ${account}),
    asked AS MATERIALIZED (
      SELECT a.id, p.user_id IS NOT NULL AS is_known, (SELECT s.create_teams <> 'NONE' FROM settings s) AND ${isThere(sql`users u
          WHERE u.account_id = ${account} AND u.id = a.id AND u.status <> 'DEPROVISIONED'`)} AS is_here
      FROM (SELECT DISTINCT unnest(${param('ids')}::uuid[]) AS id) a
      LEFT JOIN ${byIndex(sql`org_people p WHERE p.account_id = ${account} AND p.user_id = a.id`)} p ON true),
    concerned AS MATERIALIZED (
      SELECT a.id FROM asked a
      UNION SELECT r.id FROM asked a, ${byIndex(sql`users r WHERE r.account_id = ${account} AND r.manager_id = a.id`)} r
        WHERE a.is_here AND NOT a.is_known
          AND ${isThere(sql`org_people k WHERE k.account_id = ${account} AND k.user_id = r.id`)}
      UNION SELECT r.user_id FROM asked a, ${byIndex(sql`org_people r WHERE r.account_id = ${account} AND r.manager_id = a.id`)} r
        WHERE a.is_known AND NOT a.is_here)
    SELECT c.id, s.create_teams, EXISTS (SELECT FROM asked a WHERE a.id = c.id) AS is_asked, row_to_json(p) AS known,
      row_to_json(f) AS facts
    FROM settings s, concerned c
    LEFT JOIN ${byIndex(sql`org_people p WHERE p.account_id = ${account} AND p.user_id = c.id`)} p ON true
    LEFT JOIN LATERAL (
      SELECT u.status = 'ACTIVE' AS is_member, org_attribute(u, s.team_attribute) AS value,
        coalesce(u.display_name, u.user_name) AS label, u.user_name, u.manager_id,
        ${isThere(sql`org_people m WHERE m.account_id = ${account} AND m.user_id = u.manager_id`)} AS is_manager_known
      FROM users u WHERE u.account_id = ${account} AND u.id = c.id AND u.status <> 'DEPROVISIONED' OFFSET 0) f ON true`;
});

/** What may be new of people, and what teams are made for. */
export interface ChangesRead {
  readonly createTeams: CreateTeamsName;
  readonly changes: readonly PersonChange[];
}

/** What is new of these people, and of those who report to somebody of them who arrives or leaves; one statement. */
export async function readChanges(db: Sql, accountId: string, ids: readonly string[]): Promise<ChangesRead> {
  const rows = await rowsOf(factsStatement({ accountId, ids }), db);
  const createTeams = rows[0]?.create_teams ?? 'NONE';
  const makesTeams = createTeams !== 'NONE';
  const isHere = ({ facts, is_asked }: FactsRow) => facts !== null && (makesTeams || !is_asked);
  const here = new Map(rows.map((row) => [row.id, isHere(row)]));
  const changes = rows.map((row) => {
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
  return { createTeams, changes };
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
 * those whose department changes. One statement, none where newcomers have no manager and the others keep their place.
 */
export async function readPeopleAround(
  db: Sql,
  accountId: string,
  changes: readonly PersonChange[],
): Promise<People> {
  const starts = changes
    .filter((change) => !keepsPlace(change))
    .flatMap(({ id, before, after }) => [before === undefined ? [] : id, after?.manager_id ?? []].flat());
  const movers = changes
    .filter(({ before, after }) => before !== undefined && before.department !== after?.department)
    .map(({ id }) => id);
  if (starts.length === 0) return new Map();
  const values = { accountId, starts: [...new Set(starts)], movers };
  const rows = await rowsOf(aroundStatement(values), db);
  return new Map(rows.map((row) => [row.user_id, knownPerson(row)]));
}

/** Does nothing differ that others depend on, or that depends on others? */
const keepsPlace = ({ before, after }: PersonChange): boolean =>
  before !== undefined &&
  after !== undefined &&
  !before.on_cycle &&
  before.is_member === after.is_member &&
  before.department === after.department &&
  before.manager_id === after.manager_id;

interface AroundValues {
  readonly accountId: string;
  readonly starts: readonly string[];
  readonly movers: readonly string[];
}

const aroundStatement = defineStatement<AroundValues, KnownPerson>((param) => {
  const account = sql`${param('accountId')}::uuid`;
  return sql`
    WITH RECURSIVE line AS (
      SELECT p.* FROM org_people p WHERE p.account_id = ${account} AND p.user_id = ANY(${param('starts')}::uuid[])
      UNION SELECT manager.* FROM line l, LATERAL (SELECT p.* FROM org_people p
        WHERE p.account_id = ${account} AND p.user_id = l.manager_id OFFSET 0) manager)
    SELECT * FROM line
    UNION SELECT r.* FROM org_people r WHERE r.account_id = ${account} AND r.manager_id = ANY(${param('movers')}::uuid[])`;
});

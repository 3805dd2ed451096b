import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../../database/database.ts';
import { defineStatement, defineStatements, type Param, rowsOf } from '../../database/statement.ts';
import { fold } from '../../text/fold.ts';
import { NO_MANAGER } from './count-changes.ts';

/** A team that the structure keeps, as it is. */
export interface KeptTeam {
  readonly team_id: string;
  readonly manager_id: string | null;
  readonly department: string | null;
  /** The name before clashes are told apart. */
  readonly name: string;
  readonly claim: string;
  readonly is_adopted: boolean;
  readonly points_to: string | null;
  /** Is it a department on a cycle of departments that point to each other? */
  readonly on_cycle: boolean;
  readonly display_name: string;
  readonly parent_id: string | null;
  readonly lead_id: string | null;
}

/** A department that may differ: its team if it has one, and what its members say from now on. */
export interface DepartmentState {
  readonly department: string;
  readonly team: KeptTeam | null;
  /** How most members spell it; null when it has none. */
  readonly spelling: string | null;
  readonly points_to: string | null;
  readonly weight: number;
  readonly heads: number;
}

/**
 * These rows, looked up for each row before them. PostgreSQL plans while a table is small, and may then think it as good to
 * read all rows of the account and to compare; OFFSET 0 leaves it no choice.
 */
export function byIndex(rows: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`LATERAL (SELECT * FROM ${rows} OFFSET 0)`;
}

/** Is there such a row? EXISTS would let PostgreSQL read a whole table into a hash, to ask it once. */
export const isThere = (rows: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(SELECT true FROM ${rows} LIMIT 1) IS NOT NULL`;

const keptTeam = sql`SELECT o.team_id, o.manager_id, o.department, o.name, o.claim, o.is_adopted, o.points_to, o.on_cycle,
  t.display_name, t.parent_id, t.lead_id FROM org_teams o, ${byIndex(sql`teams t WHERE t.account_id = o.account_id AND t.id = o.team_id`)} t`;

interface Asked {
  readonly accountId: string;
  readonly keys: readonly string[];
}

/** How most members of a department spell it. */
const spellingIn = (account: RawBuilder<unknown>, department: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(SELECT s.spelling FROM org_spellings s WHERE s.account_id = ${account} AND s.department = ${department}
    AND s.members > 0 ORDER BY s.members DESC, s.spelling LIMIT 1)`;

const departmentsStatement = defineStatement<Asked, DepartmentState>((param) => {
  const account = sql`${param('accountId')}::uuid`;
  return sql`
    WITH asked AS MATERIALIZED (
      SELECT a.key, o.name AS name_before, ${spellingIn(account, sql`a.key`)} AS name_after
      FROM (SELECT DISTINCT unnest(${param('keys')}::text[]) AS key) a LEFT JOIN org_teams o
        ON o.account_id = ${account} AND o.department = a.key COLLATE "C" AND o.manager_id IS NULL),
    other AS (SELECT * FROM asked a WHERE a.name_before IS DISTINCT FROM a.name_after),
    concerned AS MATERIALIZED (
      SELECT a.key COLLATE "C" AS key FROM asked a
      UNION SELECT l.department FROM other a JOIN org_links l ON l.account_id = ${account}
        AND l.manager_department = a.key COLLATE "C" AND l.members > 0
      UNION SELECT o.department FROM other a JOIN org_teams o ON o.account_id = ${account}
        AND o.points_to = a.key COLLATE "C" AND o.manager_id IS NULL)
    SELECT c.key AS department, ${spellingIn(account, sql`c.key`)} AS spelling, row_to_json(team) AS team,
      top.points_to, coalesce(top.weight, 0) AS weight, coalesce((SELECT h.members FROM org_links h
        WHERE h.account_id = ${account} AND h.department = c.key AND h.manager_department = ${NO_MANAGER}), 0) AS heads
    FROM concerned c
    LEFT JOIN LATERAL (${keptTeam} WHERE o.account_id = ${account} AND o.department = c.key AND o.manager_id IS NULL
      OFFSET 0) team ON true
    LEFT JOIN LATERAL (SELECT l.manager_department AS points_to, l.members AS weight FROM org_links l
      WHERE l.account_id = ${account} AND l.department = c.key AND l.members > 0 AND l.manager_department <> ${NO_MANAGER}
        AND ${isThere(sql`org_spellings s
          WHERE s.account_id = ${account} AND s.department = l.manager_department AND s.members > 0`)}
      ORDER BY l.members DESC, l.manager_department LIMIT 1) top ON true`;
});

/**
 * These departments, and those that point to one which appears, goes, or changes its name; one statement that reads
 * counts and not people, none for no departments.
 */
export async function readDepartments(
  db: Sql,
  accountId: string,
  keys: readonly string[],
): Promise<DepartmentState[]> {
  return keys.length === 0 ? [] : rowsOf(departmentsStatement({ accountId, keys }), db);
}

/** The team of a department on the way, and how strongly it points on. */
export interface DepartmentOnLine extends KeptTeam {
  readonly weight: number;
  readonly heads: number;
}

/** The members of department `k` whose manager belongs to another one. */
const linkIn = (account: RawBuilder<unknown>, other: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`coalesce((SELECT l.members FROM org_links l WHERE l.account_id = ${account}
    AND l.department = k.department AND l.manager_department = ${other}), 0)`;

const linesStatement = defineStatement<Asked, DepartmentOnLine>((param) => {
  const account = sql`${param('accountId')}::uuid`;
  return sql`
    WITH RECURSIVE line AS (
      SELECT o.team_id, o.points_to FROM org_teams o WHERE o.account_id = ${account} AND o.manager_id IS NULL
        AND o.department = ANY(${param('keys')}::text[])
      UNION SELECT next.team_id, next.points_to FROM line l, LATERAL (SELECT o.team_id, o.points_to FROM org_teams o
        WHERE o.account_id = ${account} AND o.manager_id IS NULL AND o.department = l.points_to OFFSET 0) next)
    SELECT k.*, ${linkIn(account, sql`k.points_to`)} AS weight, ${linkIn(account, sql`${NO_MANAGER}`)} AS heads
    FROM (${keptTeam} WHERE o.account_id = ${account} AND o.team_id = ANY(ARRAY(SELECT l.team_id FROM line l))) k`;
});

/** The teams of these departments and of those that they point to, one after the other; one statement, none for no departments. */
export async function readDepartmentLines(
  db: Sql,
  accountId: string,
  keys: readonly string[],
): Promise<DepartmentOnLine[]> {
  return keys.length === 0 ? [] : rowsOf(linesStatement({ accountId, keys }), db);
}

/** A manager whose team of reports may differ. */
export interface ManagerState {
  readonly id: string;
  readonly team: KeptTeam | null;
  /** Null for whoever left. */
  readonly person: {
    readonly label: string;
    readonly user_name: string;
    readonly department: string | null;
    readonly spelling: string | null;
    readonly manager_id: string | null;
    readonly manager_department: string | null;
    readonly manager_team_id: string | null;
    readonly department_name: string | null;
    readonly department_team_id: string | null;
  } | null;
  /** Does a member report to them? */
  readonly has_members: boolean;
}

/** Which managers to read. */
export interface ManagersAsked {
  readonly ids: readonly string[];
  /** All of these departments. */
  readonly departments: readonly string[];
}

interface ManagersValues extends ManagersAsked {
  readonly accountId: string;
}

// Seldom is there one, and then it may have many: PostgreSQL is not to reckon with them when there is none.
const ofDepartments = (
  account: RawBuilder<unknown>,
  param: Param<ManagersValues>,
): RawBuilder<unknown> => sql`
      UNION SELECT o.manager_id FROM org_teams o WHERE o.account_id = ${account} AND o.manager_id IS NOT NULL
        AND o.department = ANY(${param('departments')}::text[])`;

const managersStatement = defineStatements<'named' | 'of departments too', ManagersValues, ManagerState>(
  (shape, param) => {
    const account = sql`${param('accountId')}::uuid`;
    return sql`
    WITH asked AS MATERIALIZED (
      SELECT unnest(${param('ids')}::uuid[]) AS id ${shape === 'named' ? sql`` : ofDepartments(account, param)}),
    concerned AS MATERIALIZED (
      SELECT a.id FROM asked a
      UNION SELECT below.user_id FROM asked a, LATERAL (SELECT p.user_id FROM org_people p
        WHERE p.account_id = ${account} AND p.manager_id = a.id AND ${isThere(sql`org_teams o
          WHERE o.account_id = ${account} AND o.manager_id = p.user_id`)} OFFSET 0) below)
    SELECT c.id, row_to_json(team) AS team, row_to_json(person) AS person, ${isThere(sql`org_people r
      WHERE r.account_id = ${account} AND r.manager_id = c.id AND r.is_member AND NOT r.on_cycle`)} AS has_members
    FROM concerned c
    LEFT JOIN LATERAL (${keptTeam} WHERE o.account_id = ${account} AND o.manager_id = c.id OFFSET 0) team ON true
    LEFT JOIN LATERAL (
      SELECT p.label, p.user_name, p.department, p.spelling, b.user_id AS manager_id, b.department AS manager_department,
        bt.team_id AS manager_team_id, d.name AS department_name, d.team_id AS department_team_id
      FROM ${byIndex(sql`org_people p WHERE p.account_id = ${account} AND p.user_id = c.id`)} p
      LEFT JOIN ${byIndex(sql`org_people b WHERE b.account_id = ${account} AND b.user_id = p.manager_id AND NOT p.on_cycle`)} b ON true
      LEFT JOIN ${byIndex(sql`org_teams bt WHERE bt.account_id = ${account} AND bt.manager_id = b.user_id`)} bt ON true
      LEFT JOIN ${byIndex(sql`org_teams d WHERE d.account_id = ${account} AND d.department = p.department
        AND d.manager_id IS NULL`)} d ON true) person ON true`;
  },
);

/**
 * These managers, those who have teams in these departments, and those who have teams and report to one of them; one
 * statement, none where nobody is asked for.
 */
export async function readManagers(
  db: Sql,
  accountId: string,
  { ids, departments }: ManagersAsked,
): Promise<ManagerState[]> {
  if (ids.length + departments.length === 0) return [];
  const shape = departments.length === 0 ? 'named' : 'of departments too';
  return rowsOf(managersStatement(shape, { accountId, ids, departments }), db);
}

/** Somebody's claim to a name: a sub-team that has it, or would if it were alone with it. */
export interface NameClaimant {
  readonly team: KeptTeam;
  readonly user_name: string;
}

/** What else is known of names: who claims them, which of them are departments, and which have teams made by hand. */
export interface NamesRead {
  readonly claimants: readonly NameClaimant[];
  readonly departments: readonly string[];
  readonly adoptable: readonly AdoptableTeam[];
}

/** A team made by hand that has the name of one to be. */
export interface AdoptableTeam {
  readonly id: string;
  readonly display_name: string;
  readonly parent_id: string | null;
  readonly lead_id: string | null;
  /** Whose reports it held so far; nobody's where it was made by hand. */
  readonly manager_id: string | null;
}

/** The teams made by hand whose folded name is among these. */
const adoptableNamed = (param: Param<Asked>): RawBuilder<AdoptableTeam> => sql`
  SELECT t.id, t.display_name, t.parent_id, t.lead_id, NULL::uuid AS manager_id FROM teams t
  WHERE t.account_id = ${param('accountId')}::uuid AND t.connection_id IS NULL AND t.origin = 'MANUAL'
    AND fold(t.display_name) = ANY(${param('keys')}::text[])`;

const namesStatement = defineStatement<Asked, NamesRead>((param) => {
  const account = sql`${param('accountId')}::uuid`;
  return sql`
    SELECT (SELECT coalesce(json_agg(json_build_object('team', row_to_json(team), 'user_name', (
          SELECT p.user_name FROM org_people p WHERE p.account_id = ${account} AND p.user_id = team.manager_id))), '[]')
        FROM (${keptTeam} WHERE o.account_id = ${account} AND o.manager_id IS NOT NULL
          AND o.claim = ANY(${param('keys')}::text[])) team) AS claimants,
      (SELECT coalesce(json_agg(o.department), '[]') FROM org_teams o WHERE o.account_id = ${account}
        AND o.manager_id IS NULL AND o.department = ANY(${param('keys')}::text[])) AS departments,
      (SELECT coalesce(json_agg(a), '[]') FROM (${adoptableNamed(param)}) a) AS adoptable`;
});

/** What else is known of these names; one statement, none for no names. */
export async function readNames(db: Sql, accountId: string, keys: readonly string[]): Promise<NamesRead> {
  const [row] = keys.length === 0 ? [] : await rowsOf(namesStatement({ accountId, keys }), db);
  return row ?? { claimants: [], departments: [], adoptable: [] };
}

const adoptableStatement = defineStatement(adoptableNamed);

/** The teams made by hand that have one of these names; one statement, none for no names. */
export async function readAdoptable(
  db: Sql,
  accountId: string,
  names: readonly string[],
): Promise<AdoptableTeam[]> {
  return names.length === 0 ? [] : rowsOf(adoptableStatement({ accountId, keys: names.map(fold) }), db);
}

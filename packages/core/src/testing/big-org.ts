import type pg from 'pg';

/** Eight reports each, and a department for each person right below the one at the top. */
const reportsEach = 8;

/** The id of the person with this number; 0 is at the top, and number n reports to (n - 1) / 8. */
export const personId = (number: number): string =>
  `00000000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;

/** The last person, who has no reports. */
export const lastPerson = (size: number): string => personId(size - 1);

/**
 * Fills an account with this many people whose teams follow from department and manager, straight into the tables: what a
 * rebuild would come to, in seconds.
 */
export async function fillBigOrg(client: pg.Client, accountId: string, size: number): Promise<void> {
  await client.query(`UPDATE accounts SET create_teams = 'MANAGER' WHERE id = $1`, [accountId]);
  for (const statement of [people, facts, spellings, links, departmentTeams, subTeams, parents, members])
    await client
      .query(statement, statement === people ? [accountId, size] : [accountId])
      .then(() => client.query('ANALYZE'));
}

const people = `
  INSERT INTO users (account_id, id, status, user_name, display_name, department, manager_id)
  WITH RECURSIVE line AS (
    SELECT 0 AS number, 'Top' AS department
    UNION ALL SELECT n, CASE WHEN l.number = 0 THEN 'Department ' || n ELSE l.department END
      FROM line l, generate_series(l.number * ${reportsEach} + 1, least(l.number * ${reportsEach} + ${reportsEach}, $2 - 1)) n)
  SELECT $1, ('00000000-0000-7000-8000-' || lpad(to_hex(number), 12, '0'))::uuid, 'ACTIVE', 'person' || number || '@example.com',
    'Person ' || number, department, CASE WHEN number > 0
      THEN ('00000000-0000-7000-8000-' || lpad(to_hex((number - 1) / ${reportsEach}), 12, '0'))::uuid END
  FROM line ORDER BY number`;

const facts = `
  INSERT INTO org_people (account_id, user_id, is_member, department, spelling, label, user_name, manager_id)
  SELECT account_id, id, status = 'ACTIVE', fold(department), department, coalesce(display_name, user_name), user_name, manager_id
  FROM users WHERE account_id = $1`;

const spellings = `
  INSERT INTO org_spellings SELECT account_id, department, spelling, count(*) FROM org_people
  WHERE account_id = $1 AND department IS NOT NULL GROUP BY 1, 2, 3`;

const links = `
  INSERT INTO org_links
  SELECT p.account_id, p.department, coalesce(b.department, ''), count(*) FROM org_people p
  LEFT JOIN org_people b ON b.account_id = p.account_id AND b.user_id = p.manager_id
  WHERE p.account_id = $1 AND p.department IS NOT NULL AND p.department IS DISTINCT FROM b.department GROUP BY 1, 2, 3`;

const departmentTeams = `
  WITH made AS (
    INSERT INTO teams (account_id, id, origin, display_name)
    SELECT account_id, gen_random_uuid(), 'ORG_STRUCTURE', spelling FROM org_spellings WHERE account_id = $1
    RETURNING account_id, id, display_name)
  INSERT INTO org_teams (account_id, team_id, department, name, claim, is_adopted, points_to)
  SELECT m.account_id, m.id, fold(m.display_name), m.display_name, fold(m.display_name), false,
    nullif(l.manager_department, '')
  FROM made m LEFT JOIN org_links l ON l.account_id = m.account_id AND l.department = fold(m.display_name) COLLATE "C"`;

const subTeams = `
  WITH made AS (
    INSERT INTO teams (account_id, id, origin, display_name, lead_id)
    SELECT p.account_id, gen_random_uuid(), 'ORG_STRUCTURE', p.spelling || ' - ' || p.label, p.user_id FROM org_people p
    WHERE p.account_id = $1 AND EXISTS (SELECT FROM org_people r WHERE r.account_id = p.account_id AND r.manager_id = p.user_id)
    RETURNING account_id, id, display_name, lead_id)
  INSERT INTO org_teams (account_id, team_id, manager_id, department, name, claim, is_adopted)
  SELECT m.account_id, m.id, m.lead_id, p.department, m.display_name, fold(m.display_name), false
  FROM made m JOIN org_people p ON p.account_id = m.account_id AND p.user_id = m.lead_id`;

const parents = `
  WITH above AS (
    SELECT o.team_id, a.team_id AS parent_id FROM org_teams o
    JOIN org_teams a ON a.account_id = o.account_id AND a.manager_id IS NULL AND a.department = o.points_to
    WHERE o.account_id = $1 AND o.manager_id IS NULL
    UNION ALL SELECT o.team_id, coalesce(bt.team_id, d.team_id) FROM org_teams o
    JOIN org_people p ON p.account_id = o.account_id AND p.user_id = o.manager_id
    JOIN org_teams d ON d.account_id = o.account_id AND d.manager_id IS NULL AND d.department = p.department
    LEFT JOIN org_people b ON b.account_id = o.account_id AND b.user_id = p.manager_id AND b.department = p.department
    LEFT JOIN org_teams bt ON bt.account_id = o.account_id AND bt.manager_id = b.user_id
    WHERE o.account_id = $1)
  UPDATE teams t SET parent_id = a.parent_id FROM above a WHERE t.account_id = $1 AND t.id = a.team_id`;

const members = `
  INSERT INTO memberships (account_id, team_id, user_id)
  SELECT p.account_id, o.team_id, p.user_id FROM org_people p JOIN org_teams o ON o.account_id = p.account_id
    AND o.department = p.department AND o.manager_id IS NULL WHERE p.account_id = $1
  UNION ALL SELECT p.account_id, o.team_id, p.user_id FROM org_people p
    JOIN org_teams o ON o.account_id = p.account_id AND o.manager_id = p.manager_id WHERE p.account_id = $1`;

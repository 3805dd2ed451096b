import type pg from 'pg';
import type { DerivedTeam } from '../org-structure/derive/derive-structure.ts';

/** A team as everybody sees it: by names, for ids tell nothing. */
export interface NamedTeam {
  readonly name: string;
  readonly parent: string | null;
  readonly lead: string | null;
  readonly members: readonly string[];
}

const byName = (teams: readonly NamedTeam[]): NamedTeam[] =>
  teams.toSorted((one, other) => (one.name < other.name ? -1 : 1));

/** Teams that were derived, by names; people by their userName. */
export function namedTeams(
  teams: ReadonlyMap<string, DerivedTeam>,
  userNames: ReadonlyMap<string, string>,
): NamedTeam[] {
  const userName = (id: string): string => userNames.get(id) ?? id;
  return byName(
    [...teams.values()].map(({ name, parentKey, leadId, memberIds }) => ({
      name,
      parent: parentKey === null ? null : (teams.get(parentKey)?.name ?? `no team ${parentKey}`),
      lead: leadId === null ? null : userName(leadId),
      members: memberIds.map(userName).sort(),
    })),
  );
}

/** The teams of the account that follow from its people, as the tables have them. */
export async function teamsInTables(client: pg.Client, accountId: string): Promise<NamedTeam[]> {
  const { rows } = await client.query<NamedTeam>(
    `SELECT t.display_name AS name, p.display_name AS parent, l.user_name AS lead,
       ARRAY(SELECT u.user_name FROM memberships m JOIN users u ON u.account_id = m.account_id AND u.id = m.user_id
         WHERE m.account_id = t.account_id AND m.team_id = t.id) AS members
     FROM teams t LEFT JOIN teams p ON p.account_id = t.account_id AND p.id = t.parent_id
     LEFT JOIN users l ON l.account_id = t.account_id AND l.id = t.lead_id
     WHERE t.account_id = $1 AND t.origin = 'ORG_STRUCTURE'`,
    [accountId],
  );
  return byName(rows.map((team) => ({ ...team, members: [...team.members].sort() })));
}

/** What the structure counts of the account's members and departments: as it is kept, and as a recount has it. */
export async function countsOf(
  client: pg.Client,
  accountId: string,
): Promise<{ kept: unknown; recounted: unknown }> {
  const list = async (query: string): Promise<unknown> => (await client.query(query, [accountId])).rows;
  return {
    kept: {
      spellings: await list(`SELECT department, spelling, members::int FROM org_spellings
        WHERE account_id = $1 AND members <> 0 ORDER BY department, spelling`),
      links: await list(`SELECT department, manager_department, members::int FROM org_links
        WHERE account_id = $1 AND members <> 0 ORDER BY department, manager_department`),
      cycles: await list(`SELECT department, on_cycle FROM org_teams
        WHERE account_id = $1 AND manager_id IS NULL ORDER BY department`),
    },
    recounted: {
      spellings: await list(`SELECT department, spelling, count(*)::int AS members FROM org_people
        WHERE account_id = $1 AND is_member AND department IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2`),
      links:
        await list(`SELECT p.department, coalesce(b.department, '') AS manager_department, count(*)::int AS members
        FROM org_people p LEFT JOIN org_people b ON b.account_id = p.account_id AND b.user_id = p.manager_id AND NOT p.on_cycle
        WHERE p.account_id = $1 AND p.is_member AND p.department IS NOT NULL
          AND CASE WHEN b.user_id IS NULL THEN true ELSE b.department <> p.department END GROUP BY 1, 2 ORDER BY 1, 2`),
      cycles: await list(`SELECT o.department, EXISTS (
          WITH RECURSIVE line AS (SELECT o.points_to AS department UNION SELECT n.points_to FROM line l JOIN org_teams n
            ON n.account_id = o.account_id AND n.department = l.department AND n.manager_id IS NULL)
          SELECT FROM line l WHERE l.department = o.department) AS on_cycle
        FROM org_teams o WHERE o.account_id = $1 AND o.manager_id IS NULL ORDER BY o.department`),
    },
  };
}

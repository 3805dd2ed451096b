import { withClient } from '../../testing/tables.ts';
import type { PersonShown, TeamShown, WholeChart } from './replay-chart.ts';

interface PersonInTable extends Omit<PersonShown, 'onCycle'> {
  readonly id: string;
}

/** The newest chart as it follows from the tables of people, teams and memberships, and not from the log. */
export async function chartInTables(databaseUrl: string, accountId: string): Promise<WholeChart> {
  return withClient(databaseUrl, async (client) => {
    const people = await client.query<PersonInTable>(
      `SELECT u.id, u.user_name AS "userName", u.display_name AS "displayName", u.title, u.department, u.status,
         coalesce(jsonb_path_query_first(u.photos, '$[*] ? (@.primary == true)'), u.photos -> 0) ->> 'value' AS photo,
         m.id AS "managerId"
       FROM users u LEFT JOIN users m ON m.account_id = u.account_id AND m.id = u.manager_id AND m.status <> 'DEPROVISIONED'
       WHERE u.account_id = $1 AND u.status <> 'DEPROVISIONED'`,
      [accountId],
    );
    const teams = await client.query<TeamShown & { id: string }>(
      `SELECT t.id, t.display_name AS "displayName", t.origin, p.id AS "parentId", l.id AS "leadId",
         ARRAY(SELECT m.user_id FROM memberships m WHERE m.account_id = t.account_id AND m.team_id = t.id
           ORDER BY m.user_id::text) AS "memberIds"
       FROM teams t LEFT JOIN teams p ON p.account_id = t.account_id AND p.id = t.parent_id AND p.origin <> 'DIRECTORY'
       LEFT JOIN users l ON l.account_id = t.account_id AND l.id = t.lead_id AND l.status <> 'DEPROVISIONED'
       WHERE t.account_id = $1 AND t.origin <> 'DIRECTORY'`,
      [accountId],
    );
    return {
      people: withCycles(people.rows),
      teams: Object.fromEntries(teams.rows.map(({ id, ...team }) => [id, team])),
    };
  });
}

function withCycles(people: readonly PersonInTable[]): Record<string, PersonShown> {
  const managers = new Map(people.map(({ id, managerId }) => [id, managerId]));
  const isOnCycle = (id: string): boolean => {
    const above = new Set<string>();
    for (let next = managers.get(id); next != null && !above.has(next); next = managers.get(next))
      above.add(next);
    return above.has(id);
  };
  return Object.fromEntries(
    people.map(({ id, managerId, ...person }) => {
      const onCycle = isOnCycle(id);
      return [id, { ...person, managerId: onCycle ? null : managerId, onCycle }];
    }),
  );
}

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

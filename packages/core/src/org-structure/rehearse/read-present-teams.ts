import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../../database/database.ts';
import { departmentTeam, managerTeam } from '../derive/derive-structure.ts';
import { byIndex, isThere } from '../keep/read-teams.ts';

/** A team that follows from people, as it is. */
export interface PresentTeam {
  readonly id: string;
  /** What it stands for, as `deriveStructure` has it. */
  readonly key: string;
  readonly name: string;
  readonly parentId: string | null;
  readonly parentName: string | null;
  readonly isAdopted: boolean;
  /** Those who are in it because of what they are; an adopted team can have others too. */
  readonly memberIds: readonly string[];
}

/** A team made by hand, that a new one of its name would adopt. */
export interface ManualTeam {
  readonly id: string;
  readonly name: string;
}

/** The teams that the structure has to do with. */
export interface PresentTeams {
  readonly derived: readonly PresentTeam[];
  readonly manual: readonly ManualTeam[];
}

interface TeamRow {
  readonly id: string;
  readonly manager_id: string | null;
  readonly department: string | null;
  readonly is_adopted: boolean;
  readonly name: string;
  readonly parent_id: string | null;
  readonly parent_name: string | null;
  readonly member_ids: readonly string[];
}

/**
 * Every team that follows from people with its members, and every one made by hand; two statements. They are asked when many
 * rows are newer than what PostgreSQL knows of its tables: all but the teams is looked up by index, team by team.
 */
export async function readPresentTeams(db: Sql, accountId: string): Promise<PresentTeams> {
  const account = sql`${accountId}::uuid`;
  const derived: RawBuilder<TeamRow> = sql`
    SELECT o.team_id AS id, o.manager_id, o.department, o.is_adopted, t.display_name AS name, t.parent_id,
      parent.display_name AS parent_name, ${membersOf(account)} AS member_ids
    FROM org_teams o
    CROSS JOIN ${byIndex(sql`teams t WHERE t.account_id = ${account} AND t.id = o.team_id`)} t
    LEFT JOIN ${byIndex(sql`teams p WHERE p.account_id = ${account} AND p.id = t.parent_id`)} parent ON true
    WHERE o.account_id = ${account} ORDER BY o.team_id`;
  const manual: RawBuilder<ManualTeam> = sql`
    SELECT t.id, t.display_name AS name FROM teams t
    WHERE t.account_id = ${account} AND t.connection_id IS NULL AND t.origin = 'MANUAL'`;
  return { derived: (await derived.execute(db)).rows.map(toTeam), manual: (await manual.execute(db)).rows };
}

/** Who is in the team `o` because of what they are: of an adopted one not everybody. */
const membersOf = (account: RawBuilder<unknown>): RawBuilder<readonly string[]> => sql`
  (SELECT coalesce(json_agg(m.user_id), '[]') FROM memberships m WHERE m.account_id = ${account} AND m.team_id = o.team_id
    AND (NOT o.is_adopted OR ${isThere(sql`org_people p WHERE p.account_id = ${account} AND p.user_id = m.user_id
      AND p.is_member AND CASE WHEN o.manager_id IS NULL THEN p.department = o.department
        ELSE p.manager_id = o.manager_id AND NOT p.on_cycle END`)}))`;

const toTeam = (row: TeamRow): PresentTeam => ({
  id: row.id,
  key: row.manager_id === null ? departmentTeam(row.department ?? '') : managerTeam(row.manager_id),
  name: row.name,
  parentId: row.parent_id,
  parentName: row.parent_name,
  isAdopted: row.is_adopted,
  memberIds: row.member_ids,
});

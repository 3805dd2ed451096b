import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../../database/database.ts';
import type { OrgSettings } from '../settings/settings.ts';
import { teamAttributeSql } from '../settings/team-attribute.ts';

/** What the structure goes by: of everybody who is not deprovisioned. */
export interface PersonFacts {
  readonly id: string;
  readonly userName: string;
  readonly label: string;
  /** Active: the others are in no team, but those who report to them still do. */
  readonly isMember: boolean;
  /** The value of the team attribute. */
  readonly department: string | null;
  readonly managerId: string | null;
  /** The manager as the identity provider named them: no team follows from it, but it tells where something is wrong. */
  readonly managerValue: string | null;
}

interface FactsRow {
  readonly id: string;
  readonly user_name: string;
  readonly label: string | null;
  readonly is_member: boolean;
  readonly department: string | null;
  readonly manager_id: string | null;
  readonly manager_value: string | null;
}

/** The facts of everybody in the account who is not deprovisioned, in order of id; one statement. */
export async function readFacts(
  db: Sql,
  accountId: string,
  { attributeKey }: Pick<OrgSettings, 'attributeKey'>,
): Promise<PersonFacts[]> {
  const statement: RawBuilder<FactsRow> = sql`
    SELECT u.id, u.user_name, u.display_name AS label, u.status = 'ACTIVE' AS is_member, ${teamAttributeSql(attributeKey)} AS department,
      u.manager_id, u.manager_value
    FROM users u WHERE u.account_id = ${accountId}::uuid AND u.status <> 'DEPROVISIONED' ORDER BY u.id`;
  const { rows } = await statement.execute(db);
  return rows.map((row) => ({
    id: row.id,
    userName: row.user_name,
    label: row.label ?? row.user_name,
    isMember: row.is_member,
    department: row.department,
    managerId: row.manager_id,
    managerValue: row.manager_value,
  }));
}

import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import type { PersonFacts } from './derive-structure.ts';
import type { OrgSettings } from './settings.ts';

/** What the structure goes by of everybody, and what it does not go by but tells where something is wrong. */
export interface ReadFacts extends PersonFacts {
  /** The manager as the identity provider named them. */
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
  { value }: Pick<OrgSettings, 'value'>,
): Promise<ReadFacts[]> {
  const statement: RawBuilder<FactsRow> = sql`
    SELECT u.id, u.user_name, u.display_name AS label, u.status = 'ACTIVE' AS is_member, ${value} AS department,
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

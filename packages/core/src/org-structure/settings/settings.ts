import { sql } from 'kysely';
import type { Sql } from '../../database/database.ts';
import { defineStatement, rowsOf } from '../../database/statement.ts';
import type { CreateTeamsName } from '../../model/account.entity.ts';

/** What the account has chosen to make teams from. */
export interface OrgSettings {
  readonly createTeams: CreateTeamsName;
  /** The attribute as clients name it. */
  readonly teamAttribute: string;
  /** The attribute as the account keeps its choice. */
  readonly attributeKey: string;
}

interface SettingsRow {
  readonly create_teams: CreateTeamsName;
  readonly key: string;
  readonly name: string;
}

/** The account's settings; one statement. */
export async function readSettings(db: Sql, accountId: string): Promise<OrgSettings> {
  const [row] = await rowsOf(settings({ accountId }), db);
  if (row === undefined) throw new Error(`There is no account ${accountId}.`);
  return { createTeams: row.create_teams, teamAttribute: row.name, attributeKey: row.key };
}

const settings = defineStatement<{ accountId: string }, SettingsRow>(
  (param) => sql`
    SELECT a.create_teams, a.team_attribute AS key, coalesce(d.schema || ':' || d.name, a.team_attribute) AS name
    FROM accounts a LEFT JOIN custom_attributes d ON d.account_id = a.id AND d.id::text = a.team_attribute
    WHERE a.id = ${param('accountId')}::uuid`,
);

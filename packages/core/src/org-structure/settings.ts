import { type RawBuilder, sql } from 'kysely';
import type { CreateTeamsName } from '../accounts/account.entity.ts';
import type { Sql } from '../database/database.ts';
import { teamAttributeSql } from './team-attribute.ts';

/** What the account has chosen to make teams from. */
export interface OrgSettings {
  readonly createTeams: CreateTeamsName;
  /** The attribute as clients name it. */
  readonly teamAttribute: string;
  /** The value that the user `u` has of the attribute, as text or NULL. */
  readonly value: RawBuilder<string | null>;
}

interface SettingsRow {
  readonly create_teams: CreateTeamsName;
  readonly key: string;
  readonly name: string;
}

/** The account's settings; one statement. */
export async function readSettings(db: Sql, accountId: string): Promise<OrgSettings> {
  const statement: RawBuilder<SettingsRow> = sql`
    SELECT a.create_teams, a.team_attribute AS key, coalesce(d.schema || ':' || d.name, a.team_attribute) AS name
    FROM accounts a LEFT JOIN custom_attributes d ON d.account_id = a.id AND d.id::text = a.team_attribute
    WHERE a.id = ${accountId}::uuid`;
  const [row] = (await statement.execute(db)).rows;
  if (row === undefined) throw new Error(`There is no account ${accountId}.`);
  return { createTeams: row.create_teams, teamAttribute: row.name, value: teamAttributeSql(row.key) };
}

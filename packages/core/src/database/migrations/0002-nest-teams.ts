import { Migration } from '@mikro-orm/migrations';

/** Teams as members of teams, and a look up the line of parents. */
export class NestTeams extends Migration {
  override up(): void {
    this.addSql(nestedTeams);
    this.addSql(teamIsPartOf);
  }
}

/** A row of its own for each nested team, so that adding one costs one row whatever the size of the two teams. */
const nestedTeams = `
CREATE TABLE nested_teams (
  account_id uuid NOT NULL,
  team_id uuid NOT NULL,
  nested_id uuid NOT NULL,
  joined_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT nested_teams__member PRIMARY KEY (account_id, team_id, nested_id),
  CONSTRAINT nested_teams__team FOREIGN KEY (account_id, team_id) REFERENCES teams (account_id, id) ON DELETE CASCADE,
  CONSTRAINT nested_teams__nested FOREIGN KEY (account_id, nested_id) REFERENCES teams (account_id, id) ON DELETE CASCADE,
  CONSTRAINT nested_teams__itself CHECK (team_id <> nested_id)
);
CREATE INDEX nested_teams__of_nested ON nested_teams (account_id, nested_id);
`;

/**
 * Is a team the other one, or below it by the line of parents, as of now and not as of when the calling statement began:
 * VOLATILE makes the difference. UNION ends the walk where the line runs in a circle.
 */
const teamIsPartOf = `
CREATE FUNCTION team_is_part_of(account uuid, part uuid, whole uuid) RETURNS boolean LANGUAGE sql VOLATILE
  RETURN EXISTS (
    WITH RECURSIVE line AS (
      SELECT t.id, t.parent_id FROM teams t WHERE t.account_id = account AND t.id = part
      UNION SELECT t.id, t.parent_id FROM line l JOIN teams t ON t.account_id = account AND t.id = l.parent_id)
    SELECT FROM line WHERE line.id = whole);
`;

import { Migration } from '@mikro-orm/migrations';
import { functionNamed } from '../function-named.ts';

/** Teams as members of teams, and a look up the line of parents. */
export class NestTeams extends Migration {
  override up(): void {
    this.addSql(nestedTeams);
    this.addSql(functionNamed('team_is_part_of'));
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

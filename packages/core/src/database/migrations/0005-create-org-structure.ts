import { Migration } from '@mikro-orm/migrations';
import { functionNamed } from '../function-named.ts';

/**
 * Teams that follow from department and manager: the account's setting, what the structure knows of each person, and
 * counts that spare every reading of a whole department.
 */
export class CreateOrgStructure extends Migration {
  override up(): void {
    for (const statement of [
      settings,
      people,
      teams,
      counts,
      rebuilds,
      functionNamed('org_settings_lock'),
      functionNamed('hold_org_structure'),
      permission,
    ])
      this.addSql(statement);
  }
}

const settings = `
ALTER TABLE accounts
  ADD COLUMN create_teams text NOT NULL DEFAULT 'NONE'
    CONSTRAINT accounts__create_teams CHECK (create_teams IN ('NONE', 'DEPARTMENT', 'MANAGER')),
  ADD COLUMN team_attribute text NOT NULL DEFAULT 'department';
`;

/** What the structure went by when it last looked at a person: who is not deprovisioned has a row. */
const people = `
CREATE TABLE org_people (
  account_id uuid NOT NULL,
  user_id uuid NOT NULL,
  is_member boolean NOT NULL,
  department text COLLATE "C",
  spelling text COLLATE "C",
  label text NOT NULL,
  user_name text NOT NULL,
  manager_id uuid,
  on_cycle boolean NOT NULL DEFAULT false,
  CONSTRAINT org_people__user PRIMARY KEY (account_id, user_id)
);
CREATE INDEX org_people__reports ON org_people (account_id, manager_id) WHERE manager_id IS NOT NULL;
CREATE INDEX org_people__of_department ON org_people (account_id, department) WHERE department IS NOT NULL;
CREATE INDEX org_people__on_cycle ON org_people (account_id) WHERE on_cycle;
`;

/**
 * Which team stands for which department, or for the people of which manager. A department points to the one that its
 * people's managers belong to most often; \`claim\` is the name in lower case before clashes are told apart.
 */
const teams = `
CREATE TABLE org_teams (
  account_id uuid NOT NULL,
  team_id uuid NOT NULL,
  manager_id uuid,
  department text COLLATE "C",
  name text NOT NULL,
  claim text COLLATE "C" NOT NULL,
  is_adopted boolean NOT NULL,
  points_to text COLLATE "C",
  CONSTRAINT org_teams__team PRIMARY KEY (account_id, team_id),
  CONSTRAINT org_teams__of_team FOREIGN KEY (account_id, team_id) REFERENCES teams (account_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX org_teams__department ON org_teams (account_id, department) WHERE manager_id IS NULL;
CREATE UNIQUE INDEX org_teams__manager ON org_teams (account_id, manager_id) WHERE manager_id IS NOT NULL;
CREATE INDEX org_teams__of_department ON org_teams (account_id, department) WHERE manager_id IS NOT NULL;
CREATE INDEX org_teams__claim ON org_teams (account_id, claim);
CREATE INDEX org_teams__points_to ON org_teams (account_id, points_to) WHERE points_to IS NOT NULL;
`;

/**
 * How many members spell a department how, and how many have a manager of which other department; '' stands for
 * those without a manager.
 */
const counts = `
CREATE TABLE org_spellings (
  account_id uuid NOT NULL,
  department text COLLATE "C" NOT NULL,
  spelling text COLLATE "C" NOT NULL,
  members integer NOT NULL,
  CONSTRAINT org_spellings__spelling PRIMARY KEY (account_id, department, spelling)
);

CREATE TABLE org_links (
  account_id uuid NOT NULL,
  department text COLLATE "C" NOT NULL,
  manager_department text COLLATE "C" NOT NULL,
  members integer NOT NULL,
  CONSTRAINT org_links__link PRIMARY KEY (account_id, department, manager_department)
);
CREATE INDEX org_links__of_manager ON org_links (account_id, manager_department);
`;

/** A rebuild goes through all people in slices, each committed: whoever goes on knows how far it came. */
const rebuilds = `
CREATE TABLE org_rebuilds (
  account_id uuid NOT NULL CONSTRAINT org_rebuilds__account REFERENCES accounts (id),
  id uuid NOT NULL,
  state text NOT NULL CONSTRAINT org_rebuilds__state CHECK (state IN ('RUNNING', 'DONE', 'REPLACED')),
  create_teams text NOT NULL,
  team_attribute text NOT NULL,
  done integer NOT NULL DEFAULT 0,
  total integer NOT NULL,
  last_user_id uuid,
  actor_kind text NOT NULL,
  actor_id uuid,
  actor_name text NOT NULL,
  request_id text NOT NULL,
  started_at timestamptz(3) NOT NULL DEFAULT now(),
  finished_at timestamptz(3),
  CONSTRAINT org_rebuilds__id PRIMARY KEY (account_id, id)
);
CREATE UNIQUE INDEX org_rebuilds__running ON org_rebuilds (account_id) WHERE state = 'RUNNING';
`;

/** The built-in role that may do everything may do this too. */
const permission = `
UPDATE roles SET permissions = permissions || '{structure:write}'
  WHERE key = 'admin' AND NOT permissions @> '{structure:write}';
`;

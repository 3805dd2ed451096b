import { Migration } from '@mikro-orm/migrations';

/**
 * The org chart as spans: who and what it showed from when to when. It is worked out from the event log, and `named`
 * columns keep what the log says where the chart shows something else.
 */
export class CreateOrgChart extends Migration {
  override up(): void {
    for (const statement of [positions, people, teams, memberships]) this.addSql(statement);
  }
}

/** How far each account's chart has come in the log, and the moments of its first and its last event. */
const positions = `
CREATE TABLE org_chart_positions (
  account_id uuid NOT NULL CONSTRAINT org_chart_positions__account PRIMARY KEY,
  xid xid8 NOT NULL,
  seq bigint NOT NULL,
  moment timestamptz(3) NOT NULL,
  began timestamptz(3) NOT NULL
);
`;

/** The top is the level of the nil UUID, so that every level is found in one index. */
const people = `
CREATE TABLE org_chart_people (
  account_id uuid NOT NULL,
  user_id uuid NOT NULL,
  began timestamptz(3) NOT NULL,
  ended timestamptz(3) NOT NULL DEFAULT 'infinity',
  user_name text NOT NULL,
  display_name text,
  title text,
  department text,
  photo text,
  status text NOT NULL,
  named_manager_id uuid,
  manager_id uuid,
  on_cycle boolean NOT NULL,
  CONSTRAINT org_chart_people__span PRIMARY KEY (account_id, user_id, began)
);
CREATE INDEX org_chart_people__now ON org_chart_people (account_id, user_id) WHERE ended = 'infinity';
CREATE INDEX org_chart_people__level_now ON org_chart_people
  (account_id, coalesce(manager_id, '00000000-0000-0000-0000-000000000000'),
    left(lower(coalesce(display_name, user_name)), 256), user_id) WHERE ended = 'infinity';
CREATE INDEX org_chart_people__level ON org_chart_people
  (account_id, coalesce(manager_id, '00000000-0000-0000-0000-000000000000'),
    left(lower(coalesce(display_name, user_name)), 256), user_id) INCLUDE (began, ended);
CREATE INDEX org_chart_people__label ON org_chart_people
  (account_id, left(lower(coalesce(display_name, user_name)), 256), user_id);
CREATE INDEX org_chart_people__named_manager ON org_chart_people (account_id, named_manager_id)
  WHERE ended = 'infinity' AND named_manager_id IS NOT NULL;
CREATE INDEX org_chart_people__began ON org_chart_people (account_id, began);
CREATE INDEX org_chart_people__ended ON org_chart_people (account_id, ended);
CREATE INDEX org_chart_people__search ON org_chart_people USING gin
  (lower(user_name) gin_trgm_ops, lower(display_name) gin_trgm_ops);
`;

const teams = `
CREATE TABLE org_chart_teams (
  account_id uuid NOT NULL,
  team_id uuid NOT NULL,
  began timestamptz(3) NOT NULL,
  ended timestamptz(3) NOT NULL DEFAULT 'infinity',
  display_name text NOT NULL,
  origin text NOT NULL,
  named_parent_id uuid,
  parent_id uuid,
  named_lead_id uuid,
  lead_id uuid,
  CONSTRAINT org_chart_teams__span PRIMARY KEY (account_id, team_id, began)
);
CREATE INDEX org_chart_teams__now ON org_chart_teams (account_id, team_id) WHERE ended = 'infinity';
CREATE INDEX org_chart_teams__level_now ON org_chart_teams
  (account_id, coalesce(parent_id, '00000000-0000-0000-0000-000000000000'), left(lower(display_name), 256), team_id)
  WHERE ended = 'infinity';
CREATE INDEX org_chart_teams__level ON org_chart_teams
  (account_id, coalesce(parent_id, '00000000-0000-0000-0000-000000000000'), left(lower(display_name), 256), team_id)
  INCLUDE (began, ended);
CREATE INDEX org_chart_teams__label ON org_chart_teams (account_id, left(lower(display_name), 256), team_id);
CREATE INDEX org_chart_teams__named_parent ON org_chart_teams (account_id, named_parent_id)
  WHERE ended = 'infinity' AND named_parent_id IS NOT NULL;
CREATE INDEX org_chart_teams__named_lead ON org_chart_teams (account_id, named_lead_id)
  WHERE ended = 'infinity' AND named_lead_id IS NOT NULL;
CREATE INDEX org_chart_teams__began ON org_chart_teams (account_id, began);
CREATE INDEX org_chart_teams__ended ON org_chart_teams (account_id, ended);
CREATE INDEX org_chart_teams__search ON org_chart_teams USING gin (lower(display_name) gin_trgm_ops);
`;

const memberships = `
CREATE TABLE org_chart_memberships (
  account_id uuid NOT NULL,
  team_id uuid NOT NULL,
  user_id uuid NOT NULL,
  began timestamptz(3) NOT NULL,
  ended timestamptz(3) NOT NULL DEFAULT 'infinity',
  CONSTRAINT org_chart_memberships__span PRIMARY KEY (account_id, team_id, user_id, began)
);
CREATE INDEX org_chart_memberships__now ON org_chart_memberships (account_id, team_id, user_id) WHERE ended = 'infinity';
CREATE INDEX org_chart_memberships__of_user ON org_chart_memberships (account_id, user_id, team_id) INCLUDE (began, ended);
CREATE INDEX org_chart_memberships__began ON org_chart_memberships (account_id, began);
CREATE INDEX org_chart_memberships__ended ON org_chart_memberships (account_id, ended);
`;

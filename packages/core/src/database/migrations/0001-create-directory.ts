import { Migration } from '@mikro-orm/migrations';
import { functionNamed } from '../function-named.ts';

/**
 * The directory: accounts, people, teams, roles, tokens and the event log.
 * Instants are kept to the millisecond, as they are shown: who asks for what they were shown finds it.
 * Keys start with the account and references carry it, so no row can point across the wall between accounts.
 */
export class CreateDirectory extends Migration {
  override up(): void {
    for (const statement of [
      extensions,
      accounts,
      connections,
      users,
      teams,
      roles,
      tokens,
      events,
      functionNamed('keeps_order'),
      functionNamed('newest_external_id'),
    ]) {
      this.addSql(statement);
    }
  }
}

const extensions = `
CREATE EXTENSION IF NOT EXISTS pg_trgm;
`;

const accounts = `
CREATE TABLE accounts (
  id uuid CONSTRAINT accounts__id PRIMARY KEY,
  name text NOT NULL,
  region text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);
`;

const connections = `
CREATE TABLE connections (
  account_id uuid NOT NULL CONSTRAINT connections__account REFERENCES accounts (id),
  id uuid NOT NULL,
  name text NOT NULL,
  provider text NOT NULL,
  last_seen_at timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT connections__id PRIMARY KEY (account_id, id)
);
CREATE UNIQUE INDEX connections__name ON connections (account_id, lower(name));
`;

/**
 * A person names no account or connection by reference: everybody who is created at one time would lock that one row.
 * Both ids come from the credential of the request, whose row has the reference.
 */
const users = `
CREATE TABLE users (
  account_id uuid NOT NULL,
  id uuid NOT NULL,
  status text NOT NULL,
  user_name text NOT NULL,
  name_formatted text,
  name_family_name text,
  name_given_name text,
  name_middle_name text,
  name_honorific_prefix text,
  name_honorific_suffix text,
  display_name text,
  nick_name text,
  profile_url text,
  title text,
  user_type text,
  preferred_language text,
  locale text,
  timezone text,
  emails jsonb,
  phone_numbers jsonb,
  ims jsonb,
  photos jsonb,
  addresses jsonb,
  entitlements jsonb,
  directory_roles jsonb,
  x509_certificates jsonb,
  employee_number text,
  cost_center text,
  organization text,
  division text,
  department text,
  manager_id uuid,
  manager_value text,
  password_digest text,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT users__id PRIMARY KEY (account_id, id),
  CONSTRAINT users__manager FOREIGN KEY (account_id, manager_id) REFERENCES users (account_id, id),
  CONSTRAINT users__status CHECK (status IN ('ACTIVE', 'INACTIVE', 'DEPROVISIONED'))
);
CREATE UNIQUE INDEX users__user_name ON users (account_id, lower(user_name));
CREATE INDEX users__reports ON users (account_id, manager_id);
CREATE INDEX users__pending_manager ON users (account_id, lower(manager_value))
  WHERE manager_id IS NULL AND manager_value IS NOT NULL;
CREATE INDEX users__search ON users USING gin
  (lower(user_name) gin_trgm_ops, lower(display_name) gin_trgm_ops, lower(name_family_name) gin_trgm_ops);
CREATE INDEX users__email_values ON users USING gin ((lower(emails::text)::jsonb) jsonb_path_ops);
CREATE INDEX users__sign_in ON users (lower(user_name)) WHERE password_digest IS NOT NULL;

CREATE TABLE user_external_ids (
  account_id uuid NOT NULL,
  connection_id uuid NOT NULL,
  user_id uuid NOT NULL,
  external_id text NOT NULL,
  CONSTRAINT user_external_ids__user PRIMARY KEY (account_id, user_id, connection_id),
  CONSTRAINT user_external_ids__of_user FOREIGN KEY (account_id, user_id) REFERENCES users (account_id, id)
);
CREATE INDEX user_external_ids__external_id ON user_external_ids (account_id, connection_id, external_id);

CREATE TABLE sessions (
  account_id uuid NOT NULL,
  id uuid NOT NULL CONSTRAINT sessions__id PRIMARY KEY,
  user_id uuid NOT NULL,
  digest text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  expires_at timestamptz(3) NOT NULL,
  CONSTRAINT sessions__user FOREIGN KEY (account_id, user_id) REFERENCES users (account_id, id)
);
CREATE INDEX sessions__of_user ON sessions (account_id, user_id);
`;

const teams = `
CREATE TABLE teams (
  account_id uuid NOT NULL CONSTRAINT teams__account REFERENCES accounts (id),
  id uuid NOT NULL,
  origin text NOT NULL,
  connection_id uuid,
  external_id text,
  display_name text NOT NULL,
  parent_id uuid,
  lead_id uuid,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT teams__id PRIMARY KEY (account_id, id),
  CONSTRAINT teams__connection FOREIGN KEY (account_id, connection_id) REFERENCES connections (account_id, id),
  CONSTRAINT teams__parent FOREIGN KEY (account_id, parent_id) REFERENCES teams (account_id, id) ON DELETE SET NULL (parent_id),
  CONSTRAINT teams__lead FOREIGN KEY (account_id, lead_id) REFERENCES users (account_id, id) ON DELETE SET NULL (lead_id)
);
CREATE UNIQUE INDEX teams__display_name ON teams (account_id, connection_id, lower(display_name)) NULLS NOT DISTINCT;
CREATE INDEX teams__external_id ON teams (account_id, connection_id, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX teams__children ON teams (account_id, parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX teams__search ON teams USING gin (lower(display_name) gin_trgm_ops);

CREATE TABLE memberships (
  account_id uuid NOT NULL,
  team_id uuid NOT NULL,
  user_id uuid NOT NULL,
  joined_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT memberships__member PRIMARY KEY (account_id, team_id, user_id),
  CONSTRAINT memberships__team FOREIGN KEY (account_id, team_id) REFERENCES teams (account_id, id) ON DELETE CASCADE,
  CONSTRAINT memberships__user FOREIGN KEY (account_id, user_id) REFERENCES users (account_id, id)
);
CREATE INDEX memberships__of_user ON memberships (account_id, user_id);
`;

const roles = `
CREATE TABLE roles (
  account_id uuid NOT NULL CONSTRAINT roles__account REFERENCES accounts (id),
  id uuid NOT NULL,
  key text,
  name text NOT NULL,
  description text,
  permissions text[] NOT NULL,
  exclusive boolean NOT NULL DEFAULT false,
  is_default boolean NOT NULL DEFAULT false,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT roles__id PRIMARY KEY (account_id, id)
);
CREATE UNIQUE INDEX roles__name ON roles (account_id, lower(name));
CREATE UNIQUE INDEX roles__key ON roles (account_id, key) WHERE key IS NOT NULL;

CREATE TABLE role_grants (
  account_id uuid NOT NULL,
  user_id uuid NOT NULL,
  role_id uuid NOT NULL,
  source text NOT NULL,
  granted_at timestamptz(3) NOT NULL DEFAULT now(),
  actor_kind text NOT NULL,
  actor_id uuid,
  actor_name text NOT NULL,
  request_id text NOT NULL,
  CONSTRAINT role_grants__grant PRIMARY KEY (account_id, user_id, role_id, source),
  CONSTRAINT role_grants__user FOREIGN KEY (account_id, user_id) REFERENCES users (account_id, id),
  CONSTRAINT role_grants__role FOREIGN KEY (account_id, role_id) REFERENCES roles (account_id, id)
);
CREATE INDEX role_grants__of_role ON role_grants (account_id, role_id);
`;

const tokens = `
CREATE TABLE tokens (
  account_id uuid NOT NULL CONSTRAINT tokens__account REFERENCES accounts (id),
  id uuid NOT NULL CONSTRAINT tokens__id PRIMARY KEY,
  name text NOT NULL,
  kind text NOT NULL,
  permissions text[] NOT NULL,
  connection_id uuid,
  user_id uuid,
  digest text NOT NULL,
  last_four text NOT NULL,
  previous_digest text,
  overlap_ends_at timestamptz(3),
  actor_kind text NOT NULL,
  actor_id uuid,
  actor_name text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  expires_at timestamptz(3),
  last_used_at timestamptz(3),
  revoked_at timestamptz(3),
  CONSTRAINT tokens__connection FOREIGN KEY (account_id, connection_id) REFERENCES connections (account_id, id),
  CONSTRAINT tokens__user FOREIGN KEY (account_id, user_id) REFERENCES users (account_id, id)
);
CREATE INDEX tokens__of_account ON tokens (account_id, id);
CREATE INDEX tokens__of_user ON tokens (account_id, user_id) WHERE user_id IS NOT NULL;
`;

/** No reference to accounts: it would make every event of an account lock the account's row. */
const events = `
CREATE TABLE events (
  account_id uuid NOT NULL,
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  seq bigint GENERATED ALWAYS AS IDENTITY,
  type text NOT NULL,
  occurred_at timestamptz(3) NOT NULL DEFAULT now(),
  subject_type text NOT NULL,
  subject_id uuid NOT NULL,
  subject_label text NOT NULL,
  related_type text,
  related_id uuid,
  related_label text,
  changes jsonb NOT NULL DEFAULT '[]',
  actor_kind text NOT NULL,
  actor_id uuid,
  actor_name text NOT NULL,
  connection_id uuid,
  request_id text NOT NULL,
  CONSTRAINT events__position PRIMARY KEY (account_id, xid, seq)
);
CREATE INDEX events__subject ON events (account_id, subject_id, xid, seq);
CREATE INDEX events__related ON events (account_id, related_id, xid, seq) WHERE related_id IS NOT NULL;
`;

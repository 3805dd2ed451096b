import { Migration } from '@mikro-orm/migrations';

/**
 * People sign in at their identity provider (docs/decisions/0022-sign-in-by-openid-connect.md). Whoever had all permissions
 * of an account has the new ones too.
 */
export class SignInByOpenIdConnect extends Migration {
  override up(): void {
    for (const statement of [connections, domains, links, sessions, transactions, permissions])
      this.addSql(statement);
  }
}

const connections = `
CREATE TABLE sign_in_connections (
  account_id uuid NOT NULL CONSTRAINT sign_in_connections__account REFERENCES accounts (id),
  id uuid NOT NULL,
  name text NOT NULL,
  protocol text NOT NULL,
  preset text NOT NULL,
  issuer text NOT NULL,
  client_id text NOT NULL,
  client_secret text NOT NULL,
  scopes text[] NOT NULL,
  groups_claim text,
  link_rule text NOT NULL,
  connection_id uuid,
  jit_policy text NOT NULL,
  max_age integer,
  enabled boolean NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT sign_in_connections__id PRIMARY KEY (account_id, id),
  CONSTRAINT sign_in_connections__connection FOREIGN KEY (account_id, connection_id) REFERENCES connections (account_id, id)
);
CREATE UNIQUE INDEX sign_in_connections__name ON sign_in_connections (account_id, fold(name));
CREATE UNIQUE INDEX sign_in_connections__by_id ON sign_in_connections (id);
`;

const domains = `
CREATE TABLE email_domains (
  account_id uuid NOT NULL CONSTRAINT email_domains__account REFERENCES accounts (id),
  id uuid NOT NULL,
  name text NOT NULL,
  challenge text NOT NULL,
  verified_at timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT email_domains__id PRIMARY KEY (account_id, id)
);
CREATE UNIQUE INDEX email_domains__name ON email_domains (account_id, name);
CREATE INDEX email_domains__verified ON email_domains (name) WHERE verified_at IS NOT NULL;
`;

const links = `
CREATE TABLE identity_links (
  account_id uuid NOT NULL,
  sign_in_connection_id uuid NOT NULL,
  issuer text NOT NULL,
  subject text NOT NULL,
  user_id uuid NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT identity_links__identity PRIMARY KEY (account_id, sign_in_connection_id, issuer, subject),
  CONSTRAINT identity_links__sign_in_connection FOREIGN KEY (account_id, sign_in_connection_id)
    REFERENCES sign_in_connections (account_id, id) ON DELETE CASCADE,
  CONSTRAINT identity_links__user FOREIGN KEY (account_id, user_id) REFERENCES users (account_id, id)
);
CREATE INDEX identity_links__of_user ON identity_links (account_id, user_id);
`;

const sessions = `
CREATE UNIQUE INDEX sessions__of_account ON sessions (account_id, id);
CREATE TABLE provider_sessions (
  account_id uuid NOT NULL,
  session_id uuid NOT NULL CONSTRAINT provider_sessions__session_id PRIMARY KEY,
  sign_in_connection_id uuid,
  issuer text NOT NULL,
  subject text NOT NULL,
  provider_sid text,
  acr text,
  amr text[] NOT NULL,
  auth_time timestamptz(3),
  groups text[],
  CONSTRAINT provider_sessions__session FOREIGN KEY (account_id, session_id)
    REFERENCES sessions (account_id, id) ON DELETE CASCADE,
  CONSTRAINT provider_sessions__sign_in_connection FOREIGN KEY (account_id, sign_in_connection_id)
    REFERENCES sign_in_connections (account_id, id) ON DELETE SET NULL (sign_in_connection_id)
);
CREATE INDEX provider_sessions__subject ON provider_sessions (account_id, sign_in_connection_id, subject);
`;

const transactions = `
CREATE TABLE sign_in_transactions (
  account_id uuid NOT NULL,
  id uuid NOT NULL CONSTRAINT sign_in_transactions__id PRIMARY KEY,
  sign_in_connection_id uuid NOT NULL,
  state_digest text NOT NULL CONSTRAINT sign_in_transactions__state UNIQUE,
  browser_digest text NOT NULL,
  sealed text NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  CONSTRAINT sign_in_transactions__sign_in_connection FOREIGN KEY (account_id, sign_in_connection_id)
    REFERENCES sign_in_connections (account_id, id) ON DELETE CASCADE
);
CREATE INDEX sign_in_transactions__expires_at ON sign_in_transactions (expires_at);
`;

const permissions = `
UPDATE roles SET permissions = permissions || ARRAY['sign-in:read', 'sign-in:write'] WHERE key = 'admin';
`;

import { Migration } from '@mikro-orm/migrations';
import { functionNamed } from '../function-named.ts';

/** People prove who they are by more than a password (docs/decisions/0027-second-factors.md). */
export class AskForSecondFactors extends Migration {
  override up(): void {
    for (const statement of [totp, recoveryCodes, passkeys, challenges, pending, sessions, accounts])
      this.addSql(statement);
    // Who leaves takes their second factors along: whoever comes back may be somebody else under the same name.
    this.addSql(functionNamed('leave_directory'));
  }
}

const totp = `
CREATE TABLE totp_secrets (
  account_id uuid NOT NULL,
  user_id uuid NOT NULL,
  sealed text NOT NULL,
  confirmed_at timestamptz(3),
  last_step integer,
  last_used_at timestamptz(3),
  CONSTRAINT totp_secrets__user_id PRIMARY KEY (account_id, user_id),
  CONSTRAINT totp_secrets__user FOREIGN KEY (account_id, user_id) REFERENCES users (account_id, id)
);
`;

const recoveryCodes = `
CREATE TABLE recovery_codes (
  account_id uuid NOT NULL,
  user_id uuid NOT NULL,
  digest text NOT NULL,
  CONSTRAINT recovery_codes__digest PRIMARY KEY (account_id, user_id, digest),
  CONSTRAINT recovery_codes__user FOREIGN KEY (account_id, user_id) REFERENCES users (account_id, id)
);
`;

const passkeys = `
CREATE TABLE passkeys (
  account_id uuid NOT NULL,
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  credential_id text NOT NULL CONSTRAINT passkeys__credential_id UNIQUE,
  public_key text NOT NULL,
  counter bigint NOT NULL,
  transports text[] NOT NULL,
  name text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  last_used_at timestamptz(3),
  CONSTRAINT passkeys__id PRIMARY KEY (account_id, id),
  CONSTRAINT passkeys__user FOREIGN KEY (account_id, user_id) REFERENCES users (account_id, id)
);
CREATE INDEX passkeys__of_user ON passkeys (account_id, user_id);
`;

const challenges = `
CREATE TABLE passkey_challenges (
  digest text NOT NULL CONSTRAINT passkey_challenges__digest PRIMARY KEY,
  bound_to text NOT NULL,
  expires_at timestamptz(3) NOT NULL
);
CREATE INDEX passkey_challenges__expires_at ON passkey_challenges (expires_at);
`;

const pending = `
CREATE TABLE pending_sign_ins (
  account_id uuid NOT NULL,
  id uuid NOT NULL CONSTRAINT pending_sign_ins__id PRIMARY KEY,
  user_id uuid NOT NULL,
  digest text NOT NULL,
  password_mark text NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  expires_at timestamptz(3) NOT NULL,
  CONSTRAINT pending_sign_ins__user FOREIGN KEY (account_id, user_id) REFERENCES users (account_id, id)
);
CREATE INDEX pending_sign_ins__expires_at ON pending_sign_ins (expires_at);
`;

const sessions = `
ALTER TABLE sessions ADD COLUMN second_factor text, ADD COLUMN proven_at timestamptz(3);
UPDATE sessions SET proven_at = created_at WHERE method = 'PASSWORD';
`;

const accounts = `
ALTER TABLE accounts ADD COLUMN second_factor text NOT NULL DEFAULT 'OPTIONAL', ADD COLUMN step_up boolean NOT NULL DEFAULT false;
`;

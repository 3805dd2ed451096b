import { Migration } from '@mikro-orm/migrations';
import { functionNamed } from '../function-named.ts';

/** Mails that are still to be sent, and links by which people set their passwords. */
export class SendMails extends Migration {
  override up(): void {
    this.addSql(mails);
    this.addSql(resets);
    this.addSql(anybodysName);
    // Whatever ends sessions ends links to set a password as well.
    this.addSql(functionNamed('end_access'));
  }
}

const mails = `
CREATE TABLE queued_mails (
  account_id uuid NOT NULL,
  id uuid NOT NULL CONSTRAINT queued_mails__id PRIMARY KEY,
  user_id uuid NOT NULL,
  sealed text NOT NULL,
  key_id text NOT NULL,
  attempts int NOT NULL DEFAULT 0,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  next_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT queued_mails__user FOREIGN KEY (account_id, user_id) REFERENCES users (account_id, id)
);
CREATE INDEX queued_mails__next_at ON queued_mails (next_at);
`;

const resets = `
CREATE TABLE password_resets (
  account_id uuid NOT NULL,
  id uuid NOT NULL CONSTRAINT password_resets__id PRIMARY KEY,
  user_id uuid NOT NULL,
  digest text NOT NULL,
  address text NOT NULL,
  limits text[],
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  expires_at timestamptz(3) NOT NULL,
  CONSTRAINT password_resets__user FOREIGN KEY (account_id, user_id) REFERENCES users (account_id, id)
);
CREATE INDEX password_resets__of_user ON password_resets (account_id, user_id);
CREATE INDEX password_resets__expires_at ON password_resets (expires_at);
`;

/** Whoever was provisioned has no password before they ask for one, and is looked for by name in all accounts. */
const anybodysName = `
DROP INDEX users__sign_in;
CREATE INDEX users__sign_in ON users (fold(user_name));
`;

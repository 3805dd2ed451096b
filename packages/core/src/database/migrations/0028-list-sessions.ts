import { Migration } from '@mikro-orm/migrations';

/** Where somebody is signed in, so that they know a session that is not theirs. Of those that are there it is not known. */
export class ListSessions extends Migration {
  override up(): void {
    this.addSql(`ALTER TABLE sessions ADD COLUMN user_agent text, ADD COLUMN address text,
      ADD COLUMN method text NOT NULL DEFAULT 'PASSWORD', ADD COLUMN last_used_at timestamptz(3) NOT NULL DEFAULT now()`);
    this.addSql('UPDATE sessions SET last_used_at = created_at');
  }
}

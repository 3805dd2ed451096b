import { Migration } from '@mikro-orm/migrations';

/** What all processes on a database share, and nobody else knows: one row, made here once. */
export class CreateInstallation extends Migration {
  override up(): void {
    this.addSql(`CREATE TABLE installation (
      is_only boolean PRIMARY KEY DEFAULT true CONSTRAINT installation__is_only CHECK (is_only),
      cursor_key bytea NOT NULL
    )`);
    // PostgreSQL draws it, 244 bits of its strong randomness, so that no statement carries it as text.
    this.addSql(`INSERT INTO installation (cursor_key)
      VALUES (uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))`);
  }
}

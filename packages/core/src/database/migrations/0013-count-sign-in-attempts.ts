import { Migration } from '@mikro-orm/migrations';

/**
 * How often somebody of a name tried to sign in of late, the same for all processes. The name is any that was typed, of
 * any account or none, and is kept as a digest only.
 */
export class CountSignInAttempts extends Migration {
  override up(): void {
    this.addSql(`CREATE TABLE sign_in_attempts (
      bucket text PRIMARY KEY,
      count int NOT NULL,
      next_at timestamptz NOT NULL,
      forget_at timestamptz NOT NULL
    )`);
    this.addSql('CREATE INDEX sign_in_attempts__forget_at ON sign_in_attempts (forget_at)');
  }
}

import { Migration } from '@mikro-orm/migrations';

/** Whoever leaves the directory leads nobody any more, so what they led is looked for. */
export class FindLedTeams extends Migration {
  override up(): void {
    this.addSql('CREATE INDEX teams__led ON teams (account_id, lead_id) WHERE lead_id IS NOT NULL');
  }
}

import { Migration } from '@mikro-orm/migrations';

/**
 * What somebody may do is compared where it is decided on: with the permissions of a person as of now. And a connection
 * says whether its identity provider may set passwords.
 */
export class LimitPowers extends Migration {
  override up(): void {
    this.addSql(passwordSync);
    this.addSql(leftOverGrants);
  }
}

/** NULL leaves it to the provider. */
const passwordSync = 'ALTER TABLE connections ADD COLUMN password_sync boolean;';

/** Grants that were written while their holder was deprovisioned; whoever is revived would have them again. */
const leftOverGrants = `
DELETE FROM role_grants g USING users u
WHERE u.account_id = g.account_id AND u.id = g.user_id AND u.status = 'DEPROVISIONED';
`;

import { Migration } from '@mikro-orm/migrations';

/** People by the name they are shown by: the order of every list that a person looks at (LABEL of UserOrderField). */
export class OrderPeopleByName extends Migration {
  override up(): void {
    this.addSql(`CREATE INDEX users__label ON users
      (account_id, left(lower(coalesce(display_name, user_name)), 256), id)`);
  }
}

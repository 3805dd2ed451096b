import { Migration } from '@mikro-orm/migrations';
import { functionNamed } from '../function-named.ts';

/**
 * Readers of a log wait for every transaction that may still write events before what they see. A transaction that says
 * in which account it writes is waited for in that account alone.
 */
export class SpareFeeds extends Migration {
  override up(): void {
    for (const name of ['stays_within', 'running_writers', 'hold_org_structure'])
      this.addSql(functionNamed(name));
  }
}

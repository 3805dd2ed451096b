import { Migration } from '@mikro-orm/migrations';
import { functionNamed } from '../function-named.ts';

/** Somebody who arrives, and somebody who names them as manager at that moment, wait for each other. */
export class MeetManagers extends Migration {
  override up(): void {
    for (const name of ['managers_lock', 'hold_managers_lock', 'nobody_waits'])
      this.addSql(functionNamed(name));
  }
}

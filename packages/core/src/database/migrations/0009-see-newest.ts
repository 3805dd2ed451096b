import { Migration } from '@mikro-orm/migrations';
import { functionNamed } from '../function-named.ts';

/**
 * A statement sees what was committed when it began. Where it had to wait for a row, what hangs on that row may be newer:
 * a session that began, a member who joined, an admin who became one. A VOLATILE function sees that, too.
 */
export class SeeNewest extends Migration {
  override up(): void {
    for (const name of ['newest_active_admins', 'end_access', 'drop_other_teams'])
      this.addSql(functionNamed(name));
    this.addSql(leftovers);
  }
}

/** What was granted to people at the moment that they were deprovisioned does not wait for their return. */
const leftovers = `
DELETE FROM role_grants g USING users u
  WHERE u.account_id = g.account_id AND u.id = g.user_id AND u.status = 'DEPROVISIONED';
UPDATE tokens t SET revoked_at = now() FROM users u
  WHERE u.account_id = t.account_id AND u.id = t.user_id AND u.status <> 'ACTIVE' AND t.revoked_at IS NULL;
DELETE FROM sessions s USING users u
  WHERE u.account_id = s.account_id AND u.id = s.user_id AND u.status <> 'ACTIVE';
`;

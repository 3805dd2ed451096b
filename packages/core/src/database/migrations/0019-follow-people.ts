import { Migration } from '@mikro-orm/migrations';
import { functionNamed } from '../function-named.ts';

/**
 * Teams that follow from people in the statement that changes them (docs/decisions/0020-followers.md). Whoever joins or
 * leaves a team whose name and place stay as they are shares the account's lock with all others like them, and holds the
 * rows of that team alone; only what changes the shape of the structure has the account to itself.
 */
export class FollowPeople extends Migration {
  override up(): void {
    this.addSql(cycles);
    for (const name of functions) this.addSql(functionNamed(name));
  }
}

/** On a cycle of departments every count decides where it is cut, and not only the greatest. */
const cycles = `
ALTER TABLE org_teams ADD COLUMN on_cycle boolean NOT NULL DEFAULT false;
UPDATE org_teams o SET on_cycle = true WHERE o.manager_id IS NULL AND EXISTS (
  WITH RECURSIVE line AS (
    SELECT o.points_to AS department
    UNION SELECT n.points_to FROM line l JOIN org_teams n
      ON n.account_id = o.account_id AND n.department = l.department AND n.manager_id IS NULL)
  SELECT FROM line l WHERE l.department = o.department);
`;

const functions = [
  'org_begin',
  'org_takes_more',
  'org_spelling',
  'org_attribute',
  'org_keeps_shape',
  'org_follow',
  'newest_teams',
];
